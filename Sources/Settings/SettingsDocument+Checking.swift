import Documents
import JobModel

/// Holding a file to the settings that exist.
extension SettingsDocument {
    /// Throws for the first entry that is unknown or has a value that does not fit.
    func check() throws(SettingsError) {
        for entry in entries { try check(entry) }
    }

    /// Entries of each gateway by its name, names in the order of the file.
    var gateways: [(name: String, members: [Entry])] {
        let parts = entries.filter { !$0.isEmpty }.compactMap { entry in
            GatewayKey(entry.key).map { (name: $0.name, entry: entry) }
        }
        let names = parts.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return names.map { name in (name, parts.filter { $0.name == name }.map(\.entry)) }
    }

    /// Calendars in the order of the file.
    var calendars: [(name: String, entry: Entry)] {
        entries.filter { !$0.isEmpty }.compactMap { entry in
            CalendarSetting.name(in: entry.key).map { (name: $0, entry: entry) }
        }
    }

    private func check(_ entry: Entry) throws(SettingsError) {
        let place = SettingsError.Source.file(path: path, line: entry.line, column: nil)
        if entry.isEmpty, Self.isGroup(entry.key) { return }
        try Self.checkKey(entry.key, at: place)
        guard !entry.isEmpty else { return }
        let takesList = SettingDefinition.named(entry.key)?.isList ?? (SecretKey(entry.key)?.member == "hosts")
        guard takesList || !entry.isList else {
            let expected = SettingDefinition.named(entry.key)?.expected ?? "one value"
            throw SettingsError(.wrongValue(key: entry.key, value: "[\(entry.value)]", expected: expected), at: place)
        }
        try Self.checkValue(entry.value, of: entry.key, at: place)
    }

    /// Throws where no setting has this key.
    static func checkKey(_ key: String, at place: SettingsError.Source) throws(SettingsError) {
        if SettingDefinition.named(key) != nil { return }
        if CalendarSetting.name(in: key) != nil { return }
        let agent = AgentKey(key)
        if let agent, AgentKey.members.contains(agent.member) { return }
        let secret = SecretKey(key)
        if let secret, SecretKey.members.contains(secret.member) { return }
        let gateway = GatewayKey(key)
        if let gateway, GatewaySetting.members.contains(gateway.member) { return }
        let members =
            GatewaySetting.members.map { "gateways.\(gateway?.name ?? "NAME").\($0)" }
            + AgentKey.members.map { "agents.\(agent?.name ?? "NAME").\($0)" }
            + SecretKey.members.map { "secrets.\(secret?.name ?? "NAME").\($0)" }
        let nearest = NearestName.find(key, among: SettingDefinition.all.map(\.key) + members + ["calendars.NAME"])
        throw SettingsError(.unknownKey(key, nearest: nearest), at: place)
    }

    /// Throws where the value does not fit its key, which exists.
    static func checkValue(_ value: String, of key: String, at place: SettingsError.Source) throws(SettingsError) {
        let expected: String?
        if let definition = SettingDefinition.named(key) {
            expected = definition.accepts(value) ? nil : definition.expected
        } else if CalendarSetting.name(in: key) != nil {
            expected = value.isEmpty ? CalendarSetting.expected : nil
        } else if let secret = SecretKey(key) {
            expected = SecretKey.problem(with: secret.member, value: value)
        } else if let agent = AgentKey(key) {
            expected = AgentKey.problem(with: agent.member, value: value)
        } else {
            expected = GatewayKey(key).flatMap { GatewaySetting.problem(with: $0.member, value: value) }
        }
        guard let expected else { return }
        throw SettingsError(.wrongValue(key: key, value: value, expected: expected), at: place)
    }

    private static func isGroup(_ key: String) -> Bool {
        ["gateways", "calendars", "agents", "secrets"].contains(key)
            || SettingDefinition.all.contains { $0.key.hasPrefix(key + ".") }
            || GatewayKey(key + ".type") != nil || AgentKey(key + ".tier") != nil
            || SecretKey(key + ".env") != nil
    }
}

/// `gateways.NAME.MEMBER`, taken apart.
struct GatewayKey: Hashable {
    let name: String
    let member: String

    init?(_ key: String) {
        let parts = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == "gateways" else { return nil }
        guard parts[1].wholeMatch(of: /[A-Za-z0-9_-]+/) != nil else { return nil }
        name = parts[1]
        member = parts[2]
    }
}
