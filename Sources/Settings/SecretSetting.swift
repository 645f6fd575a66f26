import Foundation

/// A secret as `secrets.NAME` in the settings describes it: where its value is, and which hosts may get it.
package struct SecretSetting: Hashable, Sendable {
    package let name: String
    package let source: KeySource
    /// `shop.test` (https at the usual port) or `shop.test:8080`.
    package let hosts: [String]

    package init(name: String, source: KeySource, hosts: [String]) {
        self.name = name
        self.source = source
        self.hosts = hosts
    }
}

/// `secrets.NAME.MEMBER`, taken apart.
struct SecretKey: Hashable {
    let name: String
    let member: String

    static let members = ["env", "file", "command", "hosts"]

    init?(_ key: String) {
        guard let match = key.wholeMatch(of: /secrets\.([A-Za-z0-9_-]+)\.([a-z]+)/) else { return nil }
        name = String(match.1)
        member = String(match.2)
    }

    /// What is wrong with one member's value, to follow "it takes"; `nil` where nothing is.
    static func problem(with member: String, value: String) -> String? {
        switch member {
        case "env":
            SettingDefinition.isVariableName(value) ? nil : "the name of an environment variable, not the secret itself"
        case "file": value.isEmpty ? "the path of a file that only you may read" : nil
        case "command": value.allSatisfy(\.isWhitespace) ? "a program and its arguments" : nil
        default:
            SettingDefinition.items(of: value).allSatisfy(isHost) && !value.isEmpty
                ? nil : "hosts such as api.shop.test or 127.0.0.1:8080, several with commas between"
        }
    }

    private static func isHost(_ text: String) -> Bool {
        if HostPort(text) != nil { return true }
        return !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
    }
}

extension SecretSetting {
    /// Reads one secret from its members, which were checked. `~/` is `home`.
    init(
        name: String, members: [SettingsDocument.Entry], path file: String, home: String
    ) throws(SettingsError) {
        func member(_ key: String) -> SettingsDocument.Entry? { members.first { $0.key == "secrets.\(name).\(key)" } }
        let place = SettingsError.Source.file(path: file, line: members.first?.line, column: nil)
        let sources: [KeySource] = [
            member("env").map { .variable($0.value) },
            member("file").map { .file(ProgramPaths.resolved($0.value, from: home, home: home)) },
            member("command").map { .command($0.value) },
        ].compactMap(\.self)
        guard let source = sources.first else {
            throw SettingsError(.missing(key: "secrets.\(name).env", hint: "or file, or command"), at: place)
        }
        if sources.count > 1, let second = member("command") ?? member("file") {
            throw SettingsError(
                .wrongValue(
                    key: second.key, value: second.value, expected: "nothing beside another source of the secret"),
                at: .file(path: file, line: second.line, column: nil))
        }
        guard let hosts = member("hosts") else {
            throw SettingsError(.missing(key: "secrets.\(name).hosts", hint: "the hosts that may get it"), at: place)
        }
        self.init(name: name, source: source, hosts: SettingDefinition.items(of: hosts.value))
    }
}

extension SettingsDocument {
    /// Entries of each secret by its name, names in the order of the file.
    var secrets: [(name: String, members: [Entry])] {
        let parts = entries.filter { !$0.isEmpty }.compactMap { entry in
            SecretKey(entry.key).map { (name: $0.name, entry: entry) }
        }
        let names = parts.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return names.map { name in (name, parts.filter { $0.name == name }.map(\.entry)) }
    }
}
