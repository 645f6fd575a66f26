/// One thing that a phrase about time says.
enum TimePart: Hashable, Sendable {
    /// "every 45 minutes", "daily", "every other week".
    case every(Step)
    /// "twice a day".
    case times(Int, per: Vocabulary.Unit)
    /// "mondays", "on friday", "mon-fri".
    case weekdays(WeekdayMention)
    /// "the first and third wednesday of every month", "the last working day".
    case nthDay(NthDayMention)
    /// "the 1st and 15th": days of the month; -1 is the last.
    case monthDays([Int], repeats: Bool)
    /// "in november", "every aug".
    case months([Int], repeats: Bool)
    /// "24 december", "05/06".
    case dates([DateMention], repeats: Bool)
    /// Days from today: "tomorrow" is 1.
    case dayOffset(Int)
    /// "next week", "this month", "the end of the month".
    case period(PeriodMention)
    /// "at 9 and 17:30", "noon".
    case clock([TimeMention])
    /// "in the morning", "every evening", "tonight".
    case dayPart(DayPart, DayPartUse)
    /// "from 9 to 17", "business hours".
    case clockSpan(ClockSpan)
    /// "at minute 10", "at quarter past the hour".
    case minutes([Int])
    /// "in 20 minutes"; `elapsed` counts from now.
    case offset(Amount)
    /// "2 days after next friday": counted from that moment; backward where the amount is negative.
    case relative(Amount, to: [TimePart])
    case start([TimePart])
    case until([TimePart], isExclusive: Bool)
    case count(Int)
    /// "for the next 3 days".
    case lasting(Amount)
    case except(Exceptions)
    /// Each occurrence is delayed by a random time below so many seconds.
    case jitter(Int)
    case zone(ZoneMention)
    case cron(String)
    case now
    /// "the last 24 hours", "last night", "this week": spoken about, not scheduled.
    case span
    /// "yesterday", "2 days ago", "last friday".
    case past
}

/// Every so many of a unit.
struct Step: Hashable, Sendable {
    var count: Int
    var unit: Vocabulary.Unit
    /// "quarterly": the quarters of the year.
    var isQuarter = false
    /// Elapsed time; `nil` from the day upward.
    var seconds: Int? { unit.seconds.map { $0 * count } }
}

struct WeekdayMention: Hashable, Sendable {
    enum Week: Hashable, Sendable {
        case nearest, this, next
        /// "the next working day" is never today.
        case afterToday
    }
    /// 1 Monday … 7 Sunday, in the order said.
    var days: [Int]
    var repeats: Bool
    var week = Week.nearest
    /// "every other tuesday", "every third friday": weeks between; 1 for "every tuesday".
    var every = 1
    /// "every second friday" may be the month's second: the person is asked.
    var isOrdinalOpen = false
}

struct NthDayMention: Hashable, Sendable {
    enum Day: Hashable, Sendable { case weekday(Int), day, workday }
    /// 1 first … 5 fifth, -1 last, -2 last but one.
    var ordinals: [Int]
    var day: Day
    var repeats: Bool
    var scope: MonthScope

    /// "every", several days, or several months without a year.
    var listsSeveral: Bool {
        if case .named(let months, nil) = scope, months.count > 1 { return true }
        return repeats || ordinals.count > 1 && scope == .any
    }
}

/// Which months a day is counted in.
enum MonthScope: Hashable, Sendable {
    /// "of the month", or nothing said.
    case any
    /// "of every month".
    case every
    case this, next
    case named([Int], year: Int?)
}

struct DateMention: Hashable, Sendable {
    var day: Int
    var month: Int
    var year: Int?
    /// Day and month may stand the other way round.
    var isOrderOpen = false
}

enum PeriodMention: Hashable, Sendable {
    case nextWeek, nextMonth, nextYear
    case endOfMonth, endOfYear, endOfWeek, endOfNextMonth
    case thisWeek, thisMonth
}

/// A time of day with the part of the day that was said beside it.
struct TimeMention: Hashable, Sendable {
    enum Time: Hashable, Sendable {
        case spoken(SpokenTime)
        case part(DayPart)
        /// "this time tomorrow": what the clock shows now.
        case present
    }
    var time: Time
    var beside: DayPart?
}

enum DayPartUse: Hashable, Sendable {
    /// "in the morning", "monday morning".
    case plain
    /// "every morning", "mornings".
    case repeating
    /// "this morning", "tonight".
    case today
}

/// A stretch of each day.
struct ClockSpan: Hashable, Sendable {
    var from: TimeMention
    var to: TimeMention
    /// The words "business hours": Monday to Friday, and the last hour counts in full.
    var isBusinessHours = false
    /// "before 7pm": the end itself does not count.
    var excludesEnd = false

    static let businessHours = ClockSpan(
        from: TimeMention(time: .spoken(SpokenTime(9, isSettled: true))),
        to: TimeMention(time: .spoken(SpokenTime(17, isSettled: true))), isBusinessHours: true)
}

/// A length of time: the calendar's units and elapsed seconds.
struct Amount: Hashable, Sendable {
    var months = 0
    var days = 0
    var seconds = 0
    /// "a few minutes": no number was said.
    var isVague = false

    var isCalendar: Bool { months != 0 || days != 0 }

    static func of(_ count: Double, _ unit: Vocabulary.Unit) -> Amount {
        let whole = count.rounded() == count
        switch unit {
        case .second, .minute, .hour: return Amount(seconds: Int((count * Double(unit.seconds ?? 1)).rounded()))
        case .day: return whole ? Amount(days: Int(count)) : Amount(seconds: Int((count * 86_400).rounded()))
        case .week: return whole ? Amount(days: Int(count) * 7) : Amount(seconds: Int((count * 604_800).rounded()))
        case .month: return whole ? Amount(months: Int(count)) : Amount(days: Int((count * 30).rounded()))
        case .year: return Amount(months: Int((count * 12).rounded()))
        }
    }

    func times(_ factor: Int) -> Amount {
        Amount(months: months * factor, days: days * factor, seconds: seconds * factor, isVague: isVague)
    }

    static func + (left: Amount, right: Amount) -> Amount {
        Amount(
            months: left.months + right.months, days: left.days + right.days, seconds: left.seconds + right.seconds,
            isVague: left.isVague || right.isVague)
    }
}

/// Days that are left out.
struct Exceptions: Hashable, Sendable {
    var weekdays: [Int] = []
    var dates: [DateMention] = []
    var monthDays: [Int] = []
    var months: [Int] = []
    var holidays: [HolidayMention] = []

    static func + (left: Exceptions, right: Exceptions) -> Exceptions {
        Exceptions(
            weekdays: left.weekdays + right.weekdays, dates: left.dates + right.dates,
            monthDays: left.monthDays + right.monthDays, months: left.months + right.months,
            holidays: left.holidays + right.holidays)
    }
}

/// "holidays", with the words that say whose: "german", "public".
struct HolidayMention: Hashable, Sendable {
    var words: [String]
}

enum ZoneMention: Hashable, Sendable {
    /// An IANA name or a fixed offset.
    case named(String)
    /// An abbreviation that means several zones.
    case ambiguous(String)
    case unknown(String)
    /// "local time".
    case local
}
