import JobModel

/// The statuses that a step is content with: `2xx`, `200,404`, `200-204`, or a list of such.
struct StatusExpectation: Hashable, Sendable {
    private let ranges: [ClosedRange<Int>]

    static let usual = StatusExpectation(ranges: [200...299])

    private init(ranges: [ClosedRange<Int>]) { self.ranges = ranges }

    /// `nil` where a part of it is none of these forms.
    init?(_ value: JSONValue) {
        let parts = (value.array ?? [value]).flatMap { $0.plainText.split(separator: ",") }
        let ranges = parts.map { Self.range(String($0.filter { !$0.isWhitespace })) }
        guard !ranges.isEmpty, ranges.allSatisfy({ $0 != nil }) else { return nil }
        self.ranges = ranges.compactMap(\.self)
    }

    func accepts(_ status: Int) -> Bool { ranges.contains { $0.contains(status) } }

    private static func range(_ text: String) -> ClosedRange<Int>? {
        if text.count == 3, text.lowercased().hasSuffix("xx"), let hundreds = text.first?.wholeNumberValue,
            (1...5).contains(hundreds)
        {
            return hundreds * 100...hundreds * 100 + 99
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard let first = ends.first, let last = ends.last, ends.count <= 2, (100...599).contains(first),
            (first...599).contains(last)
        else { return nil }
        return first...last
    }
}
