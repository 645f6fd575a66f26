import IntentContract

/// Habits that the person wants kept.
enum PreferenceRules {
    static let rules = zones + deliveries + hours + dates

    private static let zones: [IntentRule] = [
        IntentRule(
            "(my time zone / my timezone / the time zone / the timezone / time zone / timezone) is|= [now] <rest>"
        ) { zone($0) },
        IntentRule("(set / change / switch / make / update) [my|the] (time zone / timezone) [to|=|as] <rest>") {
            zone($0)
        },
        IntentRule("use <zone:text> as [my|the] [default] (time zone / timezone)") { zone($0, slot: "zone") },
        IntentRule("use (time zone / timezone) <rest>") { zone($0) },
        IntentRule("(i am / i live / i work) in <rest> [now|time]") { place($0) },
        IntentRule("(i moved / i have moved / we moved / i relocated) to <rest>") { place($0) },
        IntentRule("i am (on / using) <rest:text> time") { zone($0) },
    ]

    private static func zone(_ captures: Captures, slot: String = "rest") -> SetPreference? {
        // "Europe/Lisbon, I live there now": what stands behind a stop explains.
        guard let named = captures[slot]?.trimmed.prefix(while: { !$0.isStop }), !named.isEmpty else { return nil }
        return SetPreference(name: "timezone", value: Array(named).text.trimmingQuotes)
    }

    /// "I am in Berlin now": a place begins with a capital, "I am in a meeting" does not.
    private static func place(_ captures: Captures) -> SetPreference? {
        var pieces = (captures["rest"] ?? []).trimmed
        while let last = pieces.last, ["now", "time", "currently"].contains(last.key) { pieces.removeLast() }
        let name = pieces.text
        guard let first = name.first, first.isUppercase, pieces.words.count <= 3 else { return nil }
        return SetPreference(name: "timezone", value: name)
    }

    private static let everything =
        "(everything / all messages / all notifications / messages / notifications / my messages / my notifications / "
        + "results / all results / my reminders / all reminders / reminders / it all / all of it / outcomes / all my reminders / all my messages)"

    private static let deliveries: [IntentRule] = [
        IntentRule(
            """
            [always] (send / deliver / post / route / push / forward) \(everything) [always] (to / on / via / by /
            over / through) [my] <gateway> [by|from|as] [default|now|standard|a] [on] [rule]
            """
        ) { deliver($0) },
        IntentRule(
            "(by default / always) (send / deliver / post / route) [me] \(everything) (to / on / via / by) <gateway>"
        ) { deliver($0) },
        IntentRule(
            """
            (use / default to / always use / prefer / i prefer) <gateway> (by default for everything / as [the|my] default
            for everything / for everything by default / by default / as default / as my default /
            as the default / for everything / as default gateway / as my default gateway) [from now on]
            """
        ) { deliver($0) },
        IntentRule("(default to / always use / i prefer) <gateway>") { deliver($0) },
        IntentRule(
            "(set / change / make / switch) [my|the] default [delivery|gateway|channel|recipient|way] [to|=] <gateway>"
        ) { deliver($0) },
        IntentRule("make <gateway> [my|the] default [gateway|channel|delivery]") { deliver($0) },
        IntentRule("[my|the] default [delivery|gateway|channel|recipient] (is / should be / = / to) <gateway>") {
            deliver($0)
        },
        IntentRule(
            """
            (notify / message / ping / remind / tell / reach / contact / alert) me (on / via / by / over / through)
            <gateway> (by default / from now on / always / as default)
            """
        ) { deliver($0) },
        IntentRule(
            """
            (by default / always) (notify / message / ping / remind / tell / reach / contact / alert) me (on / via /
            by) <gateway>
            """
        ) { deliver($0) },
        IntentRule("always (notify / message / ping / tell / reach / alert / email) me [on|via|by] <gateway>") {
            deliver($0)
        },
        IntentRule("(send / deliver) by default (to / on / via) <gateway>") { deliver($0) },
    ]

    private static func deliver(_ captures: Captures) -> SetPreference? {
        captures.recipient.map { SetPreference(name: "deliver", value: $0) }
    }

    private static let hours: [IntentRule] = [
        hour("am|a.m.|a.m", means: "am"), hour("pm|p.m.|p.m", means: "pm"),
        IntentRule("(when i say / by / with) <spoken:text> (i mean / i always mean / is meant) <meant:rest>") {
            meant($0)
        },
        IntentRule("<spoken:time> (means / always means / is always / is) <meant:rest>") { meant($0) },
        IntentRule(
            """
            [always] ask [me] (about / whether / if) (ambiguous hours / am or pm / it is am or pm / the hour / unclear
            hours)
            """
        ) { _ in
            SetPreference(name: "ambiguous_hour", value: "ask")
        },
    ]

    private static func hour(_ words: String, means value: String) -> IntentRule {
        IntentRule(
            """
            (always / assume / prefer / i prefer / i always mean / i mean / always use / always assume / i usually
            mean /
            """
                + "ambiguous hours are / ambiguous hours are always / hours are / hours are always / unclear hours are / "
                + "ambiguous times are / hours without am or pm are / bare hours are / treat ambiguous hours as / take unclear hours as) "
                + "\(words)"
        ) { _ in SetPreference(name: "ambiguous_hour", value: value) }
    }

    /// "when I say 5 I mean 5 pm", "5 means 17:00".
    private static func meant(_ captures: Captures) -> SetPreference? {
        guard let said = captures["spoken"]?.text, let meant = captures["meant"]?.text.lowercased() else { return nil }
        guard said.contains(where: \.isNumber) else { return nil }
        let hours = meant.prefix { $0.isNumber }
        if meant.contains("pm") || meant.contains("p.m") || (Int(hours) ?? 0) > 12 {
            return SetPreference(name: "ambiguous_hour", value: "pm")
        }
        guard meant.contains("am") || meant.contains("a.m") || hours.hasPrefix("0") else { return nil }
        return SetPreference(name: "ambiguous_hour", value: "am")
    }

    private static let dates: [IntentRule] = [
        date(
            """
            (day first / day before month / day before the month / the day first / day month / dd/mm / day/month /
            day-month / dd.mm / european / dd/mm/yyyy / day-first)
            """,
            means: "day_first"),
        date(
            """
            (month first / month before day / month before the day / the month first / month day / mm/dd / month/day /
            month-day / american / us / mm/dd/yyyy / month-first)
            """,
            means: "month_first"),
        IntentRule(
            "[always] ask [me] (about / for) [the] (ambiguous dates / unclear dates / date order / order of dates)"
        ) { _ in
            SetPreference(name: "date_order", value: "ask")
        },
        IntentRule("[the] day (comes / goes / is) first [in] [my] [dates]") { _ in
            SetPreference(name: "date_order", value: "day_first")
        },
        IntentRule("[the] month (comes / goes / is) first [in] [my] [dates]") { _ in
            SetPreference(name: "date_order", value: "month_first")
        },
    ]

    private static func date(_ words: String, means value: String) -> IntentRule {
        IntentRule(
            """
            [always] [i] [my] [use|read|write|treat|dates|prefer|set] [dates|date] [are|order|as|is|with|the|to]
            [the|in|always|as] \(words) [dates|order|format|style]
            """
        ) { _ in SetPreference(name: "date_order", value: value) }
    }
}
