import ActionCatalogue
import Foundation
import JobModel
import TestSupport
import Testing

import StepExecution

/// Calls of the catalogue through the executor, as a run makes them.
@Suite("Actions of the catalogue")
struct CatalogueActionTests {
    private static func run(
        _ name: String, _ parameters: [String: JSONValue], after results: [String: StepResult] = [:],
        previous: [String: StepResult] = [:], step: String = "this"
    ) async throws -> StepResult {
        let action = Action.call(ActionCall(name, parameters))
        var context = context(job(action))
        (context.results, context.previous, context.step) = (results, previous, step)
        return await executor(try Workshop()).execute(action, in: context)
    }

    @Test("fill their holes, and keep the kind of a value that is a hole by itself")
    func filling() async throws {
        let scan = StepResult(text: "24.90 €", value: ["price": 24.9, "tags": ["a", "b"]])
        let result = try await Self.run(
            "set", ["values": ["price": "{{scan.price}}", "tags": "{{scan.tags}}", "words": "at {{scan.price}}"]],
            after: ["scan": scan])
        #expect(result.value == ["price": 24.9, "tags": ["a", "b"], "words": "at 24.9"])
        #expect(result.text == "price: 24.9\ntags: [\"a\",\"b\"]\nwords: at 24.9")
    }

    @Test(
        "refuse what their schema does not have",
        arguments: [
            ("fail", ["reason": ["a"]], "\"reason\" must be string, not array"),
            ("fail", [:], "fail the member \"reason\" is missing"),
            ("sing", [:], "there is no action \"sing\""),
            ("emit", ["event": "stock.{{scan.text}}"], "the event's name has a hole: it is fixed by the plan"),
        ] as [(String, [String: JSONValue], String)])
    func refusals(_ name: String, _ parameters: [String: JSONValue], _ error: String) async throws {
        #expect(try await Self.run(name, parameters).error == error)
    }

    @Test(
        "compare exactly",
        arguments: [
            (24.9, 22.41, 2.49, -11.111, "up"), (9, 10, -1, 10, "down"), (10, 10, 0, 0, "same"),
        ] as [(Double, Double, Double, Double, String)])
    func comparison(_ value: Double, _ other: Double, _ difference: Double, _ gap: Double, _ way: String) async throws {
        let result = try await Self.run("compare", ["value": .number(value), "with": .number(other)])
        let members = try #require(result.value?.object)
        #expect(members["difference"] == .number(difference) && members["direction"] == .string(way))
        #expect(abs((members["gap_percent"]?.number ?? 0) - gap) < 0.001)
        #expect(members["changed"] == .bool(value != other))
    }

    @Test("compare with the last run where nothing else is named")
    func snapshot() async throws {
        let first = try await Self.run("compare", ["value": "24.90 €"])
        #expect(first.value?["direction"] == "first" && first.value?["changed"] == false)
        let second = try await Self.run("compare", ["value": "19.90 €"], previous: ["this": first])
        #expect(second.value?["direction"] == "down" && second.value?["difference"] == -5)
        #expect(second.text == "19.90 € after 24.90 € (-20.1 %)")
        let words = try await Self.run("compare", ["value": "sold out"], previous: ["this": first])
        #expect(words.value?["direction"] == "other" && words.value?["changed"] == true)
    }

    @Test("emit an event that is one deeper than the run")
    func emission() async throws {
        let store = InMemoryStore()
        let action = Action.call(ActionCall("emit", ["event": "inventory.low_stock", "data": ["sku": "A1"]]))
        let change = try await store.apply([.create(job(action))], summary: "", at: Date(timeIntervalSince1970: 0))
        let stored = try #require(change.items.first?.after)
        var context = context(stored)
        context.run.depth = 4
        let result = await executor(try Workshop(), store: store).execute(action, in: context)
        #expect(result.value == ["event": "inventory.low_stock", "started": 0])
        context.run.depth = 5
        let deeper = await executor(try Workshop(), store: store).execute(action, in: context)
        #expect(deeper.error == "jobs that start each other end after 5 runs")
    }
}
