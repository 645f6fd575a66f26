import JobModel

/// A hole with filters, as the template library gets to see it.
///
/// The library finds a name's value and has no filters that could fail, default or take arguments. So each such hole
/// is written as one member further, `?3`, which every value has: it is the value behind the filters of hole 3. Where
/// the name has no value at all, the root's member `*3` stands in, which is what these filters make of nothing.
struct TemplatePipe: Hashable, Sendable {
    let name: String
    let filters: [TemplateFilter]

    /// The text of a template with its filters replaced.
    static func written(_ text: String, piped: [TemplateTag]) -> String {
        var result = ""
        var place = text.startIndex
        for (number, tag) in piped.enumerated() {
            let member = tag.name == "." ? ".?\(number)" : "\(tag.name).?\(number)"
            result += text[place..<tag.range.lowerBound]
            result += "{{\(member)}}{{^\(member)}}{{*\(number)}}{{/\(member)}}"
            place = tag.range.upperBound
        }
        return result + text[place...]
    }

    /// The value behind the filters, in the kind that it has.
    func value(in data: TemplateData) -> JSONValue {
        applied(to: data.value(named: name) ?? .null, zone: data.zone)
    }

    func applied(to value: JSONValue, zone: String) -> JSONValue {
        filters.reduce(value) { $1.applied(to: $0, zone: zone) }
    }
}
