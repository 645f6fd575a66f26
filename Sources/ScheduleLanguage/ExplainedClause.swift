import CronExpressions

/// One clause of an explanation: its times and its days, on the way back to expressions.
struct ExplainedClause {
    var times: ExplainedTimes
    var days: ExplainedDays

    /// `nil` where no expression says the same, or where the words leave the rule of clock changes open.
    func expressions() -> [CronExpression]? {
        guard let fields = days.fields(), let followsClock = times.followsClock else { return nil }
        var found: [CronExpression] = []
        for group in times.groups {
            guard let (minute, hour) = Self.clockFields(group.minutes, group.hours, followsClock) else { return nil }
            let text = "\(minute) \(hour) \(fields.dayOfMonth) \(fields.month) \(fields.dayOfWeek)"
            let second = group.seconds == [0] ? "" : CronWriter.field(group.seconds, in: 0..<60) + " "
            guard let expression = try? CronExpression(second + text, seconds: !second.isEmpty) else { return nil }
            found.append(expression)
        }
        return found
    }

    /// Minute and hour so that one of them begins with `*` exactly if the times follow the clock as it shows.
    private static func clockFields(_ minutes: [Int], _ hours: [Int], _ followsClock: Bool) -> (String, String)? {
        let (plainMinutes, plainHours) = (CronWriter.list(minutes), CronWriter.list(hours))
        guard followsClock else { return (plainMinutes, CronWriter.fixedHours(hours)) }
        let (minuteField, hourField) = (CronWriter.field(minutes, in: 0..<60), CronWriter.field(hours, in: 0..<24))
        if minuteField.hasPrefix("*") || hourField.hasPrefix("*") { return (minuteField, hourField) }
        if minutes[0] == 0 { return (starred(minutes, "*/60"), plainHours) }
        return hours[0] == 0 ? (plainMinutes, starred(hours, "*/24")) : nil
    }

    /// A list whose first value, 0, is written as a step over the whole field.
    private static func starred(_ values: [Int], _ first: String) -> String {
        ([first] + (values.count > 1 ? [CronWriter.list(Array(values.dropFirst()))] : [])).joined(separator: ",")
    }
}

/// The times of day of a clause.
struct ExplainedTimes {
    typealias Group = (seconds: [Int], minutes: [Int], hours: [Int])

    /// Each group is all of its seconds of all of its minutes of all of its hours; values ascend.
    private(set) var groups: [Group]
    /// `nil` while the words leave it open.
    var followsClock: Bool?

    init(minutes: [Int], hours: [Int], followsClock: Bool) {
        groups = [([0], minutes, hours)]
        self.followsClock = followsClock
    }

    /// These seconds of every minute; by itself that counts from now, so the words must say that the clock is meant.
    init(seconds: [Int]) { groups = [(seconds, Array(0..<60), Array(0..<24))] }

    /// Fixed times, in seconds since midnight.
    init(clocks: [Int]) {
        groups = Dictionary(grouping: Set(clocks), by: { $0 % 60 }).flatMap { second, times in
            let minutes = Dictionary(grouping: times, by: { $0 / 3_600 }).mapValues { $0.map { $0 / 60 % 60 }.sorted() }
            return Dictionary(grouping: minutes, by: \.value).map { ([second], $0.key, $0.value.map(\.key).sorted()) }
        }
        groups.sort { ($0.hours[0], $0.minutes[0], $0.seconds[0]) < ($1.hours[0], $1.minutes[0], $1.seconds[0]) }
        followsClock = false
    }

    /// The seconds that fire in each of the minutes.
    var seconds: [Int] {
        get { groups[0].seconds }
        set { for index in groups.indices { groups[index].seconds = newValue } }
    }
}

/// The days of a clause.
struct ExplainedDays {
    enum Place {
        /// An item of the day of the month: "15W".
        case ofMonth(String)
        /// An item of the day of the week: "FRI#2".
        case ofWeek(String)
        /// 1 Monday … 7 Sunday.
        case weekday(Int)
    }

    private var monthDays: [String] = []
    private var weekdays: [Int] = []
    private var weekdayPlaces: [String] = []
    private var months: [Int]
    /// Both a day of the month and a day of the week must fit; otherwise one is enough.
    private var needsBoth = false

    init(weekdays: [Int] = [], months: [Int] = Array(1...12)) {
        self.weekdays = weekdays
        self.months = months
    }

    init(places: [Place], months: [Int]) {
        self.months = months
        places.forEach { add($0) }
    }

    private mutating func add(_ place: Place) {
        switch place {
        case .ofMonth(let item): monthDays.append(item)
        case .ofWeek(let item): weekdayPlaces.append(item)
        case .weekday(let day): weekdays.append(day)
        }
    }

    private var isEveryDay: Bool { monthDays.isEmpty && !namesWeekdays }
    private var namesWeekdays: Bool { !weekdays.isEmpty || !weekdayPlaces.isEmpty }

    /// The days of both, in the same months; `nil` where one of them is every day or the months differ.
    func joined(with other: ExplainedDays) -> ExplainedDays? {
        guard !isEveryDay, !other.isEveryDay, months == other.months else { return nil }
        var days = self
        days.monthDays += other.monthDays
        days.weekdays += other.weekdays
        days.weekdayPlaces += other.weekdayPlaces
        return days
    }

    /// Those that are one of `weekdays` as well.
    func limited(to weekdays: [Place]) -> ExplainedDays? {
        guard !monthDays.isEmpty, !namesWeekdays else { return nil }
        var days = self
        weekdays.forEach { days.add($0) }
        days.needsBoth = true
        return days
    }

    /// `nil` where both must fit and neither field can be written with the `*` that says so.
    func fields() -> DayFields? {
        let months = CronWriter.months(months)
        let plain = weekdays.isEmpty ? [] : [CronWriter.weekdays(weekdays)]
        let ofMonth = monthDays.isEmpty ? "*" : monthDays.joined(separator: ",")
        let ofWeek = namesWeekdays ? (plain + weekdayPlaces).joined(separator: ",") : "*"
        guard needsBoth else { return DayFields(dayOfMonth: ofMonth, month: months, dayOfWeek: ofWeek) }
        if let starred = starredMonthDays {
            return DayFields(dayOfMonth: starred, month: months, dayOfWeek: ofWeek)
        }
        return starredWeekdays.map { DayFields(dayOfMonth: ofMonth, month: months, dayOfWeek: $0) }
    }

    /// The days of the month from the 1st on, which `*` with a step can say.
    private var starredMonthDays: String? {
        var items = monthDays
        if items.first == "1" {
            items[0] = "*/31"
        } else if let index = items.firstIndex(where: { Int($0) == nil }), items[index].hasPrefix("1/") {
            items.insert("*" + items.remove(at: index).dropFirst(), at: 0)
        } else {
            return nil
        }
        return items.joined(separator: ",")
    }

    /// Sunday, which every `*` with a step begins with in the day of the week.
    private var starredWeekdays: String? {
        guard weekdays.contains(7) else { return nil }
        let others = weekdays.filter { $0 != 7 }
        return (["*/7"] + (others.isEmpty ? [] : [CronWriter.weekdays(others)]) + weekdayPlaces).joined(separator: ",")
    }
}
