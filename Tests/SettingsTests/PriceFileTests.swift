import Foundation
import JobModel
import Testing

@testable import Settings

@Suite struct PriceFileTests {
    private static let file = PriceFile(path: "prices.yaml")

    @Test func readsLinesInTheirOrder() throws {
        let table = try Self.file.read(
            """
            # dollars per million tokens
            ollama:*: {input: 0, output: 0}
            openai:gpt-x: {input: 1.25, cached: 0.125, output: 10}
            "*:small":
              input: 0.1
              output: 0.4
            unknown: {input: 20, output: 100}
            """)
        #expect(
            table
                == PriceTable(
                    lines: [
                        .init("ollama:*", .free),
                        .init("openai:gpt-x", ModelPrice(input: 1.25, cached: 0.125, output: 10)),
                        .init("*:small", ModelPrice(input: 0.1, output: 0.4)),
                    ], unknown: ModelPrice(input: 20, output: 100)))
    }

    @Test(arguments: ["", "\n  \n", "# nothing yet\n"])
    func isBuiltInWhereItSaysNothing(_ text: String) throws { #expect(try Self.file.read(text) == .builtIn) }

    @Test(arguments: [
        ("a: b: c", "prices.yaml line 1: "), ("- openai:x", "prices.yaml line 1: it must hold lines such as"),
        ("openai:x: 5", "prices.yaml line 1: 'openai:x' takes {input: 1.25, cached: 0.125, output: 10}."),
        ("\nopenai:x: {input: 1}", "prices.yaml line 2: 'output' is missing in 'openai:x'."),
        ("openai:x: {input: 1, output: 2, outputs: 3}", "'outputs' is no price; known: input, cached, output."),
        ("openai:x:\n  input: -1\n  output: 2", "line 2: 'input' takes dollars per million tokens, from 0 to 10000."),
        ("openai:x:\n  input: 1\n  output: $2", "line 3: 'output' takes dollars per million tokens"),
        ("openai:x:\n  input: 1\n  output: '2'", "line 3: 'output' takes dollars per million tokens"),
        ("openai:x:\n  input: 1\n  cached:\n  output: 1", "line 3: 'cached' takes dollars per million tokens"),
        ("openai:x: {input: 1, output: 20000}", "line 1: 'output' takes dollars per million tokens"),
        ("openai:x: {input: .nan, output: 2}", "line 1: 'input' takes dollars per million tokens"),
        ("gpt-x: {input: 1, output: 2}", "line 1: 'gpt-x' is no model: write PROVIDER:NAME"),
        (
            "openai:x: {input: 1, output: 2}\nopenai:x: {input: 0, output: 0}",
            "\"openai:x\" stands here twice."
        ),
        ("*x: {input: 1, output: 2}", "prices.yaml line 1: "),
    ])
    func namesTheLine(_ text: String, _ message: String) {
        do throws(PriceFileError) {
            _ = try Self.file.read(text)
            Issue.record("it was read")
        } catch {
            #expect(error.description.contains(message), "\(error)")
        }
    }

    @Test func isBuiltInWithoutAFile() throws {
        try withTemporaryFolder { root in
            let file = PriceFile(path: root + "/prices.yaml")
            #expect(try file.load() == .builtIn)
            try "unknown: {input: 1, output: 2}\n".write(toFile: file.path, atomically: true, encoding: .utf8)
            #expect(try file.load() == PriceTable(unknown: ModelPrice(input: 1, output: 2)))
            #expect(throws: PriceFileError.self) { try PriceFile(path: root).load() }
        }
    }
}

@Suite struct BudgetSettingTests {
    @Test(arguments: [
        ("", SpendingCaps(request: 500_000, job: 1_000_000, day: 5_000_000)),
        (
            "budget: {request: none, job: 0.25, day: 20}\n", SpendingCaps(request: nil, job: 250_000, day: 20_000_000)
        ),
        (
            "budget.calls: {request: 3, day: none}\nbudget.tokens.job: 500\n",
            SpendingCaps(
                calls: CountCaps(request: 3, job: 2000, day: nil),
                tokens: CountCaps(request: 1_000_000, job: 500, day: 50_000_000))
        ),
        ("budget.day: 0\n", SpendingCaps(request: 500_000, job: 1_000_000, day: 0)),
    ])
    func reads(_ text: String, _ caps: SpendingCaps) throws {
        try withTemporaryFolder { root in
            try text.write(toFile: root + "/config.yaml", atomically: true, encoding: .utf8)
            let paths = ProgramPaths(environment: ["ROTA_HOME": root], userID: 1)
            #expect(try ProgramSettings.load(paths: paths, environment: [:]).budget == caps)
        }
    }

    @Test(arguments: ["-1", "lots", "5 EUR", "1e9", ""])
    func refuses(_ value: String) {
        #expect(SettingDefinition.named("budget.day")?.accepts(value) == false)
    }

    @Test(arguments: ["0", "-1", "1.5", "many", "1000000001", ""])
    func refusesCounts(_ value: String) {
        #expect(SettingDefinition.named("limits.steps")?.accepts(value) == false)
    }

    @Test func readsLimits() throws {
        try withTemporaryFolder { root in
            try "limits: {steps: 3, messages: none}\n".write(
                toFile: root + "/config.yaml", atomically: true, encoding: .utf8)
            let paths = ProgramPaths(environment: ["ROTA_HOME": root], userID: 1)
            let limits = try ProgramSettings.load(paths: paths, environment: [:]).limits
            #expect(limits == ProgramLimits(steps: 3, messages: nil))
        }
    }
}
