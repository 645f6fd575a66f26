import Foundation
import JobModel
import Templates

/// `extract`: takes a number, an amount of money, a date or a part out of a text or of data.
struct ExtractAction: CatalogueAction {
    /// Bytes that are searched.
    static let inputLimit = 100_000

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        do throws(ActionProblem) {
            var value = try Self.input(call)
            if let pointer = call.text("pointer") { value = try Self.member(pointer, of: value) }
            if let pattern = call.text("pattern") { value = .string(try Self.match(pattern, in: value.plainText)) }
            return try Self.reading(value, as: call.text("as") ?? "text", order: call.text("order"))
        } catch {
            return StepResult(error: error.message)
        }
    }

    private static func input(_ call: FilledCall) throws(ActionProblem) -> JSONValue {
        guard let value = call["from"] else {
            throw ActionProblem("there is nothing to take it from: \"from\" is empty")
        }
        guard value.plainText.utf8.count <= inputLimit else {
            throw ActionProblem("\"from\" is longer than \(inputLimit / 1000) kB")
        }
        return value
    }

    // MARK: A part of it

    private static func member(_ pointer: String, of value: JSONValue) throws(ActionProblem) -> JSONValue {
        var document = value
        if case .string(let text) = value {
            guard let parsed = try? JSONValue(parsing: text) else { throw ActionProblem("the text is no JSON") }
            document = parsed
        }
        guard pointer.isEmpty || pointer.hasPrefix("/") else {
            throw ActionProblem("the pointer \(pointer.prefix(80)) does not begin with /")
        }
        for part in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let name = part.replacing("~1", with: "/").replacing("~0", with: "~")
            let isIndex = !name.isEmpty && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
            let isPlain = isIndex && (name == "0" || !name.hasPrefix("0"))
            guard let next = document[String(name)] ?? (isPlain ? Int(name).flatMap { document.element($0) } : nil)
            else {
                throw ActionProblem("there is nothing at \(ResultText.firstLine(pointer))")
            }
            document = next
        }
        return document
    }

    private static func match(_ text: String, in input: String) throws(ActionProblem) -> String {
        let pattern: CapturePattern
        do throws(BoundedPattern.Problem) { pattern = try CapturePattern(text) } catch {
            throw ActionProblem("the pattern \(text.prefix(80)) cannot be used: \(error.message)")
        }
        switch pattern.first(in: input) {
        case .found(let part): return part
        case .nothing: throw ActionProblem("the pattern \(text.prefix(80)) is not found")
        case .tooLong: throw ActionProblem("the pattern \(text.prefix(80)) takes too long on this text")
        }
    }

    // MARK: What it is read as

    private static func reading(
        _ value: JSONValue, as kind: String, order: String?
    ) throws(ActionProblem) -> StepResult {
        let text = CleanText.trimmed(CleanText.clean(value.plainText))
        switch kind {
        case "number":
            if let number = value.number { return result(.number(number), text) }
            guard let number = NumberReading.firstNumber(in: text) else { throw nothing("number", text) }
            return result(.number(number), text)
        case "money":
            guard let amount = MoneyReading.amount(in: text), let number = Double("\(amount.value)") else {
                throw nothing("amount of money", text)
            }
            return result(.number(number), amount.words, ["currency": amount.currency.map(JSONValue.string) ?? .null])
        case "date": return try date(text, order: order)
        case "json":
            guard let document = value.string == nil ? value : try? JSONValue(parsing: text) else {
                throw ActionProblem("\"\(CleanText.firstLine(of: text, limit: 60))\" is no JSON")
            }
            return result(document, text)
        default: return result(.string(text), text)
        }
    }

    private static func date(_ text: String, order: String?) throws(ActionProblem) -> StepResult {
        do throws(DateReading.Problem) {
            let found = try DateReading.date(in: text, order: order.flatMap(DateReading.Order.init(rawValue:)))
            return result(.string(found.value), found.words)
        } catch {
            guard case .ambiguous(let words) = error else { throw nothing("date", text) }
            throw ActionProblem("\(words) may begin with the day or the month; \"order\" says which")
        }
    }

    private static func result(_ value: JSONValue, _ words: String, _ more: [String: JSONValue] = [:]) -> StepResult {
        let shown = ResultText.clean(value.plainText)
        let members: [String: JSONValue] = ["value": value, "text": .string(ResultText.clean(words))]
        return StepResult(text: shown, value: .object(members.merging(more) { $1 }))
    }

    private static func nothing(_ what: String, _ text: String) -> ActionProblem {
        ActionProblem("there is no \(what) in \"\(CleanText.firstLine(of: text, limit: 60))\"")
    }
}

/// Why an action cannot do what it is asked, in one clause.
struct ActionProblem: Error, Hashable {
    let message: String

    init(_ message: String) { self.message = message }
}
