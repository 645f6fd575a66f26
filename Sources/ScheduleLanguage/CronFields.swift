import CronExpressions

/// The fields of an expression as they are written.
struct CronFields {
    var minute: String
    var hour: String
    var days: DayFields

    /// `nil` for `@reboot` and for expressions with seconds.
    init?(_ expression: CronExpression) {
        let macros = [
            "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
            "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
        ]
        let text = macros[expression.text.lowercased()] ?? expression.text
        let fields = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard fields.count == 5 else { return nil }
        (minute, hour) = (fields[0], fields[1])
        days = DayFields(dayOfMonth: fields[2], month: fields[3], dayOfWeek: fields[4])
    }
}
