import CronExpressions
import Foundation
import Testing

struct CorpusTests {
    struct Line: CustomTestStringConvertible {
        var expression, zone: String
        var from: Date
        var next: [Date]
        var testDescription: String { "\(expression) in \(zone)" }

        init(_ text: Substring) {
            let parts = text.components(separatedBy: " | ")
            let due = parts[3].split(separator: " ")
            (expression, zone, from) = (parts[0], parts[1], instant(parts[2]))
            next = due.dropFirst().reduce(into: [instant(String(due[0]))]) {
                $0.append($0[$0.count - 1] + Double($1)! * 60)
            }
        }
    }

    static let lines = CorpusTable.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(Line.init)

    @Test(arguments: lines)
    func findsWhatComesNext(_ line: Line) throws {
        let cron = try CronExpression(line.expression)
        let zone = try ZoneRules.named(line.zone)
        #expect(occurrences(cron, after: line.from, in: zone, count: line.next.count) == line.next)
    }

    @Test(arguments: lines)
    func findsTheSameBackwards(_ line: Line) throws {
        let cron = try CronExpression(line.expression)
        let zone = try ZoneRules.named(line.zone)
        var found: [Date] = []
        while found.count < line.next.count - 1,
            let previous = cron.previousOccurrence(before: found.first ?? line.next[line.next.count - 1], in: zone)
        {
            found.insert(previous, at: 0)
        }
        #expect(found == line.next.dropLast())
    }

    @Test(arguments: RefusedTable.rows)
    func refuses(_ text: String, _ code: String) {
        let error = #expect(throws: CronSyntaxError.self) { try CronExpression(text) }
        #expect(error?.code == code)
        #expect((error?.range.upperBound ?? .max) <= text.unicodeScalars.count)
    }
}
