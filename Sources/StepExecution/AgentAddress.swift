import HTTPTransport
import JobModel

/// Whether an agent may GET an address, by the addresses that it was granted.
enum AgentAddress {
    /// Bytes that an agent may put in place of the star.
    static let longestChoice = 500

    /// The grant is met word for word up to its star, so scheme, host and port are the person's; what follows may not
    /// lead elsewhere: no `..`, no encoded slashes, no second query, no fragment.
    static func matches(_ address: String, grant: String) -> Bool {
        guard AgentTool.isOpen(grant) else { return address == grant }
        let fixed = grant.dropLast()
        guard address.hasPrefix(fixed), let asked = try? HTTPAddress(address),
            let meant = try? HTTPAddress(String(fixed)), asked == meant
        else { return false }
        return isHarmless(address.dropFirst(fixed.count), isQuery: fixed.hasSuffix("?"))
    }

    private static func isHarmless(_ choice: Substring, isQuery: Bool) -> Bool {
        let allowed = choice.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
        guard allowed, choice.utf8.count <= longestChoice, !choice.contains("#") else { return false }
        if isQuery { return true }
        let text = choice.lowercased()
        guard !["%2e", "%2f", "%5c", "?", "//"].contains(where: text.contains), !text.hasPrefix("/") else {
            return false
        }
        return !choice.split(separator: "/").contains { $0 == ".." || $0 == "." }
    }
}
