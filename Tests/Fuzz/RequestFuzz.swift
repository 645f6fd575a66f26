import IntentContract
import Interpreters

/// Any text as a request, with and without jobs to speak of.
enum RequestFuzz {
    private static let interpreter = OfflineInterpreter()
    private static let jobs = ["Morning report", "Backup", "Stand up", "Competitor scan", "the"]

    static func run(_ text: String) -> CInt {
        check(interpreter.read(text))
        check(interpreter.read(text, jobs: jobs))
        return 0
    }

    private static func check(_ reading: Interpretation) {
        let isEmpty = reading.intents.isEmpty && reading.question == nil
        promise(isEmpty == (reading.certainty == .none), "a certainty of nothing, or none of something")
    }
}
