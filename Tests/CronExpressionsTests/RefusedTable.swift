/// Texts that are no expressions, and the code that says why.
enum RefusedTable {
    static let rows: [(text: String, code: String)] = [
        ("60-61 0 * * *", "out_of_range"),  // minute range wholly out of range
        ("1\u{001B}[0m 0 * * *", "bad_character"),  // minute escape sequence
        (", 0 * * *", "empty_item"),  // minute only a comma
        ("1--2 0 * * *", "bad_range"),  // minute double dash
        ("1, 0 * * *", "empty_item"),  // minute trailing comma
        ("1_0 0 * * *", "bad_character"),  // minute underscore in number
        ("*/2/3 0 * * *", "bad_step"),  // minute two steps
        ("1e1 0 * * *", "not_understood"),  // minute exponent
        ("60 0 * * *", "out_of_range"),  // minute out of range
        ("1\u{202E} 0 * * *", "bad_character"),  // minute right-to-left override
        ("MON 0 * * *", "unknown_name"),  // minute takes no names
        ("** 0 * * *", "not_understood"),  // minute two stars
        ("99999999999999999999 0 * * *", "out_of_range"),  // minute out of range
        ("\u{096B} 0 * * *", "bad_character"),  // minute Devanagari digit
        ("1a 0 * * *", "not_understood"),  // minute digits then letters
        ("1\u{2013}3 0 * * *", "bad_character"),  // minute en dash as range
        ("1;2 0 * * *", "bad_character"),  // minute semicolon
        (",1 0 * * *", "empty_item"),  // minute leading comma
        ("0 24-25 * * *", "out_of_range"),  // hour range wholly out of range
        ("0 99999999999999999999 * * *", "out_of_range"),  // hour out of range
        ("0 \u{00B2} * * *", "bad_character"),  // hour superscript digit
        ("0 1,,2 * * *", "empty_item"),  // hour empty list item
        ("0 /5 * * *", "bad_step"),  // hour step without base
        ("0 25 * * *", "out_of_range"),  // hour out of range
        ("0 ~ * * *", "bad_character"),  // hour tilde alone
        ("0 (1) * * *", "bad_character"),  // hour parentheses
        ("0 1-3/0 * * *", "bad_step"),  // hour step of zero on a range
        ("0 \u{FF11} * * *", "bad_character"),  // hour full-width digit
        ("0 1, * * *", "empty_item"),  // hour trailing comma
        ("0 1\u{0000} * * *", "bad_character"),  // hour NUL byte
        ("0 -1 * * *", "bad_range"),  // hour negative
        ("0 0-24 * * *", "out_of_range"),  // hour range ends above range
        ("0 , * * *", "empty_item"),  // hour only a comma
        ("0 1-2-3 * * *", "bad_range"),  // hour range of three
        ("0 1e1 * * *", "not_understood"),  // hour exponent
        ("0 1\u{200B} * * *", "bad_character"),  // hour zero-width space
        ("0 0 '1' * *", "bad_character"),  // day-of-month quotes
        ("0 0 , * *", "empty_item"),  // day-of-month only a comma
        ("0 0 *-5 * *", "not_understood"),  // day-of-month star as range start
        ("0 0 1\u{200B} * *", "bad_character"),  // day-of-month zero-width space
        ("0 0 +1 * *", "bad_character"),  // day-of-month plus sign
        ("0 0 1,32 * *", "out_of_range"),  // day-of-month list item out of range
        ("0 0 abc * *", "unknown_name"),  // day-of-month junk word
        ("0 0 MON * *", "unknown_name"),  // day-of-month takes no names
        ("0 0 ~ * *", "bad_character"),  // day-of-month tilde alone
        ("0 0 32-33 * *", "out_of_range"),  // day-of-month range wholly out of range
        ("0 0 -1 * *", "bad_range"),  // day-of-month negative
        ("0 0 */0 * *", "bad_step"),  // day-of-month step of zero
        ("0 0 1-32 * *", "out_of_range"),  // day-of-month range ends above range
        ("0 0 100 * *", "out_of_range"),  // day-of-month out of range
        ("0 0 32 * *", "out_of_range"),  // day-of-month out of range
        ("0 0 1e1 * *", "not_understood"),  // day-of-month exponent
        ("0 0 1\u{2013}3 * *", "bad_character"),  // day-of-month en dash as range
        ("0 0 !1 * *", "bad_character"),  // day-of-month exclamation mark
        ("0 0 * 2, *", "empty_item"),  // month trailing comma
        ("0 0 * " + String(repeating: "1", count: 400) + " *", "out_of_range"),  // month overlong number
        ("0 0 * */-1 *", "bad_step"),  // month negative step
        ("0 0 * 1\u{200B} *", "bad_character"),  // month zero-width space
        ("0 0 * 1a *", "not_understood"),  // month digits then letters
        ("0 0 * , *", "empty_item"),  // month only a comma
        ("0 0 * MON *", "unknown_name"),  // month given a day name
        ("0 0 * 0x1 *", "not_understood"),  // month hexadecimal
        ("0 0 * \u{0661} *", "bad_character"),  // month Arabic-Indic digit
        ("0 0 * \u{FEFF}1 *", "bad_character"),  // month byte order mark
        ("0 0 * 1\u{202E} *", "bad_character"),  // month right-to-left override
        ("0 0 * 14 *", "out_of_range"),  // month out of range
        ("0 0 * */x *", "bad_step"),  // month step not a number
        ("0 0 * - *", "bad_range"),  // month only a dash
        ("0 0 * 1-13 *", "out_of_range"),  // month range ends above range
        ("0 0 * 99 *", "out_of_range"),  // month out of range
        ("0 0 * 2,,3 *", "empty_item"),  // month empty list item
        ("0 0 * 2--3 *", "bad_range"),  // month double dash
        ("0 0 * * */1.5", "bad_character"),  // day-of-week fractional step
        ("0 0 * * 1.5", "bad_character"),  // day-of-week fraction
        ("0 0 * * */0", "bad_step"),  // day-of-week step of zero
        ("0 0 * * \u{FEFF}1", "bad_character"),  // day-of-week byte order mark
        ("0 0 * * */x", "bad_step"),  // day-of-week step not a number
        ("0 0 * * 0-8", "out_of_range"),  // day-of-week range ends above range
        ("0 0 * * 8", "out_of_range"),  // day-of-week out of range
        ("0 0 * * abc", "unknown_name"),  // day-of-week junk word
        ("0 0 * * 9", "out_of_range"),  // day-of-week out of range
        ("0 0 * * \u{0007}", "bad_character"),  // day-of-week bell character
        ("0 0 * * */2/3", "bad_step"),  // day-of-week two steps
        ("0 0 * * 1;2", "bad_character"),  // day-of-week semicolon
        ("0 0 * * \u{096B}", "bad_character"),  // day-of-week Devanagari digit
        ("0 0 * * 1\u{001B}[0m", "bad_character"),  // day-of-week escape sequence
        ("0 0 * * 100", "out_of_range"),  // day-of-week out of range
        ("0 0 * * 1\u{0000}", "bad_character"),  // day-of-week NUL byte
        ("0 0 * * \u{0661}", "bad_character"),  // day-of-week Arabic-Indic digit
        ("0 0 * * LL", "bad_special"),  // two L
        ("0 0 0 1 1 * 2026", "field_count"),  // 7 fields
        ("\u{0009}\u{0009}", "field_count"),  // only tabs
        ("* * * *", "field_count"),  // 4 fields
        ("0 0 * * MON,FOO", "unknown_name"),  // unknown day name
        ("0 0 31 9 *", "never_fires"),  // 31 September never occurs
        ("0 0 31 6 *", "never_fires"),  // 31 June never occurs
    ]
}
