import CronExpressions
import Foundation
import IntentContract
import JobModel
import ScheduleLanguage

/// Planning questions about what is there.
extension PlannedIntent {
    func query(_ intent: Intent) throws -> Query {
        switch intent {
        case .listJobs(let body): .jobs(filter: body.filter)
        case .showJob(let body): .job(try job(body.job))
        case .jobHistory(let body): try history(body)
        case .forecast(let body): .forecast(try span(body.span))
        case .explainSchedule(let body): try explanation(of: body.expression)
        case .listDeliveries(let body): .deliveries(try body.job.map(job))
        case .showCosts(let body): .costs(days: min(max(body.days ?? 7, 1), 366))
        default: .status
        }
    }

    private func history(_ body: JobHistory) throws -> Query {
        .history(
            job: try body.job.map(job), failedOnly: body.outcome == "failed",
            succeededOnly: body.outcome == "succeeded",
            span: body.span.flatMap { parser.span($0) }, limit: min(max(body.limit ?? 10, 1), 100))
    }

    private func span(_ words: String?) throws -> DateInterval {
        guard let words, !words.isEmpty else { return DateInterval(start: situation.now, duration: 86_400) }
        guard let span = parser.span(phrase(words)) else {
            throw QuestionError(
                Question(about: .missingTime, text: "For which time? For example \"tomorrow\" or \"the next 3 hours\".")
            )
        }
        return span
    }

    /// An expression in words with its next occurrences: cron first, else a phrase.
    private func explanation(of expression: String) throws -> Query {
        let schedule: Schedule
        do throws(CronSyntaxError) {
            schedule = Schedule(.cron([try CronExpression(expression)]), zone: answers.zone ?? situation.zone)
        } catch {
            guard case .schedule(let reading) = parser.parse(expression) else { throw PlanningFailure(error.message) }
            schedule = reading
        }
        return .schedule(
            expression: expression, text: schedule.text, next: schedule.occurrences(after: situation.now, limit: 3),
            zone: schedule.zone)
    }
}
