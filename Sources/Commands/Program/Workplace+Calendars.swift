import Conversation
import Foundation
import JobModel
import ScheduleLanguage
import Settings

extension PhraseCalendar {
    /// The calendar of a setting as its file is now.
    init(_ setting: CalendarSetting) {
        switch setting.load() {
        case .success(let calendar): self.init(calendar)
        case .failure(let problem): self.init(name: setting.name, problem: problem.message)
        }
    }
}

extension Program {
    /// What "holidays" can mean in a phrase by itself; in a transcript what its head names.
    func calendars() async throws -> [PhraseCalendar] {
        if let stage { return await stage.lookAround([]).calendars ?? [] }
        return try settings().calendars.map(PhraseCalendar.init)
    }
}

extension Workplace {
    /// Brings the calendars that jobs keep up to what their files say now; whoever runs the scheduler looks again.
    ///
    /// A file that cannot be used is named, if a job needs it: that job keeps the days that it knows.
    func refreshCalendars() async throws {
        guard !settings.calendars.isEmpty else { return }
        var calendars: [HolidayCalendar] = []
        let used = try await store.jobs().filter { $0.status != .finished }.reduce(into: Set<String>()) {
            $0.formUnion($1.calendarNames)
        }
        for setting in settings.calendars where used.contains(setting.name) {
            switch setting.load() {
            case .success(let calendar): calendars.append(calendar)
            case .failure(let problem):
                program.output.note("\(problem.message) Jobs keep the days that they know.")
            }
        }
        let changed = try await store.refresh(calendars, at: program.now())
        guard !changed.isEmpty else { return }
        let names = changed.map { "\"\($0.name)\"" }.joined(separator: ", ")
        program.output.note(
            "A calendar has changed: \(names) \(changed.count == 1 ? "leaves" : "leave") out its days now.")
        ring()
    }
}
