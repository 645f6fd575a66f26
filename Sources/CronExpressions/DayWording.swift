/// How the days of an expression are told.
struct DayWording: Equatable {
    /// Before the times: "Every weekday".
    var lead: String
    /// After a frequency: "Monday to Friday"; `nil` for every day.
    var trailing: String?

    private typealias Item = CronFieldSyntax.Item

    init(_ syntax: CronSyntax) { self = Self.days(syntax) }

    private init(lead: String, trailing: String) {
        self.lead = lead
        self.trailing = trailing
    }

    private init(lead: String) {
        self.lead = lead
        trailing = lead.uncapitalized
    }

    private init(everyDayIn months: MonthWording) {
        lead = "Every day" + months.inWords
        trailing = months.isAny ? nil : String(months.inWords.dropFirst())
    }

    private static func days(_ syntax: CronSyntax) -> DayWording {
        let months = MonthWording(syntax.month)
        let (days, weekdays) = (syntax.dayOfMonth, syntax.dayOfWeek)
        let (anyDay, anyWeekday) = (days.values.count == 31, weekdays.values.count == 7)
        let either = !days.beginsWithStar && !weekdays.beginsWithStar
        if either ? anyDay || anyWeekday : anyDay && anyWeekday { return DayWording(everyDayIn: months) }
        if anyDay { return Self.weekdays(weekdays, months) }
        if anyWeekday { return monthDays(days, months) }
        let (onDays, onWeekdays) = (monthDays(days, months).lead, Self.weekdays(weekdays, months).lead)
        return DayWording(
            lead: either ? "\(onDays) and \(onWeekdays.uncapitalized)" : "\(onDays) if that is \(oneOf(weekdays))")
    }

    // MARK: Days of the week

    private static func weekdays(_ field: CronFieldSyntax, _ months: MonthWording) -> DayWording {
        let plain = field.values
        let special = nthWords(field)
        if special.isEmpty {
            let (lead, trailing) = plainWeekdays(plain)
            return DayWording(lead: lead + months.inWords, trailing: trailing + months.inWords)
        }
        let places = "\(special.listed()) \(months.ofWords)"
        if plain.isEmpty { return DayWording(lead: "On " + places) }
        return DayWording(lead: "\(plainWeekdays(plain).lead)\(months.inWords) and on \(places)")
    }

    private static func plainWeekdays(_ days: [Int]) -> (lead: String, trailing: String) {
        let names = days.map { weekdayNames[$0 - 1] }
        if days == [1, 2, 3, 4, 5] { return ("Every weekday", "Monday to Friday") }
        if days.count > 2, let last = days.last, last - days[0] == days.count - 1 {
            return ("Every day from \(names[0]) to \(names[days.count - 1])", "\(names[0]) to \(names[days.count - 1])")
        }
        return ("Every \(names.listed())", "on \(names.map { $0 + "s" }.listed())")
    }

    /// "the second Friday", "the last Friday".
    private static func nthWords(_ field: CronFieldSyntax) -> [String] {
        field.items.compactMap { item -> String? in
            switch item {
            case .nth(let nth, let weekday): "the \(places[nth - 1]) \(weekdayName(weekday))"
            case .lastWeekday(let weekday): "the last \(weekdayName(weekday))"
            default: nil
            }
        }.withoutRepeats
    }

    /// "a Monday, a Tuesday or the last Friday of the month", for days that both fields must allow.
    private static func oneOf(_ field: CronFieldSyntax) -> String {
        let plain = field.values.map { "a " + weekdayNames[$0 - 1] }
        return (plain + nthWords(field).map { $0 + " of the month" }).listed("or")
    }

    // MARK: Days of the month

    private static func monthDays(_ field: CronFieldSyntax, _ months: MonthWording) -> DayWording {
        let days = field.items.map { plainItem($0, field) }
        let dates = days.compactMap { if case .value(let day) = $0 { day } else { nil } }
        if let month = months.only, dates.count == days.count {
            let numbers = dates.sorted().map(String.init).withoutRepeats
            return DayWording(lead: "Every year on \(numbers.listed()) \(month)")
        }
        let order = days.indices.sorted { (position(days[$0]), $0) < (position(days[$1]), $1) }
        let words = order.map { dayWords(days[$0]) }.withoutRepeats
        return DayWording(lead: "On \(words.listed()) \(months.ofWords)")
    }

    /// Values first, in ascending order.
    private static func position(_ item: Item) -> Int {
        if case .value(let day) = item { day } else { 32 }
    }

    /// Steps that come to one day alone are that day.
    private static func plainItem(_ item: Item, _ field: CronFieldSyntax) -> Item {
        let bits = field.bits(of: item)
        return bits.nonzeroBitCount == 1 ? .value(bits.trailingZeroBitCount) : item
    }

    private static func dayWords(_ item: Item) -> String {
        switch item {
        case .value(let day): "the \(ordinal(day))"
        case .all(let step): step == 1 ? "every day" : "every \(ordinal(step)) day from the 1st"
        case .upward(let from, let step):
            "every \(step == 1 ? "day" : "\(ordinal(step)) day") from the \(ordinal(from))"
        case .range(let from, let to, let step):
            "\(step == 1 ? "" : "every \(ordinal(step)) day from ")the \(ordinal(from)) to the \(ordinal(to))"
        case .lastDay(before: 0): "the last day"
        case .lastDay(before: 1): "the day before the last day"
        case .lastDay(let before): "the day \(before) days before the last day"
        case .lastWorkday: "the last working day"
        case .nearestWorkday(let day): "the working day nearest to the \(ordinal(day))"
        case .nth, .lastWeekday: ""
        }
    }

    // MARK: Names

    static let weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    private static let places = ["first", "second", "third", "fourth", "fifth"]

    /// - Parameter weekday: 0 Sunday.
    private static func weekdayName(_ weekday: Int) -> String { weekdayNames[(weekday + 6) % 7] }

    /// "1st", "22nd", "13th".
    static func ordinal(_ number: Int) -> String {
        let endings = [1: "st", 2: "nd", 3: "rd"]
        return "\(number)" + ((11...13).contains(number % 100) ? "th" : endings[number % 10] ?? "th")
    }
}

/// How the months of an expression are told.
struct MonthWording: Equatable {
    static let names = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private var months: [Int]

    init(_ field: CronFieldSyntax) { months = field.values }

    var isAny: Bool { months.count == 12 }

    /// The name of the month, if it is only one.
    var only: String? { months.count == 1 ? words : nil }

    /// After days of the week: " in January and July"; empty for all months.
    var inWords: String { isAny ? "" : isSpan ? " from \(words)" : " in \(words)" }

    /// After a day of the month: "of every month", "of January and July".
    var ofWords: String { isAny ? "of every month" : isSpan ? "of every month from \(words)" : "of \(words)" }

    private var isSpan: Bool { months.count > 2 && months[months.count - 1] - months[0] == months.count - 1 }

    private var words: String {
        let names = months.map { Self.names[$0 - 1] }
        return isSpan ? "\(names[0]) to \(names[names.count - 1])" : names.listed()
    }
}
