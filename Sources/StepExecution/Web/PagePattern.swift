import Foundation

/// A regular expression over foreign text, which ends after so many steps whatever it is given.
struct PagePattern {
    struct Problem: Error, Hashable {
        let message: String
    }

    static let longest = 500
    /// Bytes of a text that are searched.
    static let inputLimit = 1 << 20
    /// The engine tells of its progress each ten thousand steps.
    private static let progressLimit = 400

    private let expression: NSRegularExpression
    private let pattern: String

    /// - Parameter pattern: with at most one group, which is what is wanted; without one, all that matches is.
    init(_ pattern: String) throws(Problem) {
        guard pattern.utf8.count <= Self.longest else { throw Problem(message: "the pattern is too long") }
        guard let expression = try? NSRegularExpression(pattern: pattern) else {
            throw Problem(message: "the pattern \"\(pattern)\" cannot be read")
        }
        guard expression.numberOfCaptureGroups <= 1 else {
            throw Problem(
                message: "the pattern has \(expression.numberOfCaptureGroups) groups; it takes one, and (?:…)")
        }
        self.expression = expression
        self.pattern = pattern
    }

    /// What matches, in order, at most `limit` of it; a match in which the group takes no part is left out.
    func matches(in text: String, limit: Int) throws(Problem) -> [String] {
        let text = ResultText.prefix(text, bytes: Self.inputLimit)
        let whole = text as NSString
        var (found, progress): ([String], Int) = ([], 0)
        let range = NSRange(location: 0, length: whole.length)
        expression.enumerateMatches(in: text, options: [.reportProgress], range: range) { match, _, stop in
            guard let match else {
                progress += 1
                if progress > Self.progressLimit { stop.pointee = true }
                return
            }
            let range = match.range(at: expression.numberOfCaptureGroups)
            if range.location != NSNotFound { found.append(whole.substring(with: range)) }
            if found.count >= limit { stop.pointee = true }
        }
        guard progress <= Self.progressLimit else {
            throw Problem(message: "the pattern \"\(pattern)\" takes too long on this text")
        }
        return found
    }
}
