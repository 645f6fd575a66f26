import IntentContract

/// Words of a text that turn its meaning although most of it was said: figures, and "not".
extension Grounding {
    func checkFigures(in text: String) throws(AnswerProblem) {
        let said = heard.figures
        for figure in HeardWords.figures(of: text) where !said.contains(figure) {
            throw AnswerProblem("\(figure) in \"\(text.prefix(80))\" is a number that nobody named")
        }
        if HeardWords.isDenied(text), !heard.isDenied {
            throw AnswerProblem("\"\(text.prefix(80))\" says \"not\", and the person did not")
        }
    }

    /// Names of new jobs are labels: one that nobody said gives way to the program's own.
    func labelled(_ intent: Intent) -> Intent {
        switch intent {
        case .createJob(var body):
            body.name = label(body.name)
            return .createJob(body)
        case .createPlaybook(var body):
            body.name = label(body.name)
            return .createPlaybook(body)
        default: return intent
        }
    }

    private func label(_ name: String?) -> String? {
        guard let name, heard.share(of: name) >= 0.5 else { return nil }
        return HeardWords.isDenied(name) && !heard.isDenied ? nil : name
    }
}

extension HeardWords {
    private static let denials: Set<String> = ["not", "never", "no", "without", "unless", "nothing", "nobody"]

    /// It holds a word such as "not".
    static func isDenied(_ text: String) -> Bool {
        let pieces = Lexer().pieces(of: text, for: .plain)
        return pieces.contains { denials.contains($0.key) }
    }

    var isDenied: Bool { ([request] + earlier).contains(where: Self.isDenied) }

    /// Numbers in figures or in words.
    static func figures(of text: String) -> Set<Int> {
        let words = text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
        return Set(
            words.flatMap { word -> [Int] in
                word.first?.isNumber == true
                    ? word.split { !$0.isNumber }.compactMap { Int($0) } : []
            })
    }

    var figures: Set<Int> {
        let texts = [request] + earlier
        let spelled = texts.flatMap { $0.lowercased().split { !$0.isLetter } }
            .compactMap { WordNumber.value(of: String($0)) }
        return texts.reduce(into: Set(spelled)) { $0.formUnion(Self.figures(of: $1)) }
    }
}
