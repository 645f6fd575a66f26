import CronExpressions

/// Sentences as explanations write them, read strictly: every word has its place, and none is passed over.
///
///     sentence  = clause { ", and " clause }
///     clause    = days " at " times [ ", " seconds ] [ ", " rule ]
///               | frequency [ ", " seconds ] [ ", " days ] [ ", " rule ]
///     rule      = "as the clock shows" | "at fixed times"
extension Grammar {
    /// "Every weekday at 09:00, and every hour from 10:00 to 16:00, on Saturdays": the expressions of all clauses.
    func explained(at index: Int) -> Parsed<[CronExpression]>? {
        guard var (found, end) = explainedClause(at: index) else { return nil }
        while mark(end) == ",", word(end + 1) == "and", let (more, stop) = explainedClause(at: end + 2) {
            found += more
            end = stop
        }
        return (found, end)
    }

    /// "Every 30 minutes, by elapsed time": seconds.
    func explainedInterval(at index: Int) -> Parsed<Int>? {
        guard isWord(index, Vocabulary.every) else { return nil }
        let one = unit(at: index + 1).map { (Amount.of(1, $0.value), $0.end) }
        guard let (amount, end) = one ?? amount(at: index + 1), amount.seconds > 0, !amount.isCalendar, !amount.isVague,
            let stop = skip(behindComma(end), phrase: ["by", "elapsed", "time"])
        else { return nil }
        return (amount.seconds, stop)
    }

    private func explainedClause(at index: Int) -> Parsed<[CronExpression]>? {
        if let end = skip(index, phrase: ["when", "the", "scheduler", "starts"]) {
            return (try? CronExpression("@reboot")).map { ([$0], end) }
        }
        guard let (clause, end) = daysThenTimes(at: index) ?? frequencyThenDays(at: index) else { return nil }
        return clause.expressions().map { ($0, end) }
    }

    /// "Every Monday at 08:00 and 20:00".
    private func daysThenTimes(at index: Int) -> Parsed<ExplainedClause>? {
        guard let (days, middle) = explainedDays(at: index), word(middle) == "at",
            let (clocks, behind) = explainedList(from: middle + 1, of: settledClock)
        else { return nil }
        var clause = ExplainedClause(times: ExplainedTimes(clocks: clocks), days: days)
        let end = explainedRule(of: &clause, at: explainedSeconds(of: &clause, at: behind))
        return (clause, end)
    }

    /// "Every 15 minutes from 09:00 to 17:45, Monday to Friday".
    private func frequencyThenDays(at index: Int) -> Parsed<ExplainedClause>? {
        guard let (times, behind) = explainedFrequency(at: index) else { return nil }
        var clause = ExplainedClause(times: times, days: ExplainedDays())
        var end = explainedSeconds(of: &clause, at: behind)
        if mark(end) == ",", let (days, stop) = explainedDays(at: end + 1) {
            clause.days = days
            end = stop
        }
        end = explainedRule(of: &clause, at: end)
        return (clause, end)
    }

    private func explainedSeconds(of clause: inout ExplainedClause, at index: Int) -> Int {
        guard mark(index) == ",", let (seconds, end) = secondsOfMinute(at: index + 1) else { return index }
        clause.times.seconds = seconds
        return end
    }

    /// "as the clock shows", "at fixed times".
    private func explainedRule(of clause: inout ExplainedClause, at index: Int) -> Int {
        let place = behindComma(index)
        if let end = skip(place, phrase: ["as", "the", "clock", "shows"]) {
            clause.times.followsClock = true
            return end
        }
        guard let end = skip(place, phrase: ["at", "fixed", "times"]) else { return index }
        clause.times.followsClock = false
        return end
    }

    // MARK: Shared by the productions

    func behindComma(_ index: Int) -> Int { mark(index) == "," ? index + 1 : index }

    /// "a", "a and b", "a, b and c"; a comma before "and" ends the list, since a clause follows it.
    func explainedList<Value>(from index: Int, joint: String = "and", of item: (Int) -> Parsed<Value>?) -> Parsed<
        [Value]
    >? {
        guard let (first, stop) = item(index) else { return nil }
        var (found, end) = ([first], stop)
        while word(end) == joint || mark(end) == "," && word(end + 1) != joint, let (more, stop) = item(end + 1) {
            found.append(more)
            end = stop
        }
        return (found, end)
    }

    /// "09:00", "17:30:15", which nobody can take for another half of the day: seconds since midnight.
    func settledClock(_ index: Int) -> Parsed<Int>? {
        guard tokens.indices.contains(index), case .clock(let time) = tokens[index].kind, time.half == nil,
            time.isSettled || (7...12).contains(time.hour), time.hour < 24
        else { return nil }
        return (time.hour * 3_600 + time.minute * 60 + time.second, index + 1)
    }
}
