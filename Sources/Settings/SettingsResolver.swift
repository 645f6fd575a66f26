import Configuration
import Foundation
import Synchronization

/// Asks options, environment, file and defaults, in this order, and remembers who answered.
struct SettingsResolver {
    private let config: ConfigReader
    private let recorder = OriginRecorder()
    private let document: SettingsDocument

    /// `flags` are options of the command line, by the key of the setting. Empty variables count as unset.
    init(document: SettingsDocument, environment: [String: String], flags: [String: String]) {
        let set = environment.filter { !$0.value.isEmpty }
        let written = document.entries.filter { !$0.isEmpty }.map { ($0.key, $0.value) }
        self.document = document
        config = ConfigReader(
            providers: [
                Self.provider(OriginRecorder.flags, flags),
                EnvironmentVariablesProvider(environmentVariables: set).prefixKeys(with: "rota"),
                Self.provider(OriginRecorder.file, Dictionary(written, uniquingKeysWith: { $1 })),
            ], accessReporter: recorder)
    }

    /// The value that holds, checked, and where it comes from; the value is `nil` where there is no default either.
    func value(of definition: SettingDefinition) throws(SettingsError) -> SettingValue {
        let found = config.string(forKey: ConfigKey(Self.components(definition.key)))
        let origin = found == nil ? .usual : origin(of: definition)
        if let found { try check(found, definition, origin) }
        return SettingValue(key: definition.key, value: found ?? definition.usual, origin: origin)
    }

    private func origin(of definition: SettingDefinition) -> SettingValue.Origin {
        switch recorder.answeredBy {
        case OriginRecorder.flags: .flag
        case OriginRecorder.file: .file(line: document.entry(definition.key)?.line ?? 1)
        default: .environment(variable: definition.variable)
        }
    }

    private func check(
        _ value: String, _ definition: SettingDefinition, _ origin: SettingValue.Origin
    ) throws(SettingsError) {
        let place: SettingsError.Source =
            switch origin {
            case .usual: .request
            case .flag: .flag("--" + definition.key.replacing(".", with: "-").replacing("_", with: "-"))
            case .environment(let variable): .environment(variable: variable)
            case .file(let line): .file(path: document.path, line: line, column: nil)
            }
        try SettingsDocument.checkValue(value, of: definition.key, at: place)
    }

    private static func provider(_ name: String, _ values: [String: String]) -> InMemoryProvider {
        let pairs = values.map {
            (AbsoluteConfigKey(components($0.key)), ConfigValue(.string($0.value), isSecret: false))
        }
        return InMemoryProvider(name: name, values: Dictionary(pairs, uniquingKeysWith: { $1 }))
    }

    private static func components(_ key: String) -> [String] { key.split(separator: ".").map(String.init) }
}

/// Notes which provider answered the last question.
private final class OriginRecorder: AccessReporter {
    static let flags = "flags"
    static let file = "file"

    private let last = Mutex<String?>(nil)

    /// `flags`, `file`, or anything else for the environment.
    var answeredBy: String? { last.withLock { $0 } }

    func report(_ event: AccessEvent) {
        let found = event.providerResults.first { (try? $0.result.get().value) != nil }
        let names = [Self.flags, Self.file]
        let name = found.map { result in names.first { result.providerName.hasSuffix("[\($0)]") } ?? "environment" }
        last.withLock { $0 = name }
    }
}

/// One setting with the value that holds and where it comes from, as `rota config` lists it.
package struct SettingValue: Hashable, Sendable {
    package enum Origin: Hashable, Sendable, CustomStringConvertible {
        case usual
        case file(line: Int)
        case environment(variable: String)
        case flag

        package var description: String {
            switch self {
            case .usual: "default"
            case .file(let line): "config.yaml line \(line)"
            case .environment(let variable): "environment \(variable)"
            case .flag: "option"
            }
        }
    }

    package var key: String
    /// `nil` where nothing holds.
    package var value: String?
    package var origin: Origin
}
