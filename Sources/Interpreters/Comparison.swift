/// "more than 90", "drops below 20", "500 or more": a number that something is compared with.
struct Comparison {
    /// Where its words begin.
    let place: Int
    /// As in a condition: `<`, `<=`, `==`, `!=`, `>=` or `>`.
    let sign: String
    let value: Double

    /// Every word of a comparison beside its number.
    static let words = Set(phrases.flatMap(\.0)).union(["or", "more", "less", "fewer", "higher", "lower"])

    /// Longer phrases before those they begin with.
    private static let phrases: [([String], String)] = [
        (["no", "more", "than"], "<="), (["not", "more", "than"], "<="), (["no", "less", "than"], ">="),
        (["not", "less", "than"], ">="), (["no", "fewer", "than"], ">="),
        (["greater", "than", "or", "equal", "to"], ">="), (["less", "than", "or", "equal", "to"], "<="),
        (["more", "than"], ">"), (["greater", "than"], ">"), (["higher", "than"], ">"), (["larger", "than"], ">"),
        (["bigger", "than"], ">"),
        (["longer", "than"], ">"), (["less", "than"], "<"), (["fewer", "than"], "<"), (["lower", "than"], "<"),
        (["smaller", "than"], "<"), (["shorter", "than"], "<"), (["cheaper", "than"], "<"),
        (["at", "least"], ">="), (["at", "most"], "<="), (["drops", "to"], "<="), (["falls", "to"], "<="),
        (["climbs", "to"], ">="), (["rises", "to"], ">="),
        (["below"], "<"), (["under"], "<"), (["beneath"], "<"), (["above"], ">"), (["over"], ">"), (["past"], ">"),
        (["beyond"], ">"), (["exceeds"], ">"), (["exceed"], ">"), (["tops"], ">"),
        (["reaches"], ">="), (["hits"], ">="), (["equals"], "=="), (["equal", "to"], "=="), (["exactly"], "=="),
        (["<="], "<="), ([">="], ">="), (["<"], "<"), ([">"], ">"), (["=="], "=="), (["="], "=="), (["!="], "!="),
        (["other", "than"], "!="), (["anything", "but"], "!="), (["different", "from"], "!="),
        (["different", "than"], "!="),
    ]

    /// The first comparison with a number right behind it.
    static func first(in keys: [String]) -> Comparison? {
        for place in keys.indices {
            for (phrase, sign) in phrases where keys[place...].starts(with: phrase) {
                let behind = keys[(place + phrase.count)...].prefix(3)
                guard let value = behind.lazy.compactMap(WordNumber.measure).first else { continue }
                return Comparison(place: place, sign: sign, value: value)
            }
        }
        for place in keys.indices.dropLast(2) where keys[place + 1] == "or" {
            guard let value = WordNumber.measure(keys[place]) else { continue }
            if ["more", "higher", "above", "over"].contains(keys[place + 2]) {
                return Comparison(place: place, sign: ">=", value: value)
            }
            if ["less", "fewer", "lower", "below"].contains(keys[place + 2]) {
                return Comparison(place: place, sign: "<=", value: value)
            }
        }
        return nil
    }
}
