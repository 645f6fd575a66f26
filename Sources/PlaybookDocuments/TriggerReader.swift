import CronExpressions
import Documents
import Foundation
import JobModel
import Planning
import ScheduleLanguage

/// Reads `triggers`: schedules in words or as cron, events with a filter, or a person's wish.
struct TriggerReader {
    let reader: NodeReader
    let situation: Situation
    let places: TextPlaces

    private typealias Key = PlaybookFormat.TriggerKey
    private var findings: Findings { reader.findings }

    /// Those that can be read. A playbook without any runs when somebody says so.
    func triggers(_ node: DocumentNode?) -> [Trigger] {
        guard let node else { return [Trigger(.manual)] }
        let items = node.list ?? [node]
        let triggers = items.flatMap { trigger($0) }
        return items.isEmpty ? [Trigger(.manual)] : triggers
    }

    private func trigger(_ node: DocumentNode) -> [Trigger] {
        guard node.members != nil else {
            findings.report("this is no trigger such as {schedule: every weekday at 9}", at: node.place)
            return []
        }
        reader.requireKnown(PlaybookFormat.names(Key.self), in: node)
        let kinds = [Key.schedule, .cron, .event, .manual].filter { node[$0.rawValue] != nil }
        guard let kind = kinds.first, kinds.count == 1 else {
            let message =
                kinds.isEmpty
                ? "nothing says when; \"schedule\", \"cron\", \"event\" or \"manual\" is missing"
                : kinds.map { "\"\($0.rawValue)\"" }.joined(separator: " and ")
                    + " are two triggers; each stands by itself"
            findings.report(message, at: node.place)
            return []
        }
        checkCompany(of: kind, in: node)
        return read(kind, node).map { [Trigger($0)] } ?? []
    }

    /// `zone` belongs to schedules, `when` and `job` to events.
    private func checkCompany(of kind: Key, in node: DocumentNode) {
        let isTimed = kind == .schedule || kind == .cron
        for member in node.members ?? [] {
            let isStray =
                member.key == Key.zone.rawValue && !isTimed
                || [Key.when.rawValue, Key.job.rawValue].contains(member.key) && kind != .event
            if isStray {
                findings.report("\"\(member.key)\" means nothing beside \"\(kind.rawValue)\"", at: member.place)
            }
        }
    }

    private func read(_ kind: Key, _ node: DocumentNode) -> Trigger.Kind? {
        switch kind {
        case .schedule:
            reader.text("schedule", of: node).flatMap { words($0, zone: zone(of: node)) }.map { .schedule($0) }
        case .cron: reader.text("cron", of: node).flatMap { cron($0, zone: zone(of: node)) }.map { .schedule($0) }
        case .event: event(node).map { .event($0) }
        default: reader.truth("manual", of: node) == true ? .manual : manualRefused(node)
        }
    }

    private func manualRefused(_ node: DocumentNode) -> Trigger.Kind? {
        if let value = node["manual"], value.scalar?.truth == false {
            findings.report("\"manual: false\" says nothing; leave it out", at: value.place)
        }
        return nil
    }

    // MARK: Schedules

    private func zone(of node: DocumentNode) -> String? {
        guard let zone = reader.text("zone", of: node) else { return node["zone"] == nil ? situation.zone : nil }
        do throws(ZoneError) {
            return try ZoneRules.named(zone.text).identifier
        } catch {
            findings.report(error.message, at: zone.place)
            return nil
        }
    }

    private func words(_ phrase: PlacedText, zone: String?) -> Schedule? {
        guard let zone else { return nil }
        let context = PhraseContext(
            now: situation.now, zone: zone, hourHabit: situation.hourHabit, dateOrder: situation.dateOrder,
            calendars: situation.surroundings.calendars)
        switch PhraseParser(context: context).parse(phrase.text) {
        case .schedule(let schedule): return schedule
        case .failure(let error):
            findings.report("\(NodeReader.quoted(phrase.text)): \(error.message)", at: phrase.place)
        case .question(let question):
            let options = question.options.isEmpty ? "" : " Write which: \(question.options.joined(separator: ", "))"
            findings.report("\(NodeReader.quoted(phrase.text)): \(question.text)\(options)", at: phrase.place)
        }
        return nil
    }

    private func cron(_ text: PlacedText, zone: String?) -> Schedule? {
        do throws(CronSyntaxError) {
            let every = try CronExpression.everySeconds(text.text)
            guard let zone else { return nil }
            if let every { return Schedule(.interval(seconds: every, anchor: situation.now), zone: zone) }
            let expression = try CronExpression(text.text)
            let schedule = Schedule(expression.isReboot ? .startup : .cron([expression]), zone: zone)
            if schedule.pattern == .startup || schedule.next(after: situation.now) != nil { return schedule }
            findings.report("\"\(text.text)\" is never due in \(zone)", at: text.place)
        } catch {
            findings.report(
                "\"\(text.text)\": \(error.message)", at: places.place(offset: error.range.lowerBound, in: text))
        }
        return nil
    }

    // MARK: Events

    private func event(_ node: DocumentNode) -> EventFilter? {
        guard let name = reader.text("event", of: node) else { return nil }
        let data = filter(node)
        guard checkName(name) else { return nil }
        guard let job = reader.text("job", of: node) else { return EventFilter(name: name.text, data: data) }
        let known = situation.jobs.first { Job.nameKey($0.name) == Job.nameKey(job.text) }
        if known == nil {
            findings.warn(
                "there is no job \(NodeReader.quoted(job.text)) yet: until there is, nothing comes of it", at: job.place
            )
        }
        return EventFilter(name: name.text, job: known?.name ?? job.text, jobID: known?.id, data: data)
    }

    private func filter(_ node: DocumentNode) -> DataFilter? {
        guard let text = reader.text("when", of: node) else { return nil }
        do throws(DataFilterError) {
            return try DataFilter(parsing: text.text)
        } catch {
            let scalars = text.text.unicodeScalars
            let index = scalars.index(scalars.startIndex, offsetBy: min(error.range.lowerBound, scalars.count))
            let offset = text.text.distance(from: text.text.startIndex, to: index)
            findings.report(error.message, at: places.place(offset: offset, in: text))
            return nil
        }
    }

    private func checkName(_ name: PlacedText) -> Bool {
        if LifecycleEvent(rawValue: name.text) != nil { return true }
        do throws(EventNameError) {
            _ = try EventName(name.text)
        } catch {
            findings.report(error.message, at: name.place)
            return false
        }
        let own = LifecycleEvent.allCases.map(\.rawValue)
        let source = name.text.prefix { $0 != "." }
        if let near = NearestName.find(name.text, among: own), near.hasPrefix("\(source).") {
            findings.warn("nothing here emits \"\(name.text)\"; did you mean \"\(near)\"?", at: name.place)
        }
        return true
    }
}
