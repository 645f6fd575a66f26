import Foundation

/// Times the cron engine, the offline interpreter and the way to a model inside one process.
///
/// - `engine-bench cron` answers questions line by line; `Scripts/bench-cron` asks them in turn with other engines.
/// - `engine-bench interpret [FILE]` reads requests over and over; FILE holds a JSON object with `text` on each line.
/// - `engine-bench latency` asks a fake provider over and over.
/// - `engine-bench steps FOLDER RUNS STEPS` runs playbooks of steps that do nothing, over a store in FOLDER, all at
///   once, and prints the seconds; `Scripts/bench-steps` does so in turn with another engine.
@main
enum EngineBench {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "cron" where arguments.count == 1: answerQuestions()
        case "interpret" where arguments.count <= 2:
            let report = requests(arguments.dropFirst().first).map { InterpretTiming(requests: $0).report() }
            guard let report else { fail("no requests could be read", code: 1) }
            print(report.text)
            exit(report.isWithinBar ? 0 : 1)
        case "latency" where arguments.count == 1:
            let report = try await LatencyTiming().report()
            print(report.text)
            exit(report.isWithinBar ? 0 : 1)
        case "steps" where arguments.count == 4:
            let numbers = arguments.dropFirst(2).compactMap { Int($0) }
            guard numbers.count == 2 else { fail("steps FOLDER RUNS STEPS", code: 64) }
            let timing = StepTiming(folder: arguments[arguments.startIndex + 1], runs: numbers[0], steps: numbers[1])
            print(try await timing.seconds())
        default:
            fail(
                "usage: engine-bench cron | engine-bench interpret [FILE] | engine-bench latency | engine-bench steps",
                code: 64)
        }
    }

    /// One answer for each line, at once: whoever asks waits for it.
    private static func answerQuestions() {
        while let line = readLine() {
            do {
                print(try CronTiming.answer(line))
            } catch {
                print("error\t\(error)")
            }
            fflush(nil)
        }
    }

    private static func requests(_ path: String?) -> [String]? {
        struct Line: Decodable { var text: String }
        guard let path else { return BuiltInRequests.all }
        guard let content = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let texts = content.split(whereSeparator: \.isNewline).map { line in
            try? JSONDecoder().decode(Line.self, from: Data(line.utf8)).text
        }
        return texts.isEmpty || texts.contains(nil) ? nil : texts.compactMap(\.self)
    }

    private static func fail(_ text: String, code: Int32) -> Never {
        FileHandle.standardError.write(Data("engine-bench: \(text)\n".utf8))
        exit(code)
    }
}
