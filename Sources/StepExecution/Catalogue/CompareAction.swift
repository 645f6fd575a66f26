import Foundation
import JobModel
import Templates

/// `compare`: a value against another one, or against what it was when the step last came to something.
///
/// Differences are exact decimals: `24.90` against `22.41` is 2.49, not 2.4899….
struct CompareAction: CatalogueAction {
    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        guard let value = call["value"] else { return StepResult(error: "there is nothing to compare: value is empty") }
        let isSnapshot = call.approved["with"] == nil
        guard let other = isSnapshot ? context.previous[context.step]?.value?["value"] : call["with"] else {
            guard isSnapshot else { return StepResult(error: "there is nothing to compare with: \"with\" is empty") }
            return Self.result(["value": value, "other": .null, "changed": false, "direction": "first"])
        }
        guard let number = Self.decimal(value), let base = Self.decimal(other) else {
            let changed = value != other
            return Self.result([
                "value": value, "other": other, "changed": .bool(changed), "direction": changed ? "other" : "same",
            ])
        }
        return Self.result(Self.measures(number, against: base).merging(["value": value, "other": other]) { $1 })
    }

    private static func measures(_ value: Decimal, against base: Decimal) -> [String: JSONValue] {
        let difference = value - base
        var members: [String: JSONValue] = [
            "difference": number(difference), "changed": .bool(difference != 0),
            "direction": difference == 0 ? "same" : difference > 0 ? "up" : "down",
        ]
        // Nothing is so many percent of nothing.
        if base != 0 {
            let percent = difference / abs(base) * 100
            members["percent"] = number(percent)
            members["gap_percent"] = number(-percent)
        }
        return members
    }

    private static func result(_ members: [String: JSONValue]) -> StepResult {
        let value = members["value"]?.plainText ?? ""
        let words =
            switch members["direction"]?.string {
            case "first": "\(value), for the first time"
            case "same": "\(value), as before"
            default: "\(value) after \(members["other"]?.plainText ?? "")"
            }
        let percent = members["percent"]?.number.map { String(format: " (%+.1f %%)", $0) } ?? ""
        return StepResult(text: ResultText.clean(words + percent), value: .object(members))
    }

    /// A number as it is written, or the number that a text holds.
    private static func decimal(_ value: JSONValue) -> Decimal? {
        switch value {
        case .number(let number): Decimal(string: "\(number)")
        case .string(let text): NumberReading.firstNumber(in: text).flatMap { Decimal(string: "\($0)") }
        default: nil
        }
    }

    private static func number(_ decimal: Decimal) -> JSONValue {
        .number(Double("\(decimal)") ?? NSDecimalNumber(decimal: decimal).doubleValue)
    }
}
