import ArgumentParser
import Foundation

struct PathsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "paths", abstract: "Where everything is kept.")

    func run() async throws {
        let program = Program.current
        let width = program.paths.all.map(\.label.count).max() ?? 0
        for (label, path) in program.paths.all {
            program.output.answer("\(label.padding(toLength: width, withPad: " ", startingAt: 0))  \(path)")
        }
    }
}
