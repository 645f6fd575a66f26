import Foundation
import JobModel

extension ProgramSettings {
    /// Reads the settings that hold: option, else environment (`ROTA_…`), else file, else default.
    ///
    /// `flags` are options of the command line, by the key of the setting (`["timezone": "UTC"]`). Throws for the first
    /// thing that is wrong anywhere, with its place; nothing is guessed.
    package static func load(
        paths: ProgramPaths, environment: [String: String], flags: [String: String] = [:]
    ) throws(SettingsError) -> ProgramSettings {
        let document = try SettingsFile(path: paths.configFile).checkedDocument()
        let resolver = SettingsResolver(document: document, environment: environment, flags: flags)
        var values: [String: String] = [:]
        for definition in SettingDefinition.all { values[definition.key] = try resolver.value(of: definition).value }
        var settings = ProgramSettings(checked: values)
        let home = environment["HOME"] ?? "/"
        settings.gateways = try gateways(in: document, paths: paths, home: home)
        for (name, members) in document.agents {
            settings.agents.append(try AgentPersona(name: name, members: members, path: document.path))
        }
        settings.agents.sort { $0.name < $1.name }
        settings.calendars = document.calendars.map { name, entry in
            let path = ProgramPaths.resolved(entry.value, from: paths.dataFolder, home: home)
            return CalendarSetting(name: name, path: path)
        }.sorted { $0.name < $1.name }
        return settings
    }

    /// Every setting with its value and origin, calendars, gateways and agents at the end: what `rota config` lists.
    package static func listing(
        paths: ProgramPaths, environment: [String: String], flags: [String: String] = [:]
    ) throws(SettingsError) -> [SettingValue] {
        let document = try SettingsFile(path: paths.configFile).checkedDocument()
        let resolver = SettingsResolver(document: document, environment: environment, flags: flags)
        var rows: [SettingValue] = []
        for definition in SettingDefinition.all { rows.append(try resolver.value(of: definition)) }
        return rows
            + (document.calendars.map(\.entry) + (document.gateways + document.agents).flatMap(\.members)).map {
                SettingValue(key: $0.key, value: $0.value, origin: .file(line: $0.line))
            }
    }

    /// From values that were checked against their definitions.
    private init(checked values: [String: String]) {
        self.init(
            models: ModelSettings(checked: values),
            timezone: values["timezone"],
            httpGrants: SettingDefinition.items(of: values["http.grants"] ?? "").compactMap { HostPort($0) },
            schedulerConcurrency: values["scheduler.concurrency"].flatMap { Int($0) } ?? 5,
            schedulerGrace: values["scheduler.grace"].flatMap(SettingDefinition.seconds).map(TimeInterval.init) ?? 10,
            schedulerGroups: Dictionary(
                SettingDefinition.items(of: values["scheduler.groups"] ?? "").compactMap { GroupLimit($0) }
                    .map { ($0.name, $0.limit) }, uniquingKeysWith: { $1 }),
            retentionDays: values["retention.days"].flatMap { Int($0) } ?? 90,
            retentionRuns: values["retention.runs"].flatMap { Int($0) } ?? 1000,
            logLevel: values["log.level"] ?? "info",
            logSize: values["log.size"].flatMap(SettingDefinition.bytes) ?? 5_000_000,
            logFiles: values["log.files"].flatMap { Int($0) } ?? 5,
            budget: SpendingCaps(
                request: values["budget.request"].flatMap(Dollars.micro),
                job: values["budget.job"].flatMap(Dollars.micro), day: values["budget.day"].flatMap(Dollars.micro),
                calls: CountCaps(checked: values, "budget.calls"),
                tokens: CountCaps(checked: values, "budget.tokens")))
        limits = ProgramLimits(checked: values)
        (userName, userEmail) = (values["user.name"], values["user.email"])
    }

    private static func gateways(
        in document: SettingsDocument, paths: ProgramPaths, home: String
    ) throws(SettingsError) -> [GatewaySetting] {
        var found: [GatewaySetting] = []
        for (name, members) in document.gateways {
            found.append(
                try GatewaySetting(
                    name: name, members: members, path: document.path, folder: paths.dataFolder, home: home))
        }
        return found.sorted { $0.name < $1.name }
    }
}
