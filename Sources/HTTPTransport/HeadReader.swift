/// Puts the head of an answer together from the lines that libcurl hands over, one a call.
struct HeadReader {
    /// Most bytes of all header lines together.
    static let maximumBytes = 256 << 10

    private var status = 0
    private var headers: [(name: String, value: String)] = []
    private var bytes = 0
    private var isComplete = false

    enum Step {
        case more
        case head(HTTPHead)
        case tooLarge
    }

    /// Interim answers (1xx) are passed over; lines after the head are trailers and ignored.
    mutating func read(_ line: UnsafeRawBufferPointer) -> Step {
        bytes += line.count
        guard bytes <= Self.maximumBytes else { return .tooLarge }
        guard !isComplete else { return .more }
        let text = String(decoding: line, as: UTF8.self).trimmingLineEnd()
        if text.hasPrefix("HTTP/") {
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            headers = []
        } else if text.isEmpty {
            guard status >= 200 else { return .more }
            isComplete = true
            return .head(HTTPHead(status: status, headers: headers))
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers.append((String(text[..<colon]), String(value)))
        }
        return .more
    }
}

extension String {
    /// Carriage return and line feed are one `Character`, so this works on scalars.
    fileprivate func trimmingLineEnd() -> String {
        var scalars = unicodeScalars[...]
        while let last = scalars.last, last == "\r" || last == "\n" || last == " " || last == "\t" {
            scalars.removeLast()
        }
        return String(scalars)
    }
}
