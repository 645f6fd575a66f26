import Testing

@testable import Commands

@Suite("rota interpret --explain") struct InterpretExplanationTests {
    private func explain(_ sentence: String) async -> Bench.Ending {
        await Bench.run(["interpret", "--explain", "--tz", "Europe/Berlin", sentence])
    }

    /// The rows of one name, with those that go on below it.
    private func rows(_ name: String, _ ending: Bench.Ending) -> [String] {
        var current = ""
        return ending.answers.compactMap { line in
            let begin = line.prefix(11).trimmingSuffix { $0 == " " }
            if !begin.isEmpty { current = begin }
            return current == name ? String(line.dropFirst(11)) : nil
        }
    }

    @Test func aNewJobUpToItsOccurrences() async {
        let ending = await explain("every weekday at 9 remind me to stand up")
        #expect(ending.exit == 0)
        #expect(rows("words", ending) == ["every · weekday · at · 9 (number) · remind · me · to · stand · up"])
        #expect(rows("time", ending) == ["\"every weekday at 9\" (recurrence)"])
        #expect(rows("certainty", ending) == ["exact: every word was accounted for"])
        #expect(rows("intent", ending).count == 1)
        #expect(rows("schedule", ending) == ["Every weekday at 09:00, Europe/Berlin"])
        #expect(rows("cron", ending) == ["0 9 * * MON-FRI"])
        let next = rows("next", ending)
        #expect(next.count == 10)
        #expect(next.first == "Fri 27 Mar 09:00 +01:00")
        #expect(next.last == "Thu 9 Apr 09:00 +02:00")
    }

    @Test(
        arguments: [
            ("at 5 call Ana", 4, "question", "At 05:00 or 17:00?  1) 05:00  2) 17:00  (about am_pm)"),
            (
                "0 0 30 2 * remind me to dance", 1, "result",
                "refused: \"30 2 *\" can never come: no month has such a day."
            ),
            ("blue potato", 3, "certainty", "none"),
            ("remind me to renew it", 4, "certainty", "open: one question first"),
            ("puase the scan", 0, "certainty", "guess: something was assumed or mended"),
            ("pause the scan and delete the digest", 0, "certainty", "exact: every word was accounted for"),
        ] as [(String, Int32, String, String)])
    func howItEnds(_ sentence: String, _ exit: Int32, _ row: String, _ text: String) async {
        let ending = await explain(sentence)
        #expect(ending.exit == exit)
        #expect(rows(row, ending) == [text])
        #expect(ending.notes.isEmpty)
    }

    @Test func theRuleThatDecidedIsNamed() async {
        let ending = await explain("resume the scan")
        #expect(rows("matched", ending).count == 1)
        #expect(rows("matched", ending)[0].hasPrefix("\"resume the scan\" by the rule  "))
        #expect(rows("schedule", ending).isEmpty)
    }

    /// A long sentence meets many rules; the nearest are enough.
    @Test func atMostTwelveReadingsAreShown() async {
        let ending = await explain("show me all of my jobs that nobody has ever wanted, and then some more of those")
        let considered = rows("considered", ending)
        #expect(considered.count == 13)
        #expect(considered.last?.hasPrefix("and ") == true && considered.last?.hasSuffix(" more readings") == true)
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while isPart: (Character) -> Bool) -> String {
        var text = String(self)
        while let last = text.last, isPart(last) { text.removeLast() }
        return text
    }
}
