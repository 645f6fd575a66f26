/// What is wrong with a setting, and where it was read. The description is a whole sentence for a person.
package struct SettingsError: Error, Hashable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        case unknownKey(String, nearest: String?)
        case wrongValue(key: String, value: String, expected: String)
        /// A member that its neighbours need, such as the path of a file gateway.
        case missing(key: String, hint: String)
        case brokenYAML(String)
        case duplicateKey(String)
        case unreadable(String)
        case unwritable(String)
        /// The file is written in a way that this program does not edit; a person can.
        case handwritten(key: String)
    }

    package enum Source: Hashable, Sendable {
        /// A position in the file, from 1.
        case file(path: String, line: Int?, column: Int?)
        case environment(variable: String)
        case flag(String)
        /// What was said on the command line or in the conversation, as in `rota config set`.
        case request
    }

    package let reason: Reason
    package let source: Source

    package init(_ reason: Reason, at source: Source) {
        self.reason = reason
        self.source = source
    }

    package var description: String {
        switch source {
        case .file(let path, let line, let column): "\(path)\(Self.position(line, column)): \(problem)"
        case .environment(let variable): "environment variable \(variable): \(problem)"
        case .flag(let name): "option \(name): \(problem)"
        case .request: problem
        }
    }

    private static func position(_ line: Int?, _ column: Int?) -> String {
        guard let line else { return "" }
        return column.map { " line \(line), column \($0)" } ?? " line \(line)"
    }

    /// An address in the value loses its user name and password, which nobody else may read.
    private static func withoutLogin(_ value: String) -> String {
        value.replacing(#/://[^/\s]*@/#, with: "://…@")
    }

    private var problem: String {
        switch reason {
        case .unknownKey(let key, let nearest):
            "there is no setting '\(key)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ".")
        case .wrongValue(let key, let value, let expected):
            "'\(Self.withoutLogin(value))' is not right for '\(key)': it takes \(expected)."
        case .missing(let key, let hint): "'\(key)' is missing: \(hint)."
        case .brokenYAML(let detail): "this is not valid YAML: \(detail)."
        case .duplicateKey(let key): "'\(key)' is set twice."
        case .unreadable(let detail): "the file cannot be read: \(detail)."
        case .unwritable(let detail): "the file cannot be written: \(detail)."
        case .handwritten(let key):
            "'\(key)' is written in a form that only an editor can change; change it there by hand."
        }
    }
}
