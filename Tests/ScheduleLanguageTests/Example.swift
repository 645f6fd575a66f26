import Testing

/// A phrase and how it is read by the person of `Person`.
struct Example: CustomTestStringConvertible {
    let phrase: String
    let reading: String

    init(_ phrase: String, _ reading: String) {
        self.phrase = phrase
        self.reading = reading
    }

    var testDescription: String { phrase }
}
