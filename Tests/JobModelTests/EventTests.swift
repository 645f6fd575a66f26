import Foundation
import JobModel
import Testing

@Suite struct EventTests {
    @Test(arguments: [
        "github.issue.created", "build.failed", "a.b.c.d.e", "ci.run.failed", "shop-2.order_line.paid", "1.2",
        "x." + String(repeating: "y", count: 98),
    ])
    func takesNames(_ name: String) throws {
        #expect(try EventName(name).description == name)
    }

    @Test(arguments: [
        ("", EventNameError.badParts("")), ("build", .badParts("build")), ("a.b.c.d.e.f", .badParts("a.b.c.d.e.f")),
        ("a..b", .badParts("a..b")), (".a", .badParts(".a")), ("a.", .badParts("a.")),
        ("GitHub.issue", .badCharacter("G", name: "GitHub.issue")), ("a b.c", .badCharacter(" ", name: "a b.c")),
        ("a.é", .badCharacter("é", name: "a.é")), ("run.failed", .lifecycle("run.failed")),
        ("scheduler.paused", .lifecycle("scheduler.paused")),
    ])
    func refusesNames(_ name: String, _ error: EventNameError) {
        #expect(throws: error) { try EventName(name) }
        #expect(error.message.hasSuffix("."))
    }

    @Test func aNameIsAtMostAHundredCharacters() {
        let name = "x." + String(repeating: "y", count: 99)
        #expect(throws: EventNameError.tooLong(name)) { try EventName(name) }
    }

    @Test func suggestsTheNameInLowerCase() {
        #expect(EventNameError.badCharacter("B", name: "Build.Failed").message.contains("; build.failed is one."))
        #expect(!EventNameError.badCharacter("R", name: "Run.Failed").message.contains("is one"))
    }

    @Test func dataFromOutsideAreAnObjectOfLimitedSize() throws {
        let now = Date(timeIntervalSince1970: 5)
        #expect(throws: ExternalEventError.notAnObject) { try Event.external(name: "a.b", data: [1], at: now) }
        #expect(throws: ExternalEventError.name(.badParts("a"))) { try Event.external(name: "a", data: [:], at: now) }
        let room = Event.largestData - #"{"x":""}"#.utf8.count
        func event(_ count: Int) throws -> Event {
            try Event.external(name: "a.b", data: ["x": .string(String(repeating: "x", count: count))], at: now)
        }
        #expect(try event(room).depth == 0)
        #expect(throws: ExternalEventError.tooLarge(Event.largestData + 1)) { try event(room + 1) }
    }

    @Test(arguments: [
        ("run.failed", "run.failed", true), ("run.failed", "run.failed2", false), ("run.*", "run.failed", true),
        ("run.*", "rerun.failed", false), ("*.failed", "build.failed", true), ("*", "a.b", true),
        ("a*b*c", "a.b.c", true), ("a*b*c", "a.c", false), ("a*a", "a", false), ("*.x.*", "a.x.b", true),
        ("", "a.b", false), ("**", "a.b", true),
    ])
    func fitsPatterns(_ pattern: String, _ name: String, _ fits: Bool) {
        #expect(EventPattern(pattern).matches(name) == fits)
    }

    @Test func saysWhatATriggerWaitsFor() throws {
        let data = try DataFilter(parsing: "sku == A1")
        #expect(EventFilter(name: "stock.low", data: data).words == "stock.low arrives with sku == \"A1\"")
        #expect(EventFilter(name: "run.failed", job: "Backup").words == "run.failed arrives from \"Backup\"")
    }
}
