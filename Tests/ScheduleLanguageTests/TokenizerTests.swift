import ScheduleLanguage
import Testing

@Suite("Tokens") struct TokenizerTests {
    @Test(arguments: [
        ("run scripts/x.sh at 9", ["run:word", "scripts/x.sh:path", "at:word", "9:number"]),
        ("GET https://x.test/a?b=1, now", ["get:word", "https://x.test/a?b=1:url", ",:mark", "now:word"]),
        ("when order.paid arrives", ["when:word", "order.paid:path", "arrives:word"]),
        ("say \"every monday at 9\" now", ["say:word", "\"every monday at 9\":quoted", "now:word"]),
        ("triage {{ event.title }}", ["triage:word", "{{ event.title }}:template"]),
        ("what does 0 9 * * 1-5 mean?", ["what:word", "does:word", "0 9 * * 1-5:cron", "mean:word", "?:mark"]),
        ("9:30 5pm 9h30 0900", ["9:30:clock", "5pm:clock", "9h30:clock", "0900:clock"]),
        ("24.12. 12/24 2026-12-24", ["24.12.:date", "12/24:date", "2026-12-24:date"]),
        ("the 1st", ["the:word", "1st:ordinal"]),
        ("mon-fri 9-17", ["mon:word", "-:mark", "fri:word", "9:number", "-:mark", "17:number"]),
        ("Feb13 A4", ["feb:word", "13:number", "a4:word"]),
        ("45min 2h", ["45:number", "min:word", "2:number", "h:word"]),
        ("America/New_York and/or UTC+2", ["america/new_york:zone", "and:word", "/:mark", "or:word", "utc+2:zone"]),
        ("inventory.low_stock #ops a@b.test", ["inventory.low_stock:path", "#ops:path", "a@b.test:path"]),
        ("5 p.m. it's", ["5:number", "pm:word", "it's:word"]),
    ])
    func cuts(_ text: String, _ expected: [String]) {
        #expect(Tokenizer.tokens(of: text).map { "\($0.text):\(name($0.kind))" } == expected)
    }

    private func name(_ kind: Token.Kind) -> String {
        switch kind {
        case .word: "word"
        case .number: "number"
        case .clock: "clock"
        case .ordinal: "ordinal"
        case .date: "date"
        case .url: "url"
        case .path: "path"
        case .quoted: "quoted"
        case .template: "template"
        case .cron: "cron"
        case .zone: "zone"
        case .punctuation: "mark"
        }
    }

    @Test func rangesCoverWhatWasTyped() {
        let text = "Every  Wensday, at 9 "
        let tokens = Tokenizer.tokens(of: text)
        #expect(tokens.map(\.original) == ["Every", "Wensday", ",", "at", "9"])
        #expect(tokens.allSatisfy { text[$0.range] == $0.original })
    }

    @Test(arguments: ["evry", "wensday", "thrusday", "mintues", "tomorow", "afternon", "febuary"])
    func mendsSlips(_ word: String) {
        #expect(Tokenizer.tokens(of: "on \(word)").last?.wasCorrected == true)
    }

    @Test(arguments: [
        "dairy", "mouth", "might", "match", "very", "house", "yours", "forth", "weakly", "string", "toady",
    ])
    func leavesEnglishAlone(_ word: String) {
        #expect(Tokenizer.tokens(of: "the \(word)").last?.text == word)
    }

    @Test(arguments: ["remind Frida", "call Marsha", "\"evry monday\"", "scripts/evry.sh", "https://evry.test/"])
    func leavesNamesAndQuotationsAlone(_ text: String) {
        #expect(Tokenizer.tokens(of: text).allSatisfy { !$0.wasCorrected })
    }
}
