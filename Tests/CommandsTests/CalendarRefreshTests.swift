import CronExpressions
import Foundation
import JobModel
import TestSupport
import Testing

/// Jobs take over what a calendar's file says now, and stay what they are otherwise.
struct CalendarRefreshTests {
    /// Thursday, 1 January 2026, 00:00 UTC.
    private static let start = Date(timeIntervalSince1970: 1_767_225_600)

    private static func calendar(_ days: Int...) -> HolidayCalendar {
        let holidays = days.map { Holiday(name: "", first: LocalDay(year: 2026, month: 1, day: $0).number) }
        return HolidayCalendar(name: "de", file: "de.ics", holidays: holidays)
    }

    private static func daily(_ exclusions: Exclusion...) -> Trigger {
        Trigger(.schedule(Schedule(.cron([try! CronExpression("0 9 * * *")]), zone: "UTC", exclusions: exclusions)))
    }

    private func store(_ job: Job) async throws -> (InMemoryStore, Job) {
        let store = InMemoryStore()
        let change = try await store.apply([.create(job)], summary: "test", at: Self.start)
        return (store, try #require(change.items.first?.after))
    }

    @Test func aChangedFileReachesTheJob() async throws {
        let known = Self.daily(.weekdays([7]), .holidays(Self.calendar(1)))
        let (store, job) = try await store(exampleJob("a", known, Self.daily()))
        let now = Self.start + 10 * 3_600
        #expect(try await store.refresh([Self.calendar(1)], at: now).isEmpty)
        #expect(try await store.refresh([], at: now).isEmpty)
        let changed = try await store.refresh([Self.calendar(1, 2, 3)], at: now)
        #expect(changed.map(\.id) == [job.id])
        let stored = try #require(await store.job(job.id))
        #expect(stored.triggers.map(\.id) == job.triggers.map(\.id))
        #expect(stored.schedules[0].exclusions == [.weekdays([7]), .holidays(Self.calendar(1, 2, 3))])
        #expect(stored.schedules[1] == job.schedules[1])
        // The second and third are left out now, the fourth is a Sunday. The other trigger was overdue and stays.
        let due = try await store.armed(limit: 9).map(\.due)
        #expect(due == [Self.start + 9 * 3_600, Self.start + 4 * 86_400 + 9 * 3_600])
        #expect(await store.changes(limit: 9).count == 1)
    }

    @Test func otherNamesAndDraftsAreLeftAlone() async throws {
        let (store, job) = try await store(exampleJob("a", Self.daily(.holidays(Self.calendar(1))), status: .draft))
        #expect(try await store.refresh([Self.calendar(2)], at: Self.start).isEmpty)
        var other = Self.calendar(2)
        other.name = "fr"
        #expect(try await store.refresh([other], at: Self.start).isEmpty)
        #expect(await store.job(job.id) == job)
    }
}
