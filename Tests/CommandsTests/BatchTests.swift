import JobModel
import Testing

@testable import Commands

@Suite("Commands that answer line by line") struct BatchTests {
    private let next = ["schedule", "next", "--batch"]

    private func line(_ expression: String, count: Int = 1) -> String {
        #"{"expr":"\#(expression)","tz":"UTC","from":"2026-03-02T08:00:00Z","count":\#(count)}"#
    }

    /// Far more lines than there are processors, each with an answer of its own.
    @Test(arguments: [1, 2, 7, 64, 1_000])
    func answersComeInOrder(_ count: Int) async {
        let ending = await Bench.run(next, input: (0..<count).map { line("\($0 % 60) \($0 / 60 % 24) * * *") })
        #expect(ending.documents.map { $0["next"]?.array?.count } == Array(repeating: 1, count: count))
        let times = ending.documents.map { $0["next"]?.array?.first?.string?.suffix(9).prefix(5) ?? "" }
        let expected = (0..<count).map { number in
            [number / 60 % 24, number % 60].map { "\(100 + $0)".suffix(2) }.joined(separator: ":")
        }
        #expect(times.map(String.init) == expected)
        #expect(ending.exit == 0)
        #expect(ending.notes.isEmpty)
    }

    @Test func aBadLineCostsNoOtherLine() async {
        let ending = await Bench.run(
            next,
            input: [
                line("0 9 * * *"), "no json", "", line("61 9 * * *"), "  \t", "[1]", line("0 10 * * *", count: 2), "{}",
                "{\"expr\":\"0 9 * * *\",}", line("0 9 30 2 *"), line("0 11 * * *"),
            ])
        #expect(ending.exit == 0)
        #expect(
            ending.documents.map { $0["error"]?["code"]?.string ?? $0["next"]?.array?.last?.string } == [
                "2026-03-02T09:00:00Z", "invalid_json", "out_of_range", "not_an_object", "2026-03-03T10:00:00Z",
                "missing_member", "invalid_json", "never_fires", "2026-03-02T11:00:00Z",
            ])
        #expect(ending.documents[2]["error"]?["range"] == [0, 2])
    }

    @Test(arguments: [[], [""], ["", "  ", "\t"]]) func noLineNoAnswer(_ input: [String]) async {
        let ending = await Bench.run(next, input: input)
        #expect(ending.answers.isEmpty)
        #expect(ending.exit == 0)
    }

    @Test(arguments: [
        (#"{"expr":"0 9 * * *","tz":"UTC"}"#, "bad_instant"),
        (#"{"expr":"0 9 * * *","tz":"UTC","from":"2026-03-02"}"#, "bad_instant"),
        (#"{"expr":"0 9 * * *","tz":"Europe/Belrin","from":"2026-03-02T08:00:00Z"}"#, "unknown_zone"),
        (#"{"expr":"0 9 * * *","from":"2026-03-02T08:00:00Z","count":0}"#, "bad_count"),
        (#"{"expr":"0 9 * * *","from":"2026-03-02T08:00:00Z","count":1e300}"#, "bad_count"),
        (#"{"expr":"0 9 * * *","from":"2026-03-02T08:00:00Z","count":2.5}"#, "bad_count"),
        (#"{"expr":"0 0 9 * * *","from":"2026-03-02T08:00:00Z"}"#, "field_count"),
    ])
    func saysWhatIsWrong(_ line: String, _ code: String) async {
        let ending = await Bench.run(next, input: [line])
        #expect(ending.documents.map { $0["error"]?["code"]?.string } == [code])
    }

    @Test func secondsAreReadWhereItIsSaid() async {
        let ending = await Bench.run(
            next, input: [#"{"expr":"30 0 9 * * *","from":"2026-03-02T08:00:00Z","seconds":true,"count":1}"#])
        #expect(ending.answers == [#"{"next":["2026-03-02T09:00:30Z"]}"#])
    }

    @Test func phrases() async {
        func line(_ phrase: String) -> String {
            #"{"phrase":"\#(phrase)","now":"2026-03-02T08:00:00Z","tz":"Europe/Berlin"}"#
        }
        let ending = await Bench.run(
            ["schedule", "parse", "--batch"],
            input: [line("every weekday at 9"), line("at 5"), "{\"now\":1}", line("blah"), line("in 90 seconds")])
        #expect(ending.documents[0]["cron"] == "0 9 * * MON-FRI")
        #expect(ending.documents[0]["next"]?.array?.count == 5)
        #expect(ending.documents[1]["question"]?["options"] == ["05:00", "17:00"])
        #expect(ending.documents[2]["error"]?["code"] == "missing_member")
        #expect(ending.documents[3]["error"]?["code"] == "no_schedule")
        #expect(ending.documents[4]["next"] == ["2026-03-02T08:01:30Z"])
    }

    @Test func sentences() async {
        func line(_ text: String, given: String = "") -> String {
            #"{"text":"\#(text)","now":"2026-03-02T08:00:00Z","tz":"Europe/Berlin"\#(given)}"#
        }
        let ending = await Bench.run(
            ["interpret", "--batch"],
            input: [
                line("every hour tell me if the load is over 4"), line("pause the scan"),
                line("pause the scan", given: #","given":{"jobs":[]}"#),
                line("pause it all", given: #","given":{"jobs":[{"cron":"1"}]}"#), line("blue potato"),
            ])
        #expect(ending.documents.count == 5)
        #expect(ending.documents[0]["intents"]?.array?[0]["has_condition"] == true)
        #expect(ending.documents[1]["intents"]?.array?[0]["job"] == "scan")
        #expect(ending.documents[1]["question"] == .null)
        #expect(ending.documents[2]["question"]?["about"] == "job")
        #expect(ending.documents[3]["error"]?["code"] == "missing_member")
        #expect(ending.documents[4]["certainty"] == "none")
        #expect(ending.documents[4]["intents"] == [])
    }
}
