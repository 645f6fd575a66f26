import JobModel
import Mustache

/// Values as the template library sees them: clean, and encoded for the place where they go.
struct TemplateNodes {
    let encoding: (@Sendable (String) -> String)?
    let escaping: Escaping
    let zone: String
    let pipes: [TemplatePipe]

    static func root(_ data: TemplateData, pipes: [TemplatePipe]) -> Any {
        let nodes = TemplateNodes(encoding: data.encoding, escaping: data.escaping, zone: data.zone, pipes: pipes)
        return ObjectNode(members: data.members, texts: data.texts, nodes: nodes, text: nil, isRoot: true)
    }

    /// `nil` for null, so that sections leave it out.
    func node(_ value: JSONValue, text: String? = nil) -> Any? {
        switch value {
        case .null: nil
        case .bool, .number, .string: ScalarNode(value: value, nodes: self)
        case .array(let items): ListNode(items: items, nodes: self)
        case .object(let members): ObjectNode(members: members, texts: [:], nodes: self, text: text)
        }
    }

    func written(_ text: String) -> String {
        let clean = CleanText.clean(text)
        return encoding?(clean) ?? clean
    }

    /// What the library asks for in place of the filters of a hole; `nil` for every other name.
    func piped(_ value: JSONValue, member: String) -> String? {
        guard let mark = member.first, mark == "?" || mark == "*", let number = Int(member.dropFirst()),
            pipes.indices.contains(number)
        else { return nil }
        let pipe = pipes[number]
        let text = Self.text(pipe.applied(to: value, zone: zone))
        let isEscaped = escaping != .plain && pipe.filters.last?.escaping == escaping
        return isEscaped ? CleanText.clean(text) : written(text)
    }

    static func text(_ value: JSONValue) -> String {
        value.array.map { $0.map(\.plainText).joined(separator: ", ") } ?? value.plainText
    }
}

/// A text, a number, or a flag; a flag that is down leaves sections out.
private struct ScalarNode: MustacheParent, MustacheCustomRenderable {
    let value: JSONValue
    let nodes: TemplateNodes

    var renderText: String { value.bool == nil ? nodes.written(value.plainText) : value.plainText }
    var isNull: Bool { value == .bool(false) }

    func child(named name: String) -> Any? { name.hasPrefix("?") ? nodes.piped(value, member: name) : nil }
}

/// Members by name; by itself it reads as its text, or as compact JSON.
private struct ObjectNode: MustacheParent, MustacheCustomRenderable {
    let members: [String: JSONValue]
    /// What members read as by themselves.
    let texts: [String: String]
    let nodes: TemplateNodes
    let text: String?
    var isRoot = false
    let isNull = false

    var renderText: String { isRoot ? "" : nodes.written(value.plainText) }

    private var value: JSONValue { text.map(JSONValue.string) ?? .object(members) }

    func child(named name: String) -> Any? {
        if name.hasPrefix("?") { return nodes.piped(value, member: name) }
        if name.hasPrefix("*") { return isRoot ? nodes.piped(.null, member: name) : nil }
        if isRoot, name == "steps", case .object(let steps) = members[name] {
            return ObjectNode(members: steps, texts: texts, nodes: nodes, text: nil)
        }
        return members[name].flatMap { nodes.node($0, text: texts[name]) }
    }
}

/// A list: sections repeat over it, by itself it reads as its items with commas between, and a digit is one of them.
private struct ListNode: MustacheSequence, MustacheParent, MustacheCustomRenderable {
    let items: [JSONValue]
    let nodes: TemplateNodes
    let isNull = false

    var renderText: String { nodes.written(TemplateNodes.text(.array(items))) }

    func child(named name: String) -> Any? {
        if name.hasPrefix("?") { return nodes.piped(.array(items), member: name) }
        guard name.allSatisfy({ $0.isASCII && $0.isNumber }), let place = Int(name), items.indices.contains(place)
        else {
            return nil
        }
        return nodes.node(items[place])
    }

    func makeIterator() -> IndexingIterator<[Any]> {
        items.compactMap { nodes.node($0) }.makeIterator()
    }
}
