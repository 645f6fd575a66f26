import CronExpressions
import Foundation
import JobModel
import Planning
import ScheduleLanguage

/// Reads one JSON object a line and answers one a line, in order. A bad line gets an error; the next goes on.
///
/// What one read of the input brings is answered side by side on the processors there are, and written at once: a person
/// or a program that waits for each answer gets it, and a long file is not slowed down by it.
enum Batch {
    typealias Answer = @Sendable (JSONValue) async -> JSONValue

    /// Lines a processor answers before all are written: an answer can be far longer than its line.
    private static let mostOfOne = 256

    static func run(_ answer: @escaping Answer) async throws {
        let width = max(ProcessInfo.processInfo.activeProcessorCount, 1)
        for await block in Program.current.pipedBlocks {
            let lines = block.filter { !$0.allSatisfy(\.isWhitespace) }
            guard !lines.isEmpty else { continue }
            for start in stride(from: 0, to: lines.count, by: width * mostOfOne) {
                let round = Array(lines[start..<min(start + width * mostOfOne, lines.count)])
                Program.current.output.answer(await answers(to: round, width: width, answer).joined(separator: "\n"))
            }
        }
    }

    /// The answers in the order of the lines; each of the parts is a run of neighbouring lines.
    private static func answers(to lines: [String], width: Int, _ answer: @escaping Answer) async -> [String] {
        let size = (lines.count + width - 1) / width
        return await withTaskGroup(of: (Int, [String]).self) { group in
            for start in stride(from: 0, to: lines.count, by: size) {
                group.addTask {
                    var found: [String] = []
                    for line in lines[start..<min(start + size, lines.count)] {
                        found.append(await reply(to: line, answer))
                    }
                    return (start, found)
                }
            }
            var parts: [(Int, [String])] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }

    private static func reply(to line: String, _ answer: Answer) async -> String {
        guard let document = try? JSONValue(parsing: line) else {
            return error("invalid_json", "the line is no JSON document").compactText
        }
        guard document.object != nil else {
            return error("not_an_object", "each line is one JSON object").compactText
        }
        return await answer(document).compactText
    }

    static func error(_ code: String, _ message: String, range: Range<Int>? = nil) -> JSONValue {
        var members: [String: JSONValue] = ["code": .string(code), "message": .string(message)]
        if let range { members["range"] = [.number(Double(range.lowerBound)), .number(Double(range.upperBound))] }
        return ["error": .object(members)]
    }
}

/// What a batch line says about the person: the moment and the zone.
struct BatchMoment {
    var now: Date
    var zone: String

    /// - Parameter key: `now` or `from`.
    static func read(_ line: JSONValue, key: String) -> Result<BatchMoment, BatchProblem> {
        guard let text = line[key]?.string, let now = RFC3339.date(text) else {
            return .failure(
                BatchProblem(
                    code: "bad_instant", message: "\"\(key)\" is an RFC 3339 instant such as 2026-03-02T08:00:00Z"))
        }
        let name = line["tz"]?.string ?? "UTC"
        do {
            return .success(BatchMoment(now: now, zone: try ZoneRules.named(name).identifier))
        } catch {
            return .failure(BatchProblem(code: "unknown_zone", message: error.message))
        }
    }
}

struct BatchProblem: Error {
    var code: String
    var message: String
    var document: JSONValue { Batch.error(code, message) }
}

/// `schedule next --batch`.
enum NextBatch {
    static func answer(_ line: JSONValue) -> JSONValue {
        guard let text = line["expr"]?.string else { return Batch.error("missing_member", "\"expr\" is missing") }
        guard let count = Int(exactly: line["count"]?.number ?? 5), (1...100_000).contains(count) else {
            return Batch.error("bad_count", "\"count\" is a whole number between 1 and 100000")
        }
        switch BatchMoment.read(line, key: "from") {
        case .failure(let problem): return problem.document
        case .success(let moment):
            do {
                let cron = try CronExpression(text, seconds: line["seconds"]?.bool ?? false)
                let next = Schedule(.cron([cron]), zone: moment.zone).occurrences(after: moment.now, limit: count)
                return ["next": .array(next.map { .string(RFC3339.text($0)) })]
            } catch {
                return Batch.error(error.code, error.message, range: error.range)
            }
        }
    }
}

/// `schedule parse --batch`.
enum ParseBatch {
    static func answer(_ line: JSONValue) -> JSONValue {
        guard let phrase = line["phrase"]?.string else { return Batch.error("missing_member", "\"phrase\" is missing") }
        switch BatchMoment.read(line, key: "now") {
        case .failure(let problem): return problem.document
        case .success(let moment):
            let reading = PhraseParser(context: PhraseContext(now: moment.now, zone: moment.zone)).parse(phrase)
            return document(reading, now: moment.now)
        }
    }

    static func document(_ reading: PhraseReading, now: Date) -> JSONValue {
        switch reading {
        case .schedule(let schedule):
            IntentReadout.json(schedule, next: schedule.occurrences(after: now, limit: schedule.kind == .once ? 1 : 5))
        case .question(let question): ["question": IntentReadout.json(question)]
        case .failure(let error): Batch.error(error.code, error.message, range: error.range)
        }
    }

    static func exit(_ reading: PhraseReading) -> ExitStatus {
        switch reading {
        case .schedule: .done
        case .question: .needsAnswer
        case .failure: .failed
        }
    }
}
