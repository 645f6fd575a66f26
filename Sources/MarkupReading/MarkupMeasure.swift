/// Refuses documents whose trees would be large, or slow to build, for what they say.
///
/// A tag of four bytes becomes a node of more than a hundred, and attributes of one element are compared with each other,
/// each with all before it.
struct MarkupMeasure {
    static let mostTags = 200_000
    static let mostAttributes = 500_000
    static let mostAttributesOfTag = 1000

    private var tags = 0
    private var attributes = 0

    static func check(_ text: String) throws(MarkupProblem) {
        var measure = MarkupMeasure()
        // A text of another storage is copied once, so that bytes can be looked at in place.
        var copy = text
        let problem = copy.withUTF8 { measure.problem(in: $0) }
        if let problem { throw MarkupProblem(problem) }
    }

    private mutating func problem(in bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var index = 0
        while index + 1 < bytes.count {
            guard bytes[index] == UInt8(ascii: "<"), bytes[index + 1] != UInt8(ascii: "/") else {
                index += 1
                continue
            }
            tags += 1
            let isElement = bytes[index + 1] | 0x20 >= UInt8(ascii: "a") || bytes[index + 1] == UInt8(ascii: "_")
            let holdsNoMarkup = Self.begins(bytes, at: index + 1, with: "script", "style")
            let parts = isElement ? passTag(&index, in: bytes) : 0
            if !isElement { index += 1 }
            if holdsNoMarkup { Self.passToEndTag(&index, in: bytes) }
            attributes += parts
            if parts > Self.mostAttributesOfTag {
                return "an element has more than \(Self.mostAttributesOfTag) attributes"
            }
            if tags > Self.mostTags { return "it has more than \(Self.mostTags) elements" }
            if attributes > Self.mostAttributes { return "it has more than \(Self.mostAttributes) attributes" }
        }
        return nil
    }

    private static func begins(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, with names: StaticString...) -> Bool
    {
        names.contains { name in
            index + name.utf8CodeUnitCount <= bytes.count
                && (0..<name.utf8CodeUnitCount).allSatisfy { bytes[index + $0] | 0x20 == name.utf8Start[$0] }
        }
    }

    /// Programs and styles compare with `<`; what ends them is an end tag.
    private static func passToEndTag(_ index: inout Int, in bytes: UnsafeBufferPointer<UInt8>) {
        while index + 1 < bytes.count, bytes[index] != UInt8(ascii: "<") || bytes[index + 1] != UInt8(ascii: "/") {
            index += 1
        }
    }

    /// Moves behind the tag that begins at `index` and returns how many attributes it may have: words outside of values.
    private func passTag(_ index: inout Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var (words, isInWord, last) = (0, true, UInt8(ascii: "<"))
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: ">"), words <= Self.mostAttributesOfTag {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), last == UInt8(ascii: "=") {
                while index < bytes.count, bytes[index] != byte { index += 1 }
                index = min(index + 1, bytes.count)
                (isInWord, last) = (false, byte)
            } else if byte <= 0x20 || byte == UInt8(ascii: "/") {
                isInWord = false
            } else {
                if !isInWord, byte != UInt8(ascii: "=") { words += 1 }
                (isInWord, last) = (true, byte)
            }
        }
        return words
    }
}
