/// Mends slips of the keyboard in words about time.
///
/// A word is mended when it is one edit away from a word of the time vocabulary of at least five letters (two edits
/// from the long names of days and months), begins with the same letter, and is no English word itself.
/// Example: "evry wensday" is read as "every wednesday"; "the dairy" stays.
package enum Spelling {
    /// The word of the time vocabulary that `word` (lower case) is a slip of; `nil` for other words.
    package static func mended(_ word: String, isName: Bool) -> String? {
        let letters = Array(word.utf8)
        guard !letters.contains(UInt8(ascii: "'")), letters.count >= 3, let first = letters.first else { return nil }
        if let known = shortForms[word] { return known }
        guard letters.count >= 4, !isEnglish(word) else { return nil }
        let kinds = kinds(letters)
        var best: (word: String, distance: Int)?
        for target in targets[first] ?? [] {
            if isName, !target.isName { continue }
            let difference = abs(target.letters.count - letters.count)
            guard difference <= target.allowance else { continue }
            // Each edit changes at most two kinds of letters.
            guard (target.kinds ^ kinds).nonzeroBitCount <= 2 * target.allowance else { continue }
            let distance = distance(letters, target.letters)
            guard distance <= target.allowance, distance < best?.distance ?? .max else { continue }
            best = (target.word, distance)
        }
        return best?.word
    }

    private struct Target {
        var word: String
        var letters: [UInt8]
        var isName: Bool
        /// The letters that occur, as bits.
        var kinds: UInt32
        /// Edits that are forgiven.
        var allowance: Int
    }

    private static func kinds(_ letters: [UInt8]) -> UInt32 {
        letters.reduce(0) { $0 | 1 << UInt32($1 & 31) }
    }

    /// By first letter.
    private static let targets: [UInt8: [Target]] = {
        let names = Set(Vocabulary.weekdays.keys).union(Vocabulary.pluralWeekdays.keys).union(Vocabulary.months.keys)
        let plain = [
            "every", "everyday", "tomorrow", "today", "tonight", "yesterday", "minute", "minutes", "hours", "weeks",
            "month",
            "months", "years", "daily", "weekly", "monthly", "yearly", "hourly", "annually", "quarterly",
            "fortnightly", "biweekly", "weekday", "weekdays", "weekend", "weekends", "workday", "workdays", "morning",
            "mornings", "afternoon", "afternoons", "evening", "evenings", "midnight", "lunchtime", "seconds",
            "twice", "until", "starting", "beginning", "except", "quarter", "twenty", "thirty", "fifteen",
            "business", "working", "through", "between", "second", "fourth", "night",
        ]
        var table: [UInt8: [Target]] = [:]
        for word in names.union(plain) where word.utf8.count >= 5 && !word.contains("'") {
            let isName = names.contains(word)
            let target = Target(
                word: word, letters: Array(word.utf8), isName: isName, kinds: kinds(Array(word.utf8)),
                allowance: word.utf8.count >= 8 && (isName || word == "tomorrow") ? 2 : 1)
            if let first = target.letters.first { table[first, default: []].append(target) }
        }
        return table.mapValues { $0.sorted { $0.word < $1.word } }
    }()

    /// Ways of writing that are more than a slip away, or too short to measure.
    private static let shortForms = [
        "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "tmrrw": "tomorrow", "tomoz": "tomorrow",
        "evry": "every", "evr": "every", "evey": "every", "ervery": "every", "tonite": "tonight", "2nite": "tonight",
        "2moro": "tomorrow", "2morrow": "tomorrow", "tdy": "today", "wknd": "weekend", "wkend": "weekend",
        "wkly": "weekly", "fornight": "fortnight", "thru": "through", "til": "until", "till": "until", "nite": "night",
        "annualy": "annually", "untill": "until", "wendsday": "wednesday", "wensdays": "wednesdays",
    ]

    /// English words that stand one edit from a word about time.
    private static let english: Set<String> = [
        "dairy", "dally", "dailies", "match", "marsh", "marches", "match", "mouth", "mouths", "moths", "moth", "knight",
        "mining", "morning's", "mourning", "mooring", "warning", "warming", "second's", "seconded", "secondary",
        "weakly", "weekly's", "weakest", "weekday's", "weakened", "weeds", "weeps", "wreaks", "worry", "working",
        "working's", "worming", "minuets", "minuet", "minute's", "ever", "everyone", "emery", "very", "evenings",
        "events", "evening's", "even", "staring", "stating", "stinting", "string", "staining", "starring", "startling",
        "sundae", "sundays", "monthly", "months", "moths", "toady", "toddy", "tidy", "house", "hour", "hourly",
        "houri", "hoarse", "honours", "hurts", "years", "yearn", "yearns", "yours", "yeast", "nigh", "nights",
        "forth", "fourths", "fort", "accept", "expect", "excerpt", "exempt", "exert", "untie", "unit", "unite",
        "unlit", "unties", "thirst", "thirsty", "thirdly", "trice", "twine", "twist", "quarters", "quartet",
        "quarterly", "quarry", "quartz", "through", "though", "thorough", "trough", "betweens", "augusts", "apron",
        "junes", "begging", "beginnings", "bussiness", "businesses", "busyness", "wording", "walking", "waking",
        "marks", "march", "marched", "twenties", "thirties", "fifteenth", "fifty", "sixteen", "weekender", "year",
        "yearling", "annual", "annals", "nicht", "eight", "weight", "might", "light", "right", "minutely", "minor",
        "mints", "minus", "months'", "mount", "mounts", "after", "fridge", "mondo", "sunny", "sunlit", "daisy",
        "hourglass", "honestly", "hotly", "todays", "tomorrows", "days", "party", "weeks", "week's", "sounds",
        "seasons", "records", "seconds", "nightly", "monster", "meets", "weekend's", "stating", "skating", "stacking",
    ]

    private static func isEnglish(_ word: String) -> Bool { english.contains(word) }

    /// Edits (a letter put in, left out, replaced, or two neighbours swapped) between two words.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var cost = min(last[j] + (left[i] == right[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
