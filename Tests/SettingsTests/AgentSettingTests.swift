import Foundation
import JobModel
import Settings
import Testing

@Suite struct AgentSettingTests {
    private func load(_ text: String) throws -> ProgramSettings {
        var settings = ProgramSettings()
        try withTemporaryFolder { root in
            let environment = ["HOME": root, "XDG_CONFIG_HOME": root]
            let paths = ProgramPaths(environment: environment, userID: 1000)
            try FileManager.default.createDirectory(atPath: paths.configFolder, withIntermediateDirectories: true)
            try text.write(toFile: paths.configFile, atomically: true, encoding: .utf8)
            settings = try ProgramSettings.load(paths: paths, environment: environment)
        }
        return settings
    }

    @Test func readsPersonas() throws {
        let settings = try load(
            """
            agents:
              writer: {instructions: Write plainly.}
              researcher:
                instructions: You read with care.
                tier: smart
                rounds: 9
            """)
        #expect(
            settings.agents == [
                AgentPersona(name: "researcher", instructions: "You read with care.", tier: .smart, rounds: 9),
                AgentPersona(name: "writer", instructions: "Write plainly."),
            ])
    }

    @Test(arguments: [
        (
            "agents: {a: {tier: smart}}",
            SettingsError.Reason.missing(key: "agents.a.instructions", hint: "who the agent is and how it works")
        ),
        (
            "agents: {a: {instructions: x, tier: huge}}",
            .wrongValue(key: "agents.a.tier", value: "huge", expected: "fast or smart")
        ),
        (
            "agents: {a: {instructions: x, rounds: 21}}",
            .wrongValue(key: "agents.a.rounds", value: "21", expected: "a whole number from 1 to 20")
        ),
        ("agents: {a: {instructons: x}}", .unknownKey("agents.a.instructons", nearest: "agents.a.instructions")),
    ])
    func namesWhatIsWrong(_ text: String, _ reason: SettingsError.Reason) {
        let error = #expect(throws: SettingsError.self) { try load(text) }
        #expect(error?.reason == reason)
    }

    @Test func areSetByName() throws {
        try withTemporaryFolder { root in
            let file = SettingsFile(path: root + "/config.yaml")
            try file.set("agents.researcher.instructions", to: "You read with care.")
            #expect(try file.value(of: "agents.researcher.instructions") == "You read with care.")
        }
    }
}
