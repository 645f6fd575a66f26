import Testing

@testable import Settings

@Suite("Secrets in the settings")
struct SecretSettingTests {
    private static func load(_ text: String) throws -> [SecretSetting] {
        var found: [SecretSetting] = []
        try withTemporaryFolder { folder in
            let paths = ProgramPaths(environment: ["ROTA_HOME": folder, "HOME": "/home/me"], userID: 1)
            try text.write(toFile: paths.configFile, atomically: false, encoding: .utf8)
            found = try ProgramSettings.load(paths: paths, environment: ["HOME": "/home/me"]).secrets
        }
        return found
    }

    @Test("are read with their source and hosts")
    func reads() throws {
        let text = """
            secrets:
              B:
                file: ~/key
                hosts: [api.test, "127.0.0.1:8080"]
              A: {env: A_KEY, hosts: a.test}
              C:
                command: pass show c
                hosts: "c.test, d.test"
            """
        #expect(
            try Self.load(text) == [
                SecretSetting(name: "A", source: .variable("A_KEY"), hosts: ["a.test"]),
                SecretSetting(name: "B", source: .file("/home/me/key"), hosts: ["api.test", "127.0.0.1:8080"]),
                SecretSetting(name: "C", source: .command("pass show c"), hosts: ["c.test", "d.test"]),
            ])
    }

    @Test(
        "are refused where something is missing or wrong",
        arguments: [
            "secrets: {A: {env: X}}", "secrets: {A: {hosts: a.test}}", "secrets: {A: {env: X, file: y, hosts: a.test}}",
            "secrets: {A: {env: sk-1, hosts: a.test}}", "secrets: {A: {env: X, hosts: 'https://a.test'}}",
            "secrets: {A: {value: x, hosts: a.test}}", "secrets: {A: {env: [X], hosts: a.test}}",
        ])
    func refuses(_ text: String) {
        #expect(throws: SettingsError.self) { try Self.load(text) }
    }
}
