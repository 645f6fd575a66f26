/// Why processes cannot meet on this machine.
package enum CoordinationError: Error, Hashable, Sendable {
    /// The lock file or socket at `path` cannot be made or used.
    case unusable(path: String, detail: String)
    /// A folder that others could write to: whoever owns it could pose as this person.
    case untrustedFolder(path: String)

    /// A whole sentence for a person.
    package var message: String {
        switch self {
        case .unusable(let path, let detail): "\(path) cannot be used: \(detail)."
        case .untrustedFolder(let path):
            "\(path) belongs to somebody else or is open to others; remove it, or set ROTA_HOME to a folder of yours."
        }
    }
}
