import CronExpressions
import Foundation
import JobModel

/// Patterns that explanations name.
extension ScheduleBuilder {
    /// An interval counts from the start that was said, so that its first run is then; other patterns stay.
    func anchored(_ pattern: Schedule.Pattern) throws(MomentProblem) -> Schedule.Pattern {
        guard case .interval(let seconds, _) = pattern, let start = try startMoment() else { return pattern }
        return .interval(seconds: seconds, anchor: start - TimeInterval(seconds))
    }
}
