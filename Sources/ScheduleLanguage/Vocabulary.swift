/// The closed set of words that speak about time, by what they mean.
enum Vocabulary {
    enum Unit: Int, Hashable, Comparable, Sendable {
        case second, minute, hour, day, week, month, year

        static func < (left: Unit, right: Unit) -> Bool { left.rawValue < right.rawValue }

        /// Seconds of elapsed time; `nil` from the day upward, where the calendar counts.
        var seconds: Int? {
            switch self {
            case .second: 1
            case .minute: 60
            case .hour: 3_600
            default: nil
            }
        }
    }

    /// 1 Monday … 7 Sunday.
    static let weekdays: [String: Int] = [
        "monday": 1, "mon": 1, "tuesday": 2, "tue": 2, "tues": 2, "wednesday": 3, "wed": 3, "weds": 3, "thursday": 4,
        "thu": 4, "thur": 4, "thurs": 4, "friday": 5, "fri": 5, "saturday": 6, "sat": 6, "sunday": 7, "sun": 7,
    ]

    static let pluralWeekdays: [String: Int] = [
        "mondays": 1, "tuesdays": 2, "wednesdays": 3, "thursdays": 4, "fridays": 5, "saturdays": 6, "sundays": 7,
    ]

    /// "weekdays", "weekend": the days, and whether the word is a plural.
    static let dayGroups: [String: (days: [Int], isPlural: Bool)] = [
        "weekday": ([1, 2, 3, 4, 5], false), "weekdays": ([1, 2, 3, 4, 5], true), "workday": ([1, 2, 3, 4, 5], false),
        "workdays": ([1, 2, 3, 4, 5], true), "weekend": ([6, 7], false), "weekends": ([6, 7], true),
        "wkday": ([1, 2, 3, 4, 5], false), "wkdays": ([1, 2, 3, 4, 5], true),
    ]

    static let months: [String: Int] = [
        "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
        "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
        "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
    ]

    static let units: [String: Unit] = [
        "second": .second, "seconds": .second, "sec": .second, "secs": .second, "s": .second, "minute": .minute,
        "minutes": .minute, "min": .minute, "mins": .minute, "m": .minute, "hour": .hour, "hours": .hour, "hr": .hour,
        "hrs": .hour, "h": .hour, "day": .day, "days": .day, "d": .day, "week": .week, "weeks": .week, "wk": .week,
        "wks": .week, "w": .week, "month": .month, "months": .month, "mo": .month, "mos": .month, "year": .year,
        "years": .year, "yr": .year, "yrs": .year, "y": .year,
    ]

    /// Abbreviations of units that count only right behind a figure ("2h").
    static let shortUnits: Set<String> = ["s", "m", "h", "d", "w", "y"]

    static let numbers: [String: Int] = [
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
        "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40,
        "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    ]

    static let ordinals: [String: Int] = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
        "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
        "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
    ]

    static let multiples: [String: Int] = ["once": 1, "twice": 2, "thrice": 3]

    /// Words that alone make a repetition: every so many of a unit.
    static let frequencies: [String: (every: Int, unit: Unit)] = [
        "hourly": (1, .hour), "daily": (1, .day), "everyday": (1, .day), "weekly": (1, .week), "biweekly": (2, .week),
        "fortnightly": (2, .week), "monthly": (1, .month), "bimonthly": (2, .month), "quarterly": (3, .month),
        "yearly": (1, .year), "annually": (1, .year), "annual": (1, .year), "minutely": (1, .minute),
    ]

    static let dayParts: [String: DayPart] = [
        "morning": .morning, "mornings": .morning, "afternoon": .afternoon, "afternoons": .afternoon,
        "evening": .evening, "evenings": .evening, "night": .night, "nights": .night, "nightly": .night,
        "morn": .morning, "noon": .noon, "midday": .noon, "noontime": .noon, "lunchtime": .noon, "lunch": .noon,
        "midnight": .midnight, "eod": .endOfDay, "cob": .endOfDay, "eob": .endOfDay,
    ]

    static let pluralDayParts: Set<String> = ["mornings", "afternoons", "evenings", "nights", "nightly"]

    static let every = ["every", "each", "ea"]
}

extension Vocabulary {
    /// Words that are never taken for slips of others.
    static let knownWords: Set<String> = Set(weekdays.keys).union(pluralWeekdays.keys).union(months.keys).union(
        units.keys
    )
    .union(dayParts.keys).union(frequencies.keys).union(numbers.keys).union(ordinals.keys).union(dayGroups.keys)
    .union(every)

    /// Words that a part of a time expression can begin with in a sentence; at any other word there is nothing to try.
    static let openers: Set<String> = knownWords.union(multiples.keys).union([
        "a", "about", "after", "ahead", "alternate", "an", "another", "apart", "approximately", "around", "as", "at",
        "back", "before", "beginning", "between", "biannually", "boxing", "business", "but", "by", "christmas", "close",
        "coming", "commencing", "couple", "dated", "during", "early", "effective", "end", "ending", "eom", "eoy",
        "except", "excepting", "excluding", "few", "following", "for", "forward", "from", "half", "halloween", "in",
        "jitter", "jittered", "just", "last", "late", "minus", "mwf", "never", "new", "next", "not", "office", "on",
        "only", "other", "over",
        "overmorrow", "past", "penultimate", "previous", "quarter", "randomly", "repeat", "repeating", "right",
        "roughly", "same",
        "semiannually", "several", "skipping", "some", "sometime", "starting", "the", "this", "through", "throughout",
        "today", "tomorrow", "tonight", "tth", "until", "up", "upcoming", "valentine's", "valentines", "with", "within",
        "work",
        "working", "xmas", "yesterday",
    ])
}

/// A part of the day with a time of its own.
enum DayPart: Hashable, Sendable {
    case morning, noon, afternoon, evening, tonight, night, midnight, endOfDay

    var hour: Int {
        switch self {
        case .morning: 9
        case .noon: 12
        case .afternoon: 15
        case .evening, .tonight: 18
        case .night: 21
        case .midnight: 0
        case .endOfDay: 17
        }
    }

    /// A single moment rather than a stretch that an hour can be named in.
    var isMoment: Bool { self == .noon || self == .midnight || self == .endOfDay }
}
