import Foundation

/// A way out of the machine, as `gateways.NAME` in the file describes it.
package struct GatewaySetting: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Appends a line to the file at this absolute path.
        case file(path: String)
        /// Posts JSON; signed where a variable with the secret is named.
        case webhook(url: String, secretVariable: String?)
    }

    /// As the person names it: `log`, `telegram`.
    package let name: String
    package let kind: Kind

    package init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }

    static let types = ["file", "webhook"]
    static let members = ["type", "path", "url", "secret_env"]
}

extension GatewaySetting {
    /// Reads one gateway from its members. A relative `path` counts from `folder`; `~/` is `home`.
    init(
        name: String, members: [SettingsDocument.Entry], path file: String, folder: String, home: String
    ) throws(SettingsError) {
        let prefix = "gateways.\(name)."
        func member(_ key: String) -> SettingsDocument.Entry? { members.first { $0.key == prefix + key } }
        let place = SettingsError.Source.file(path: file, line: members.first?.line, column: nil)
        guard let type = member("type") else {
            throw SettingsError(.missing(key: prefix + "type", hint: "file or webhook"), at: place)
        }
        switch type.value {
        case "file":
            guard let path = member("path"), !path.value.isEmpty else {
                throw SettingsError(.missing(key: prefix + "path", hint: "the file that lines are added to"), at: place)
            }
            self.init(name: name, kind: .file(path: ProgramPaths.resolved(path.value, from: folder, home: home)))
        case "webhook":
            guard let url = member("url") else {
                throw SettingsError(.missing(key: prefix + "url", hint: "the address that is posted to"), at: place)
            }
            self.init(name: name, kind: .webhook(url: url.value, secretVariable: member("secret_env")?.value))
        default:
            throw SettingsError(
                .wrongValue(key: type.key, value: type.value, expected: "file or webhook"),
                at: .file(path: file, line: type.line, column: nil))
        }
    }

    /// What is wrong with one member's value, by its key alone; `nil` where nothing is.
    static func problem(with member: String, value: String) -> String? {
        switch member {
        case "type": types.contains(value) ? nil : "file or webhook"
        case "path": value.isEmpty ? "the path of a file" : nil
        case "url": WebAddress.isValid(value) ? nil : "an address that begins with https:// or http://"
        default:
            SettingDefinition.isVariableName(value)
                ? nil : "the name of an environment variable, not the secret itself"
        }
    }
}
