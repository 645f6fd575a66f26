import Foundation
import JobModel
import Templates
import Testing

/// Random expressions are worth what a direct reckoning of the same tree says, however they are spaced and bracketed.
@Suite("Random expressions")
struct RandomExpressionTests {
    /// A tree that knows its value: whole numbers for arithmetic, so that the oracle has nothing to round.
    private indirect enum Tree {
        case number(Int)
        case name(String)
        case negative(Tree)
        case reckoned(Tree, Character, Tree)
        case compared(Tree, String, Tree)
        case joined(Tree, String, Tree)
        case not(Tree)
        case truth(Bool)

        /// How tightly it binds; a looser part stands in brackets.
        var rank: Int {
            switch self {
            case .number, .name, .truth: 7
            case .negative: 6
            case .reckoned(_, let sign, _): "*%".contains(sign) ? 5 : 4
            case .compared: 3
            case .not: 2
            case .joined(_, let word, _): word == "and" ? 1 : 0
            }
        }
    }

    private struct Draw {
        var state: UInt64

        init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func below(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }

        mutating func of<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
    }

    private static let names = ["one": 1, "event.two": 2, "scan.items.0.n": 30, "a-b": -4]
    private static let data = TemplateData(members: [
        "one": 1, "event": ["two": 2], "scan": ["items": [["n": 30]]], "a-b": -4,
    ])

    // MARK: Trees

    private static func arithmetic(_ draw: inout Draw, depth: Int) -> Tree {
        switch depth == 0 ? draw.below(2) : draw.below(6) {
        case 0: return .number(draw.below(10))
        case 1: return .name(draw.of(names.keys.sorted()))
        case 2: return .negative(arithmetic(&draw, depth: depth - 1))
        default:
            let left = arithmetic(&draw, depth: depth - 1)
            return .reckoned(left, draw.of(["+", "-", "*", "%"]), arithmetic(&draw, depth: depth - 1))
        }
    }

    private static func condition(_ draw: inout Draw, depth: Int) -> Tree {
        switch depth == 0 ? draw.below(2) : draw.below(5) {
        case 0: return .truth(draw.below(2) == 0)
        case 1, 2:
            let left = arithmetic(&draw, depth: 2)
            return .compared(left, draw.of(["<", "<=", "==", "!=", ">=", ">"]), arithmetic(&draw, depth: 2))
        case 3: return .not(condition(&draw, depth: depth - 1))
        default:
            let left = condition(&draw, depth: depth - 1)
            return .joined(left, draw.of(["and", "or"]), condition(&draw, depth: depth - 1))
        }
    }

    // MARK: The oracle

    private static func number(_ tree: Tree) -> Int? {
        switch tree {
        case .number(let value): return value
        case .name(let name): return names[name]
        case .negative(let inner): return number(inner).map { -$0 }
        case .reckoned(let left, let sign, let right):
            guard let first = number(left), let second = number(right) else { return nil }
            switch sign {
            case "+": return first + second
            case "-": return first - second
            case "*": return first * second
            default: return second == 0 ? nil : first % second
            }
        default: return nil
        }
    }

    /// `nil` where it divides by zero; what need not be looked at is not.
    private static func truth(_ tree: Tree) -> Bool? {
        switch tree {
        case .truth(let value): return value
        case .not(let inner): return truth(inner).map { !$0 }
        case .joined(let left, let word, let right):
            guard let first = truth(left) else { return nil }
            return first == (word == "or") ? first : truth(right)
        case .compared(let left, let sign, let right):
            guard let first = number(left), let second = number(right) else { return nil }
            let signs: [String: (Int, Int) -> Bool] = [
                "<": (<), "<=": (<=), "==": (==), "!=": (!=), ">=": (>=), ">": (>),
            ]
            return signs[sign]?(first, second)
        default: return nil
        }
    }

    // MARK: Writing

    private static func text(_ tree: Tree, above rank: Int, _ draw: inout Draw) -> String {
        let inner = text(tree, &draw)
        guard tree.rank < rank || draw.below(8) == 0 else { return inner }
        return "(\(space(&draw))\(inner)\(space(&draw)))"
    }

    private static func text(_ tree: Tree, _ draw: inout Draw) -> String {
        switch tree {
        case .number(let value): return draw.of(["\(value)", "\(value).0", "\(value)e0"])
        case .name(let name):
            return name.contains("-") || draw.below(2) == 0 ? "{{\(space(&draw))\(name)\(space(&draw))}}" : name
        case .truth(let value): return draw.of(["\(value)", "\(value)".uppercased()])
        case .negative(let inner): return "-" + space(&draw) + text(inner, above: 6, &draw)
        case .not(let inner): return draw.of(["not ", "! ", "NOT\n"]) + text(inner, above: 2, &draw)
        case .reckoned(let left, let sign, let right):
            let first = text(left, above: tree.rank, &draw)
            return first + space(&draw) + String(sign) + space(&draw) + text(right, above: tree.rank + 1, &draw)
        case .compared(let left, let sign, let right):
            let first = text(left, above: 4, &draw)
            let written = sign == "==" ? draw.of(["==", "="]) : sign == "!=" ? draw.of(["!=", "<>", "≠"]) : sign
            return first + space(&draw) + written + space(&draw) + text(right, above: 4, &draw)
        case .joined(let left, let word, let right):
            let first = text(left, above: tree.rank, &draw)
            let written = word == "and" ? draw.of([" and ", "\nAND\t", " && "]) : draw.of([" or ", "\nOR ", " || "])
            return first + written + text(right, above: tree.rank + 1, &draw)
        }
    }

    private static func space(_ draw: inout Draw) -> String { draw.of(["", "", " ", "  ", "\n", "\t "]) }

    // MARK: The properties

    @Test(arguments: UInt64(1)...20)
    func areWorthWhatTheirTreesAre(seed: UInt64) throws {
        var draw = Draw(seed)
        for _ in 0..<200 {
            let tree = Self.condition(&draw, depth: 4)
            let text = Self.text(tree, above: 0, &draw)
            let expression = try Expression(text)
            if let expected = Self.truth(tree) {
                #expect(try expression.holds(Self.data) == expected, "\(text)")
            } else {
                #expect(throws: ExpressionProblem("it divides by zero"), "\(text)") { try expression.holds(Self.data) }
            }
        }
    }

    @Test(arguments: UInt64(1)...10)
    func reckonCentsExactly(seed: UInt64) throws {
        var draw = Draw(seed &+ 1_000)
        for _ in 0..<200 {
            let (left, right) = (draw.below(1_000_000), draw.below(1_000_000))
            let (sum, product) = (left + right, left * right)
            func money(_ cents: Int, _ places: Int) -> String {
                let digits = String(cents)
                let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
                return padded.dropLast(places) + "." + padded.suffix(places)
            }
            let data = TemplateData(members: ["a": .number(Double(left) / 100), "b": .number(Double(right) / 100)])
            #expect(try Expression("a + b == \(money(sum, 2)) and a * b == \(money(product, 4))").holds(data))
            #expect(try Expression("(a + b) - b == a and a - \(money(left, 2)) == 0").holds(data))
        }
    }

    @Test(arguments: UInt64(1)...20)
    func neverCrash(seed: UInt64) {
        var draw = Draw(seed &+ 2_000)
        let pieces = [
            "{{", "}}", "(", ")", "[", "]", ",", "and", "or", "not", "is", "empty", "in", "contains", "matches", "'a+'",
            "\"", "'",
            "1", "2.5", "1e59", "90m", "days", "now", "date", "'2026-03-01'", "price", "text", "list", ".", "-", "+",
            "*", "/", "%",
            "<", "==", "!", "null", "true", "round", "first", "length", "age", "|", ":", " ", "\n", "é", "\u{0}", "🙂",
            "default",
            "#", "^", "upper", "yyyy",
        ]
        let data = TemplateData(
            members: ["price": 3.5, "text": "2026-03-01", "list": [1, "a"]], texts: ["text": "2026-03-01"],
            now: Date(timeIntervalSince1970: 1_774_598_403))
        for _ in 0..<300 {
            let text = (0..<draw.below(16)).map { _ in draw.of(pieces) + draw.of(["", " "]) }.joined()
            if let expression = try? Expression(text) {
                _ = try? expression.value(data)
                _ = try? expression.holds(data)
            }
            if let template = try? Template(text) { _ = template.render(data) }
            if let template = try? Template("{{\(text)}}") { _ = (template.render(data), template.soleValue(data)) }
            let bytes = (0..<draw.below(40)).map { _ in UInt8(draw.below(256)) }
            let noise = String(decoding: bytes, as: UTF8.self)
            _ = (try? Expression(noise), try? Template(noise), try? BoundedPattern(noise))
        }
    }
}
