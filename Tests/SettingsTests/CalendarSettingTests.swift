import Foundation
import JobModel
import Settings
import Testing

@Suite struct CalendarSettingTests {
    @Test func readsItsFile() throws {
        try withTemporaryFolder { root in
            let setting = CalendarSetting(name: "german", path: root + "/de.ics")
            try "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\nEND:VEVENT\nEND:VCALENDAR\n"
                .write(toFile: setting.path, atomically: true, encoding: .utf8)
            let calendar = try setting.load().get()
            #expect(calendar.name == "german" && calendar.file == "de.ics")
            #expect(calendar.days(in: 2026) == [LocalDay(year: 2026, month: 12, day: 25)])
        }
    }

    @Test func saysWhyAFileCannotBeUsed() throws {
        try withTemporaryFolder { root in
            func problem(_ name: String) -> String {
                guard case .failure(let problem) = CalendarSetting(name: "x", path: "\(root)/\(name)").load() else {
                    return ""
                }
                return problem.message.replacing(root, with: "")
            }
            try "BEGIN:VCALENDAR\nBEGIN:VEVENT\n".write(toFile: root + "/a.ics", atomically: true, encoding: .utf8)
            let large = Data(repeating: 0x0A, count: ICalendarReader.largestFile + 1)
            try large.write(to: URL(fileURLWithPath: root + "/large.ics"))
            #expect(problem("a.ics") == "The calendar x (/a.ics) cannot be used: line 2: BEGIN:VEVENT has no END.")
            #expect(problem("none.ics") == "The calendar x (/none.ics) cannot be used: there is no such file.")
            #expect(problem("") == "The calendar x (/) cannot be used: it is no file.")
            #expect(problem("large.ics").contains("larger than 1048576 bytes"))
        }
    }

    @Test func isSetAndTakenOutByName() throws {
        try withTemporaryFolder { root in
            let file = SettingsFile(path: root + "/config.yaml")
            try file.set("calendars.holidays", to: "~/calendars/de.ics")
            #expect(try file.values().map(\.key) == ["calendars.holidays"])
            #expect(try file.value(of: "calendars.holidays") == "~/calendars/de.ics")
            #expect(
                throws: SettingsError(
                    .wrongValue(
                        key: "calendars.x", value: "", expected: "the path of an iCalendar file"), at: .request)
            ) {
                try file.set("calendars.x", to: "")
            }
            #expect(throws: SettingsError(.unknownKey("calendar.de", nearest: "calendars.NAME"), at: .request)) {
                try file.set("calendar.de", to: "x")
            }
            #expect(throws: SettingsError.self) { try file.set("calendars.a b", to: "x") }
            #expect(throws: SettingsError.self) { try file.set("calendars.a.b", to: "x") }
            #expect(try file.unset("calendars.holidays"))
            #expect(try file.values().isEmpty)
        }
    }
}
