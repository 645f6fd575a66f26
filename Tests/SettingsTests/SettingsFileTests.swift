import Foundation
import Settings
import Testing

@Suite struct SettingsFileTests {
    struct Edit: Sendable, CustomTestStringConvertible {
        var before: String
        var key: String
        var value: String
        var after: String
        var testDescription: String { "\(key)=\(value) in \(before.debugDescription)" }
    }

    @Test(arguments: [
        Edit(before: "", key: "timezone", value: "UTC", after: "timezone: UTC\n"),
        Edit(before: "# mine\n", key: "timezone", value: "UTC", after: "# mine\ntimezone: UTC\n"),
        Edit(
            before: "timezone: Europe/Berlin  # home\nmodel: openai:m\n", key: "timezone", value: "UTC",
            after: "timezone: UTC  # home\nmodel: openai:m\n"),
        Edit(before: "timezone:\n", key: "timezone", value: "UTC", after: "timezone: UTC\n"),
        Edit(before: "timezone: 'UTC' # '#'", key: "timezone", value: "GMT", after: "timezone: GMT  # '#'"),
        Edit(
            before: "model: openai:m\n", key: "scheduler.grace", value: "5s",
            after: "model: openai:m\nscheduler:\n  grace: 5s\n"),
        Edit(
            before: "scheduler:\n    # few\n    concurrency: 2\n\nmodel: openai:m\n", key: "scheduler.grace",
            value: "5s",
            after: "scheduler:\n    # few\n    concurrency: 2\n    grace: 5s\n\nmodel: openai:m\n"),
        Edit(before: "scheduler:\n", key: "scheduler.grace", value: "5s", after: "scheduler:\n  grace: 5s\n"),
        Edit(before: "scheduler.grace: 1s\n", key: "scheduler.grace", value: "5s", after: "scheduler.grace: 5s\n"),
        Edit(
            before: "http:\n  grants:\n  - a:1\n  - b:2\n# end\n", key: "http.grants", value: "c:3,d:4",
            after: "http:\n  grants: [c:3, d:4]\n# end\n"),
        Edit(
            before: "gateways:\n  log:\n    type: file\n    path: /x\n", key: "gateways.log.path", value: "/tmp/a b",
            after: "gateways:\n  log:\n    type: file\n    path: \"/tmp/a b\"\n"),
        Edit(
            before: "gateways:\n  log:\n    type: file\n    path: /x\n", key: "gateways.w.type", value: "webhook",
            after: "gateways:\n  log:\n    type: file\n    path: /x\n  w:\n    type: webhook\n"),
        Edit(
            before: "model: openai:m", key: "model", value: "openai:n@http://127.0.0.1:1/v1",
            after: "model: openai:n@http://127.0.0.1:1/v1"),
    ])
    func setsOneValueAndKeepsTheRest(_ edit: Edit) throws {
        try withFile(edit.before) { (file) throws in
            try file.set(edit.key, to: edit.value)
            #expect(try text(file) == edit.after)
        }
    }

    @Test(arguments: [
        Edit(before: "model: openai:m\ntimezone: UTC\n", key: "model", value: "", after: "timezone: UTC\n"),
        Edit(
            before: "scheduler:\n  grace: 5s\n# end\n", key: "scheduler.grace", value: "", after: "# end\n"),
        Edit(
            before: "scheduler:\n  grace: 5s\n  concurrency: 2\n", key: "scheduler.grace", value: "",
            after: "scheduler:\n  concurrency: 2\n"),
        Edit(before: "http:\n  grants:\n    - a:1\n    - b:2\n", key: "http.grants", value: "", after: ""),
        Edit(before: "oldsetting: 1\ntimezone: UTC\n", key: "oldsetting", value: "", after: "timezone: UTC\n"),
    ])
    func unsetsOneValue(_ edit: Edit) throws {
        try withFile(edit.before) { (file) throws in
            #expect(try file.unset(edit.key))
            #expect(try text(file) == edit.after)
        }
    }

    @Test func removesAGatewayWithItsMembers() throws {
        try withFile(
            "gateways:\n  log:\n    type: file\n    path: /x\n  w:\n    type: webhook\n    url: https://a.test\n"
        ) {
            (file) throws in
            #expect(try file.removeGateway("log"))
            #expect(try text(file) == "gateways:\n  w:\n    type: webhook\n    url: https://a.test\n")
            #expect(try file.removeGateway("log") == false)
            #expect(try file.removeGateway("w"))
            #expect(try text(file) == "")
        }
    }

    @Test func readsBackWhatItWrote() throws {
        try withFile("") { (file) throws in
            #expect(try file.value(of: "timezone") == nil)
            #expect(try file.unset("timezone") == false)
            try file.set("timezone", to: "Asia/Tokyo")
            try file.set("gateways.log.path", to: "/a \"b\" # ü")
            #expect(try file.value(of: "timezone") == "Asia/Tokyo")
            #expect(try file.value(of: "gateways.log.path") == "/a \"b\" # ü")
            #expect(try file.values().map(\.line) == [1, 4])
        }
    }

    @Test(arguments: [
        ("timezon", "UTC", "there is no setting 'timezon'; did you mean 'timezone'?"),
        ("timezone", "Berlin", "'Berlin' is not right for 'timezone'"),
        ("scheduler", "5", "there is no setting 'scheduler'"),
        ("gateways.a b.type", "file", "there is no setting 'gateways.a b.type'"),
        ("model", "openai:m@http://x\ny: 1", "is not right for 'model'"),
    ])
    func refusesBeforeWriting(_ key: String, _ value: String, _ message: String) throws {
        try withFile("model: openai:m\n") { (file) throws in
            let error = #expect(throws: SettingsError.self) { try file.set(key, to: value) }
            #expect(error?.description.contains(message) ?? false, "\(String(describing: error))")
            #expect(try text(file) == "model: openai:m\n")
        }
    }

    @Test(arguments: [
        ("scheduler: {grace: 5s, concurrency: 2}\n", "scheduler.grace", "6s"),
        ("{timezone: UTC}\n", "model", "openai:m"),
        ("timezone: >\n  Europe/Berlin\n", "timezone", "UTC"),
    ])
    func leavesWhatItCannotEditToAPerson(_ before: String, _ key: String, _ value: String) throws {
        try withFile(before) { (file) throws in
            let error = #expect(throws: SettingsError.self) { try file.set(key, to: value) }
            #expect(error?.reason == .handwritten(key: key))
            #expect(try text(file) == before)
        }
    }

    @Test func keepsTheFilePrivateAndALinkALink() throws {
        try withTemporaryFolder { root in
            let real = root + "/dotfiles.yaml"
            try "timezone: UTC\n".write(toFile: real, atomically: true, encoding: .utf8)
            symlink(real, root + "/config.yaml")
            try SettingsFile(path: root + "/config.yaml").set("timezone", to: "GMT")
            var found = stat()
            #expect(lstat(root + "/config.yaml", &found) == 0 && found.st_mode & S_IFMT == S_IFLNK)
            #expect(stat(real, &found) == 0 && found.st_mode & 0o777 == 0o600)
            #expect(try String(contentsOfFile: real, encoding: .utf8) == "timezone: GMT\n")
            #expect(try FileManager.default.contentsOfDirectory(atPath: root).count == 2)
        }
    }

    @Test func saysWhyItCannotBeRead() throws {
        try withTemporaryFolder { root in
            let folder = #expect(throws: SettingsError.self) { try SettingsFile(path: root).values() }
            #expect(folder?.reason == .unreadable("it is not a file"))
            try Data([0x74, 0x3a, 0x20, 0xff]).write(to: URL(fileURLWithPath: root + "/config.yaml"))
            let bytes = #expect(throws: SettingsError.self) { try SettingsFile(path: root + "/config.yaml").values() }
            #expect(bytes?.reason == .brokenYAML("it is not UTF-8 text"))
        }
    }

    private func withFile(_ text: String, _ body: (SettingsFile) throws -> Void) throws {
        try withTemporaryFolder { root in
            let file = SettingsFile(path: root + "/new/config.yaml")
            try FileManager.default.createDirectory(atPath: root + "/new", withIntermediateDirectories: true)
            if !text.isEmpty { try text.write(toFile: file.path, atomically: true, encoding: .utf8) }
            try body(file)
        }
    }

    private func text(_ file: SettingsFile) throws -> String { try String(contentsOfFile: file.path, encoding: .utf8) }
}
