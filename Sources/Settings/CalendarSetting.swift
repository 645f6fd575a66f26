import Foundation
import JobModel

/// A file of holidays, as `calendars.NAME` in the settings names it.
package struct CalendarSetting: Hashable, Sendable {
    /// As sentences name it: `holidays`, `german`.
    package let name: String
    /// Absolute.
    package let path: String

    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    /// What holds for every value of such a key, to follow "it takes".
    static let expected = "the path of an iCalendar file"

    /// The name in `calendars.NAME`; `nil` for any other key.
    static func name(in key: String) -> String? {
        guard let match = key.wholeMatch(of: /calendars\.([A-Za-z0-9_-]+)/) else { return nil }
        return String(match.1)
    }

    /// What is wrong with a calendar's file: a whole sentence that names it.
    package struct Problem: Error, Hashable, Sendable {
        package let message: String
    }

    /// Reads the file as it is now.
    package func load() -> Result<HolidayCalendar, Problem> {
        var found = stat()
        guard stat(path, &found) == 0 else { return .failure(problem("there is no such file")) }
        // A pipe would be waited for.
        guard found.st_mode & S_IFMT == S_IFREG else { return .failure(problem("it is no file")) }
        guard let file = FileHandle(forReadingAtPath: path) else { return .failure(problem("it cannot be opened")) }
        defer { try? file.close() }
        do {
            let content = try file.read(upToCount: ICalendarReader.largestFile + 1) ?? Data()
            let name = (path as NSString).lastPathComponent
            return .success(try HolidayCalendar(name: self.name, file: name, content: Array(content)))
        } catch let error as ICalendarError {
            return .failure(problem(error.message))
        } catch {
            return .failure(problem("it cannot be read"))
        }
    }

    private func problem(_ detail: String) -> Problem {
        Problem(message: "The calendar \(name) (\(path)) cannot be used: \(detail).")
    }
}
