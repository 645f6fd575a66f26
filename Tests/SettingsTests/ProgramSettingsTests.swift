import Foundation
import JobModel
import Settings
import Testing

@Suite struct ProgramSettingsTests {
    @Test func hasDefaultsWithoutAFile() throws {
        try withTemporaryFolder { root in
            let settings = try load(root)
            #expect(settings == ProgramSettings())
            #expect(settings.schedulerConcurrency == 5)
            #expect(settings.schedulerGrace == 10)
        }
    }

    @Test func readsEverySetting() throws {
        try withTemporaryFolder { root in
            try write(
                """
                # mine
                model: openai:small@http://127.0.0.1:8080/v1
                model_key_env: MY_KEY
                timezone: Europe/Berlin
                http:
                  grants: [127.0.0.1:8080, "[::1]:9000"]
                scheduler:
                  concurrency: 8
                  grace: 2m
                log:
                  level: debug
                  size: 500kB
                  files: 3
                gateways:
                  telegram:
                    type: webhook
                    url: https://hooks.example.test/t
                    secret_env: TELEGRAM_SECRET
                  log:
                    type: file
                    path: outcomes.log
                calendars:
                  holidays: de.ics
                  french: /x/fr.ics

                """, root)
            let settings = try load(root)
            #expect(settings.models.main == (try ModelAddress("openai:small@http://127.0.0.1:8080/v1")))
            #expect(settings.models.keyVariable == "MY_KEY")
            #expect(settings.timezone == "Europe/Berlin")
            #expect(settings.httpGrants.map(\.description) == ["127.0.0.1:8080", "[::1]:9000"])
            #expect(
                settings.calendars == [
                    CalendarSetting(name: "french", path: "/x/fr.ics"),
                    CalendarSetting(name: "holidays", path: root + "/de.ics"),
                ])
            #expect(settings.schedulerConcurrency == 8)
            #expect(settings.schedulerGrace == 120)
            #expect(settings.logLevel == "debug" && settings.logSize == 500_000 && settings.logFiles == 3)
            #expect(
                settings.gateways == [
                    GatewaySetting(name: "log", kind: .file(path: root + "/outcomes.log")),
                    GatewaySetting(
                        name: "telegram",
                        kind: .webhook(url: "https://hooks.example.test/t", secretVariable: "TELEGRAM_SECRET")),
                ])
        }
    }

    @Test func prefersOptionThenEnvironmentThenFile() throws {
        try withTemporaryFolder { root in
            try write("timezone: Europe/Berlin\nscheduler.concurrency: 2\n", root)
            let environment = ["ROTA_TIMEZONE": "Asia/Tokyo", "ROTA_SCHEDULER_CONCURRENCY": ""]
            #expect(try load(root).timezone == "Europe/Berlin")
            #expect(try load(root, environment).timezone == "Asia/Tokyo")
            #expect(try load(root, environment, ["timezone": "UTC"]).timezone == "UTC")
            #expect(try load(root, environment).schedulerConcurrency == 2)
        }
    }

    @Test func listsValuesWithTheirOrigins() throws {
        try withTemporaryFolder { root in
            try write(
                "\ntimezone: Europe/Berlin\ngateways: {log: {type: file, path: /x}}\ncalendars: {de: x.ics}\n", root)
            let rows = try ProgramSettings.listing(
                paths: paths(root), environment: ["ROTA_SCHEDULER_GRACE": "3s"], flags: ["model": "openai:m"])
            let shown = rows.map { "\($0.key)=\($0.value ?? "-") (\($0.origin))" }
            #expect(
                shown == [
                    "model=openai:m (option)", "model_fast=- (default)", "model_fallback=- (default)",
                    "model_reads=needed (default)", "model_key_env=- (default)", "model_key_file=- (default)",
                    "model_key_command=- (default)", "model_headers= (default)", "model_proxy=- (default)",
                    "model_proxy_login_env=- (default)", "model_ca_file=- (default)",
                    "user.name=- (default)", "user.email=- (default)", "timezone=Europe/Berlin (config.yaml line 2)",
                    "http.grants= (default)", "scheduler.concurrency=5 (default)",
                    "scheduler.grace=3s (environment ROTA_SCHEDULER_GRACE)", "scheduler.groups= (default)",
                    "retention.days=90 (default)", "retention.runs=1000 (default)", "log.level=info (default)",
                    "log.size=5MB (default)", "log.files=5 (default)", "budget.request=0.50 (default)",
                    "budget.job=1.00 (default)", "budget.day=5.00 (default)",
                    "budget.calls.request=50 (default)", "budget.calls.job=2000 (default)",
                    "budget.calls.day=5000 (default)", "budget.tokens.request=1000000 (default)",
                    "budget.tokens.job=10000000 (default)", "budget.tokens.day=50000000 (default)",
                    "limits.steps=50 (default)", "limits.messages=120 (default)",
                    "calendars.de=x.ics (config.yaml line 4)", "gateways.log.type=file (config.yaml line 3)",
                    "gateways.log.path=/x (config.yaml line 3)",
                ])
        }
    }

    @Test(arguments: [
        (
            "schedular:\n  grace: 5s\n",
            " line 2: there is no setting 'schedular.grace'; did you mean 'scheduler.grace'?"
        ),
        ("colour: blue\n", " line 1: there is no setting 'colour'."),
        ("timezone: Europe/Berlyn\n", " line 1: 'Europe/Berlyn' is not right for 'timezone'"),
        ("timezone: ../../etc/passwd\n", " line 1: '../../etc/passwd' is not right for 'timezone'"),
        ("# a\nscheduler:\n  concurrency: many\n", " line 3: 'many' is not right for 'scheduler.concurrency'"),
        ("scheduler:\n  concurrency: 0\n", " line 2: '0' is not right for 'scheduler.concurrency'"),
        ("scheduler:\n  concurrency: [1, 2]\n", " line 2: '[1, 2]' is not right for 'scheduler.concurrency'"),
        ("scheduler:\n  grace: 1:30\n", " line 2: '1:30' is not right for 'scheduler.grace'"),
        ("model: gpt\n", " line 1: 'gpt' is not right for 'model': it takes PROVIDER:NAME"),
        ("http:\n  grants:\n    - localhost\n", " line 2: 'localhost' is not right for 'http.grants'"),
        ("http:\n  grants:\n    - a: b\n", " line 2: this is not valid YAML: a list here holds plain words only"),
        ("model: [a\n", ": this is not valid YAML"),
        ("timezone: UTC\ntimezone: UTC\n", "'timezone' is set twice"),
        (
            "model_proxy: http://me:secret@proxy.example.test\n",
            " line 1: 'http://…@proxy.example.test' is not right for 'model_proxy'"
        ),
        ("- a\n- b\n", "the file must hold 'key: value' lines"),
        (
            "gateways:\n  log:\n    type: fax\n",
            " line 3: 'fax' is not right for 'gateways.log.type': it takes file or webhook"
        ),
        ("gateways:\n  log:\n    path: x\n", "'gateways.log.type' is missing: file or webhook"),
        ("gateways:\n  log:\n    type: file\n", "'gateways.log.path' is missing"),
        ("gateways:\n  w:\n    type: webhook\n    url: ftp://x\n", " line 4: 'ftp://x' is not right"),
        ("gateways:\n  w:\n    secret: abc\n", "no setting 'gateways.w.secret'; did you mean 'gateways.w.secret_env'?"),
        ("gateways:\n  w:\n    secret_env: whsec_a+b\n", "not the secret itself"),
    ])
    func refusesWhatIsWrong(_ text: String, _ message: String) throws {
        try withTemporaryFolder { root in
            try write(text, root)
            let error = #expect(throws: SettingsError.self) { try load(root) }
            let description = error?.description ?? ""
            #expect(description.contains(message), "\(description)")
            #expect(description.hasPrefix(root + "/config.yaml"))
        }
    }

    @Test func namesTheColumnOfBrokenYAML() throws {
        try withTemporaryFolder { root in
            try write("timezone: UTC\nmodel: \"open\n", root)
            let error = #expect(throws: SettingsError.self) { try load(root) }
            guard case .file(_, let line?, let column?) = error?.source else {
                Issue.record("no position in \(String(describing: error))")
                return
            }
            #expect(line >= 2 && column >= 1)
        }
    }

    @Test func namesTheVariableOrOptionThatIsWrong() throws {
        try withTemporaryFolder { root in
            let fromVariable = #expect(throws: SettingsError.self) { try load(root, ["ROTA_SCHEDULER_GRACE": "soon"]) }
            #expect(fromVariable?.source == .environment(variable: "ROTA_SCHEDULER_GRACE"))
            let fromOption = #expect(throws: SettingsError.self) { try load(root, [:], ["timezone": "Mars"]) }
            #expect(fromOption?.source == .flag("--timezone"))
        }
    }

    @Test func survivesAnAliasBomb() throws {
        try withTemporaryFolder { root in
            var text = "a: &a {x: 1, y: 2, z: 3}\n"
            for (name, before) in zip("bcdefgh", "abcdefg") {
                text += "\(name): &\(name) {p: *\(before), q: *\(before), r: *\(before), s: *\(before)}\n"
            }
            try write(text, root)
            #expect(throws: SettingsError.self) { try load(root) }
        }
    }

    /// No key goes to a server that it was not meant for.
    @Test(
        arguments: [
            ("openai:m", "openai:m", [.variable("ROTA_MODEL_KEY"), .variable("OPENAI_API_KEY")]),
            ("openai:m@http://127.0.0.1:1/v1", "openai:m@http://127.0.0.1:1/v1", [.variable("ROTA_MODEL_KEY")]),
            ("openai:m", "anthropic:n", [.variable("ANTHROPIC_API_KEY")]),
            ("openai:m", "openai:n", [.variable("ROTA_MODEL_KEY"), .variable("OPENAI_API_KEY")]),
            ("openai:m", "ollama:n@http://192.0.2.1:1", []),
        ] as [(String, String, [KeySource])])
    func looksForKeys(_ main: String, _ asked: String, _ sources: [KeySource]) throws {
        let settings = ModelSettings(main: try ModelAddress(main))
        #expect(settings.keySources(of: try ModelAddress(asked)) == sources)
    }

    @Test func aNamedKeyIsTheOnlyOne() throws {
        let address = try ModelAddress("openai:m")
        let settings = ModelSettings(main: address, keyVariable: "A", keyFile: "/k", keyCommand: "pass show k")
        #expect(settings.keySources(of: address) == [.variable("A"), .file("/k"), .command("pass show k")])
    }
}

@Suite struct SettingTypeTests {
    @Test(arguments: [
        ("X-Title: rota", "X-Title", "rota"), ("A:b:c", "A", "b:c"),
    ])
    func readsHeaders(_ text: String, _ name: String, _ value: String) {
        let header = HTTPHeaderSetting(text)
        #expect(header?.name == name)
        #expect(header?.value == value)
    }

    @Test(arguments: ["", "X", "X:", ": y", "X Y: z", "X: a\nB: c"])
    func refusesHeaders(_ text: String) {
        #expect(HTTPHeaderSetting(text) == nil)
    }

    @Test(arguments: [
        ("localhost:80", "localhost:80"), ("Example.TEST:8443", "example.test:8443"), ("[::1]:9", "[::1]:9"),
        ("localhost", nil), ("localhost:0", nil), ("localhost:70000", nil), (":80", nil), ("::1:80", nil),
        ("http://a:80", nil), ("a b:80", nil),
    ])
    func readsHostAndPort(_ text: String, _ shown: String?) {
        #expect(HostPort(text)?.description == shown)
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080/v1", "127.0.0.1:8080"), ("https://api.example.test/x", "api.example.test:443"),
        ("http://Local", "local:80"), ("http://[::1]:9/v1", "[::1]:9"), ("/v1", nil),
    ])
    func findsTheEndpointOfAnAddress(_ address: String, _ shown: String?) {
        #expect(HostPort(of: address)?.description == shown)
    }

    @Test(arguments: [
        ("90", 90), ("90s", 90), ("5m", 300), ("1h", 3600), ("", nil), ("m", nil), ("-1", nil), ("1.5h", nil),
        ("9999999999999999999h", nil), ("5 m", nil),
    ])
    func readsDurations(_ text: String, _ seconds: Int?) {
        #expect(SettingDefinition.seconds(text) == seconds)
    }

    @Test func namesVariablesAfterKeys() {
        #expect(SettingDefinition.named("scheduler.grace")?.variable == "ROTA_SCHEDULER_GRACE")
        #expect(SettingDefinition.named("model_key_env")?.variable == "ROTA_MODEL_KEY_ENV")
    }
}

private func paths(_ root: String) -> ProgramPaths {
    ProgramPaths(environment: ["ROTA_HOME": root], userID: getuid())
}

private func load(
    _ root: String, _ environment: [String: String] = [:], _ flags: [String: String] = [:]
) throws -> ProgramSettings {
    try ProgramSettings.load(paths: paths(root), environment: environment, flags: flags)
}

private func write(_ text: String, _ root: String) throws {
    try text.write(toFile: root + "/config.yaml", atomically: true, encoding: .utf8)
}
