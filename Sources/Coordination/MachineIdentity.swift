import Foundation

/// The name of this machine that holds over restarts (machine-id(5)).
package enum MachineIdentity {
    /// Empty where the machine has none.
    package static let current: String = {
        let paths = ["/etc/machine-id", "/var/lib/dbus/machine-id"]
        let text = paths.lazy.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }.first ?? ""
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }()
}
