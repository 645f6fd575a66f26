import Foundation

/// The program under measurement: `ROTA`, or the release build of the package beside this one.
enum Program {
    struct Failure: Error, CustomStringConvertible {
        let arguments: [String]
        let code: Int32
        var description: String { "rota \(arguments.joined(separator: " ")) ended with \(code)" }
    }

    private static let path = ProcessInfo.processInfo.environment["ROTA"] ?? "../.build/release/rota"

    /// A folder of its own, so that no benchmark reads or changes the person's jobs.
    private static let home = FileManager.default.temporaryDirectory.appending(path: "rota-benchmarks").path

    /// Runs it to its end, its answers thrown away. The input is a file, which no pipe can hold up.
    static func run(_ arguments: [String], input: URL? = nil) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ["ROTA_HOME": home, "TZ": "Europe/Berlin", "HOME": home]
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(arguments: arguments, code: process.terminationStatus)
        }
    }
}
