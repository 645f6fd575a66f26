import Foundation
import IntentContract
import JobModel
import Planning
import ScheduleLanguage

/// Reading what a person says to an open question.
extension ConversationSession {
    /// The reply to an answer, or `nil` where the words are no answer but a request of their own.
    func answer(_ open: Pending, with words: String) async throws -> Reply? {
        switch open {
        case .confirmation(let plan): try await decide(plan, words)
        case .sentence(let sentence, let question): try await complete(sentence, question, with: words)
        case .readings(let readings, let question): try await choose(among: readings, question, with: words)
        case .planning(let request, let index, let question):
            try await settle(request, index: index, question, with: words)
        }
    }

    // MARK: Yes or no

    private func decide(_ plan: Plan, _ words: String) async throws -> Reply? {
        switch YesOrNo.read(words) {
        case true?: return try await release(plan)
        case false?: return Self.dropped
        case nil: return words.isEmpty ? Self.dropped : nil
        }
    }

    static let dropped = Reply(
        lines: ["Not done; nothing was changed."], records: [Rows.reply("Not done; nothing was changed.")])

    // MARK: Questions of the interpreter

    private func complete(_ sentence: String, _ question: Question, with words: String) async throws -> Reply? {
        if words.isEmpty || YesOrNo.isRefusal(words) { return Self.dropped }
        let answer = Self.option(words, of: question) ?? words
        let alone = await readAnswer(answer)
        if alone.certainty == .exact, alone.isRequest { return try await request(answer) }
        let whole = await interpret("\(sentence) \(answer)")
        if whole.question != question, !whole.intents.isEmpty || whole.question != nil {
            return try await request("\(sentence) \(answer)")
        }
        pending = .sentence(sentence, question)
        return asking(question)
    }

    private func choose(among readings: [PlanningRequest], _ question: Question, with words: String) async throws
        -> Reply?
    {
        if words.isEmpty || YesOrNo.isRefusal(words) { return Self.dropped }
        if let option = Self.option(words, of: question), let index = question.options.firstIndex(of: option),
            readings.indices.contains(index)
        {
            return try await plan(readings[index])
        }
        if await readAnswer(words).isRequest { return nil }
        pending = .readings(readings, question)
        return asking(question)
    }

    // MARK: Questions of the planner

    private func settle(
        _ request: PlanningRequest, index: Int, _ question: Question, with said: String
    ) async throws -> Reply? {
        if said.isEmpty || YesOrNo.isRefusal(said) { return Self.dropped }
        let isKept = [.amPM, .dateOrder].contains(question.about) && KeptAnswer.isWanted(in: said)
        let words = isKept ? KeptAnswer.removed(from: said) : said
        var request = request
        var answers = request.answers[index] ?? Answers()
        let isOption = Self.option(words, of: question) != nil
        guard isOption || question.about.takesFreeText || Self.settlesHour(words, question) else {
            return try await again(request, index, question, said)
        }
        let answer = Self.option(words, of: question) ?? words
        // "2" may be the number of the option "no".
        if YesOrNo.isRefusal(answer) { return Self.dropped }
        if !isOption, question.about.takesFreeText {
            let fresh = await readAnswer(words)
            if fresh.certainty == .exact, fresh.isRequest, question.about != .missingTime || fresh.isOrder {
                return nil
            }
        }
        apply(answer, to: question, of: request.intents[index], answers: &answers)
        request.answers[index] = answers
        // Kept before planning, so that "undo" takes back the job, and not what is kept.
        let kept = isKept ? try await keep(answers, to: question) : nil
        var reply = try await plan(request)
        if let kept { reply.lines.append(kept) }
        if reply.status == .failed, question.about == .missingTime || question.about == .past {
            pending = .planning(request, index: index, question)
            return Reply(lines: reply.lines, question: asking(question).question, status: .needsAnswer)
        }
        return reply
    }

    /// Not an answer: a request of its own, or else the question once more.
    private func again(_ request: PlanningRequest, _ index: Int, _ question: Question, _ words: String) async throws
        -> Reply?
    {
        let fresh = await readAnswer(words)
        if fresh.isRequest { return nil }
        pending = .planning(request, index: index, question)
        return asking(question)
    }

    private func apply(_ answer: String, to question: Question, of intent: Intent, answers: inout Answers) {
        switch question.about {
        case .amPM: answers.hourHabit = Self.isAfternoon(answer) ? .pm : .am
        case .dateOrder: answers.dateOrder = question.options.firstIndex(of: answer) == 1 ? .monthFirst : .dayFirst
        case .zone: answers.zone = answer
        case .job: answers.job = answer
        case .gateway: answers.acceptsMissingGateway = true
        case .past: answers.when = answer
        case .missingTime:
            answers.when = [answers.when ?? intent.timeWords, answer].compactMap(\.self).joined(separator: " ")
        case .calendar: answers.calendar = answer
        case .missingMeasure, .other: answers.when = answer
        }
    }

    /// Keeps the answer for the next time; returns what the person is told, `nil` where this question's cannot be kept.
    private func keep(_ answers: Answers, to question: Question) async throws -> String? {
        let edit: Edit
        let told: String
        switch question.about {
        case .amPM:
            guard let habit = answers.hourHabit else { return nil }
            edit = .set(name: "preference.ambiguous_hour", value: habit.rawValue)
            let half = habit == .pm ? "in the afternoon" : "in the morning"
            told = "Hours like 5 are \(half) from now on; \"ask me about ambiguous hours\" brings the question back."
        case .dateOrder:
            guard let order = answers.dateOrder else { return nil }
            edit = .set(name: "preference.date_order", value: order.rawValue)
            let first = order == .dayFirst ? "the day" : "the month"
            told =
                "In dates like 5/6 \(first) comes first from now on; \"ask me about ambiguous dates\" brings the "
                + "question back."
        default: return nil
        }
        _ = try await store.apply([edit], summary: "keeping your answer", at: now)
        return told
    }

    // MARK: Options

    /// The option that a number or its own words pick.
    static func option(_ words: String, of question: Question) -> String? {
        let clean = words.lowercased().trimmingCharacters(in: .whitespaces.union(.punctuationCharacters))
        if let number = Int(clean), question.options.indices.contains(number - 1) {
            return question.options[number - 1]
        }
        if let same = question.options.first(where: { $0.lowercased() == clean }) { return same }
        if question.about == .gateway, YesOrNo.read(words) == true { return "yes" }
        if question.about == .amPM, settlesHour(words, question) {
            return question.options.first { isAfternoon($0) == isAfternoon(clean) }
        }
        let partial = question.options.filter { $0.lowercased().contains(clean) }
        return partial.count == 1 && clean.count > 2 ? partial[0] : nil
    }

    private static func settlesHour(_ words: String, _ question: Question) -> Bool {
        guard question.about == .amPM else { return false }
        let text = words.lowercased()
        return ["am", "a.m", "pm", "p.m", "morning", "afternoon", "evening"].contains { text.contains($0) }
    }

    private static func isAfternoon(_ text: String) -> Bool {
        let words = text.lowercased()
        if ["pm", "p.m", "afternoon", "evening"].contains(where: words.contains) { return true }
        guard let hour = Int(words.prefix { $0.isNumber }) else { return false }
        return hour >= 12
    }
}

extension Question.About {
    /// The answer is in words of the person's own, not only one of the options.
    fileprivate var takesFreeText: Bool {
        switch self {
        case .missingTime, .past, .job, .zone: true
        case .amPM, .dateOrder, .missingMeasure, .gateway, .calendar, .other: false
        }
    }
}

extension Interpretation {
    /// It orders something of its own: "tomorrow" alone is asked about, "tomorrow remind me to …" is an order.
    fileprivate var isOrder: Bool {
        intents.contains { intent in
            switch intent {
            case .createJob, .createPlaybook, .pauseJob, .resumeJob, .deleteJob, .runJob, .cancelRun, .updateJob: true
            default: false
            }
        }
    }

    /// It asks for something, rather than being small talk or nothing.
    var isRequest: Bool {
        guard question == nil else { return false }
        return intents.contains { intent in
            if case .chat = intent { false } else { true }
        }
    }
}

extension Intent {
    fileprivate var timeWords: String? {
        switch self {
        case .createJob(let body): body.when
        case .createPlaybook(let body): body.when
        case .updateJob(let body): body.when
        case .pauseJob(let body): body.until
        case .snoozeJob(let body): body.until
        default: nil
        }
    }
}
