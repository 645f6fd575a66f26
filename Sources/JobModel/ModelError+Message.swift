import Foundation

extension ModelError {
    /// What happened, to follow the model's name: "did not answer within 30 s".
    package var reason: String {
        switch self {
        case .unauthorized(let detail): "has no usable key\(Self.behind(detail))"
        case .unreachable(let detail): "cannot be reached\(Self.behind(detail))"
        case .timedOut(let seconds): "did not answer within \(Self.seconds(seconds))"
        case .rateLimited: "is over its rate limit"
        case .rejected(let status, let message): "rejected the request with HTTP \(status)\(Self.behind(message))"
        case .refused(let detail): "declined to answer\(Self.behind(detail))"
        case .incomplete(let detail): "broke off its answer\(Self.behind(detail))"
        case .malformed(let detail): "gave an answer that cannot be read\(Self.behind(detail))"
        case .resting(let wait): "failed too often and is left alone for \(Self.seconds(wait.rounded(.up)))"
        case .overBudget(let cap, _): "was not asked: \(cap)"
        case .cancelled: "was stopped"
        }
    }

    /// The same question may be answered later.
    package var isTransient: Bool {
        switch self {
        case .unreachable, .timedOut, .rateLimited, .incomplete, .resting: true
        case .rejected(let status, _): status == 408 || status >= 500
        case .unauthorized, .refused, .malformed, .overBudget, .cancelled: false
        }
    }

    /// The provider certainly charged nothing, where its answer had not begun.
    package var costsNothing: Bool {
        switch self {
        case .unauthorized, .rateLimited, .unreachable, .resting, .overBudget: true
        case .rejected(let status, _): (400..<500).contains(status)
        case .timedOut, .refused, .incomplete, .malformed, .cancelled: false
        }
    }

    /// A cap that the person heard of in this period already: saying it again helps nobody.
    package var isTold: Bool {
        guard case .overBudget(_, let isTold) = self else { return false }
        return isTold
    }

    private static func behind(_ detail: String) -> String {
        let line = detail.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.isEmpty ? "" : " (\(line))"
    }

    private static func seconds(_ value: TimeInterval) -> String {
        value == value.rounded() ? "\(Int(value)) s" : "\(value) s"
    }
}
