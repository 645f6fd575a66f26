/// Words of a command line: split at blanks, with single and double quotes and backslashes as in POSIX sh (2.2 Quoting).
package enum ShellWords {
    package static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isOpen = false
        var quote: Character?
        var escaped = false
        for character in text {
            if escaped {
                word.append(quote == "\"" && character == "n" ? "\n" : character)
                escaped = false
            } else if character == "\\", quote != "'" {
                escaped = true
                isOpen = true
            } else if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                isOpen = true
            } else if character == " " || character == "\t" {
                if isOpen { words.append(word) }
                word = ""
                isOpen = false
            } else {
                word.append(character)
                isOpen = true
            }
        }
        if isOpen { words.append(word) }
        return words
    }
}
