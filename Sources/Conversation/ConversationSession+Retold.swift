import JobModel
import Planning

/// What a model is told of earlier replies. A run's words are a script's, a server's or another model's: no part of the
/// conversation, so that of runs their state and time are told, and nothing else.
extension ConversationSession {
    static func retold(_ reply: Reply, of action: Planned) -> [String] {
        guard case .look(let query) = action else { return reply.lines }
        return switch query {
        case .jobs, .forecast, .schedule, .dryRun: reply.lines
        case .job, .history: reply.retold
        case .status, .costs, .deliveries: []
        }
    }
}
