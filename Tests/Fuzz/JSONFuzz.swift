import JobModel

/// Any text as JSON: what is read is written and read again without a change.
enum JSONFuzz {
    static func run(_ text: String) -> CInt {
        guard let value = try? JSONValue(parsing: text) else { return 0 }
        let written = value.compactText
        guard let again = try? JSONValue(parsing: written) else {
            fatalError("broken promise: unreadable JSON written")
        }
        promise(again == value, "another value after writing")
        promise(again.compactText == written, "another text after reading")
        return 0
    }
}
