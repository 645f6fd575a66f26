import Foundation
import IntentContract
import JobModel
import ScheduleLanguage

/// The ends of pauses, silences and skips: the program reads the person's words for them, as it reads times.
extension TimeCheck {
    /// What only the person can tell about until when something is left out.
    ///
    /// - Parameter counterparts: the grammar's intent for each, as far as there is one.
    func endDoubts(in intents: [Intent], beside counterparts: [Intent?]) throws(AnswerProblem) -> Doubts {
        var doubts = Doubts()
        for (index, (intent, counterpart)) in zip(intents, counterparts).enumerated() where intent.hasEnd {
            let known = counterpart.map { [$0.end].compactMap(\.self) }
            let isSettled = known.map { isExact || !$0.isEmpty } ?? false
            switch (intent.end, isSettled ? known ?? [] : saidEnds) {
            case (nil, let said):
                if isSettled, let words = said.first {
                    throw AnswerProblem("\(intent.name) leaves out until; copy the person's words: \(words)")
                }
                doubts.needsYes = doubts.needsYes || !said.isEmpty
            case (let end?, let said):
                guard !said.contains(where: { isSameEnd($0, end) }) else { continue }
                guard let words = said.first, let other = moment(end) else {
                    guard !isSettled, isSaid(end) else {
                        throw AnswerProblem("\"\(end)\" is not what the person said; copy the person's time words")
                    }
                    continue
                }
                doubts.choices.append(
                    choice((words, moment(words)), (end, other), intents, at: index))
            }
        }
        return doubts
    }

    /// Time words of the sentence that can be an end.
    private var saidEnds: [String] {
        let fragments = TimeScanner.fragments(in: heard.request).filter { $0.kind != .span && !$0.isAdjective }
        let whole = fragments.map(\.text).joined(separator: " ")
        return ([whole] + fragments.map(\.text)).filter { !$0.isEmpty && moment($0) != nil }
    }

    private func moment(_ words: String) -> Date? {
        try? PhraseParser(context: context).moment(words, dayStart: true).get()
    }

    /// The same moment, the same day or the same days.
    private func isSameEnd(_ one: String, _ other: String) -> Bool {
        if Self.plain(one) == Self.plain(other) { return true }
        let parser = PhraseParser(context: context)
        guard let first = moment(one), first == moment(other) else { return false }
        let isDayAlike =
            (try? parser.moment(one, dayStart: false).get()) == (try? parser.moment(other, dayStart: false).get())
        return isDayAlike && dates(one) == dates(other)
    }

    private func dates(_ words: String) -> [Date] {
        guard case .schedule(let schedule) = PhraseParser(context: context).parse(words) else { return [] }
        return schedule.occurrences(after: context.now, limit: 20)
    }

    private static func plain(_ words: String) -> [String] {
        let parts = words.lowercased().split { $0.isWhitespace || ",;.!?\"".contains($0) }.map(String.init)
        return Array(parts.drop { ["until", "till", "til", "for", "to", "at", "on"].contains($0) })
    }

    private func choice(
        _ own: (words: String, moment: Date?), _ other: (words: String, moment: Date), _ intents: [Intent],
        at index: Int
    ) -> Doubts.Choice {
        var corrected = intents
        corrected[index] = intents[index].ending(own.words)
        let text =
            "Until when is meant: \"\(own.words)\"\(shown(own.moment)), or \"\(other.words)\"\(shown(other.moment))?"
        let question = Question(about: .other, text: text, options: [own.words, other.words])
        return Doubts.Choice(question: question, readings: [corrected, intents])
    }

    private func shown(_ moment: Date?) -> String {
        guard let moment else { return "" }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_GB_POSIX")
        formatter.timeZone = TimeZone(identifier: context.zone)
        formatter.dateFormat = "EEE d MMM yyyy HH:mm xxx"
        return " (\(formatter.string(from: moment)))"
    }
}

extension Intent {
    /// It leaves something out for a time.
    var hasEnd: Bool {
        switch self {
        case .pauseJob, .snoozeJob, .mute, .pauseScheduler: true
        default: false
        }
    }

    /// Until when it leaves something out, in time words.
    var end: String? {
        switch self {
        case .pauseJob(let body): body.until
        case .snoozeJob(let body): body.until
        case .mute(let body): body.until
        case .pauseScheduler(let body): body.until
        default: nil
        }
    }

    func ending(_ words: String) -> Intent {
        switch self {
        case .pauseJob(var body):
            body.until = words
            return .pauseJob(body)
        case .snoozeJob(var body):
            body.until = words
            return .snoozeJob(body)
        case .mute(var body):
            body.until = words
            return .mute(body)
        case .pauseScheduler(var body):
            body.until = words
            return .pauseScheduler(body)
        default: return self
        }
    }
}
