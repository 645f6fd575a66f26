import JobModel

extension DocumentNode {
    /// As JSON: a bare word is the number or truth that it looks like, else a text.
    package var json: JSONValue {
        switch content {
        case .scalar(let scalar):
            if scalar.isNull { return .null }
            return scalar.truth.map(JSONValue.bool) ?? scalar.number.map(JSONValue.number) ?? .string(scalar.string)
        case .list(let items): return .array(items.map(\.json))
        case .object(let members, _):
            return .object(Dictionary(members.map { ($0.key, $0.value.json) }, uniquingKeysWith: { $1 }))
        }
    }
}
