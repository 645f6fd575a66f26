import Foundation
import JobModel
import Planning
import PlaybookDocuments

/// Any text as a playbook file, in YAML and in JSON: what is read is written and read again without a change, and every
/// problem stands somewhere in the text.
enum PlaybookFuzz {
    static func run(_ text: String) -> CInt {
        for syntax in [PlaybookReading.Syntax.yaml, .json] { check(text, syntax) }
        return 0
    }

    private static func read(_ text: String, _ syntax: PlaybookReading.Syntax) -> PlaybookReading {
        let now = Date(timeIntervalSince1970: 1_774_598_100)
        return PlaybookReading(
            text, syntax: syntax, situation: Situation(now: now, zone: "Europe/Berlin"),
            provenance: Provenance(sentence: "", interpreter: "playbook file"))
    }

    private static func check(_ text: String, _ syntax: PlaybookReading.Syntax) {
        let reading = read(text, syntax)
        let report = CheckReport(file: "fuzz", text: text)
        for problem in reading.problems {
            promise(problem.place.line > 0 && (problem.place.column ?? 1) > 0, "a problem at \(problem.place)")
            promise(!report.lines(problem).isEmpty, "a problem without a line")
        }
        promise((reading.playbook == nil) == reading.hasErrors, "a playbook beside an error, or neither")
        guard let job = reading.playbook else { return }
        let written = PlaybookWriter(job).text(syntax)
        guard let again = read(written, syntax).playbook else { fatalError("broken promise: unreadable: \(written)") }
        promise(again.steps.count == job.steps.count, "other steps after writing")
        promise(PlaybookWriter(again).text(syntax) == written, "another text after reading")
    }
}
