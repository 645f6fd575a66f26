import Commands
import Foundation

@main
struct Rota {
    static func main() async {
        exit(await Entry.run(Array(CommandLine.arguments.dropFirst())))
    }
}
