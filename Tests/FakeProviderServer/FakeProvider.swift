import FakeProviders
import Foundation

/// A fake model provider for programs that are not Swift: prints its port and a line a request, and ends with its input.
///
/// Requests that the service would not take are told of at the end.
@main
enum FakeProvider {
    static func main() {
        let options: FakeProviderOptions
        do {
            options = try FakeProviderOptions(CommandLine.arguments.dropFirst())
        } catch {
            say("\(error)\n\n\(FakeProviderOptions.usage)")
            exit(64)
        }
        do {
            try serve(options)
        } catch {
            say("no port can be had: \(error)")
            exit(71)
        }
    }

    private static func serve(_ options: FakeProviderOptions) throws {
        let server = try FakeProviderServer(models: options.models, key: options.key) { request in
            print(line: "\(request.dialect.rawValue) \(request.isStreamed ? "streamed" : "whole") \(request.model)")
            return options.answer(to: request)
        }
        print(line: "\(server.port)")
        // Whoever started this holds the other end; when it is gone, so are we.
        while readLine() != nil {}
        server.refusals.forEach { print(line: "refused \($0)") }
    }

    /// At once, also where nobody but a program reads.
    private static func print(line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

    private static func say(_ text: String) {
        FileHandle.standardError.write(Data("fake-provider: \(text)\n".utf8))
    }
}
