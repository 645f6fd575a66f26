import IntentContract
import Testing

@testable import Interpreters

/// What a reminder says is the person's own: nothing is taken from it but what is said to the listener.
@Suite("The words of a reminder") struct ReminderWordsTests {
    @Test(arguments: [
        "listen to the birds", "please mum", "look at the stars", "first lock the door", "just breathe",
        "call a friend",
        "ask the man", "say thanks", "say thank you", "write \"ok\"", "go on",
    ])
    func areKept(_ words: String) {
        #expect(text(of: "remind me at 9 to \(words)") == words)
        #expect(text(of: "at 9 remind me to \(words)") == words)
    }

    @Test(arguments: [
        ("remind me at 9 to call Ana please", "call Ana"), ("remind me at 9 to call Ana thanks man", "call Ana"),
        ("remind me at 9 to call Ana, mate", "call Ana"), ("please remind me at 9 to call Ana thank you", "call Ana"),
        ("remind me at 9 please call Ana", "call Ana"), ("remind me at 9 that well water is off", "well water is off"),
        ("hey listen, remind me at 9 to call Ana", "call Ana"),
    ])
    func withoutWhatIsSaidToTheListener(_ sentence: String, _ words: String) {
        #expect(text(of: sentence) == words)
    }

    private func text(of sentence: String) -> String? {
        guard case .createJob(let body)? = OfflineInterpreter().read(sentence).intents.first else { return nil }
        return body.action.text
    }
}
