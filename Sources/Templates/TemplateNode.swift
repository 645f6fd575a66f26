import JobModel
import Mustache

/// Values as the template library sees them: clean, and encoded for the place where they go.
struct TemplateNodes {
    let encoding: (@Sendable (String) -> String)?

    static func root(_ data: TemplateData) -> Any {
        ObjectNode(
            members: data.members, texts: data.texts, nodes: TemplateNodes(encoding: data.encoding), renderText: "")
    }

    /// `nil` for null, so that sections leave it out.
    func node(_ value: JSONValue, text: String? = nil) -> Any? {
        switch value {
        case .null: nil
        case .bool(let value): value
        case .number, .string: written(value.plainText)
        case .array(let items): ListNode(items: items, nodes: self)
        case .object(let members):
            ObjectNode(members: members, texts: [:], nodes: self, renderText: written(text ?? value.plainText))
        }
    }

    fileprivate func written(_ text: String) -> String {
        let clean = CleanText.clean(text)
        return encoding?(clean) ?? clean
    }
}

/// Members by name; by itself it reads as its text, or as compact JSON.
private struct ObjectNode: MustacheParent, MustacheCustomRenderable {
    let members: [String: JSONValue]
    let texts: [String: String]
    let nodes: TemplateNodes
    let renderText: String
    let isNull = false

    func child(named name: String) -> Any? {
        members[name].flatMap { nodes.node($0, text: texts[name]) }
    }
}

/// A list: sections repeat over it, by itself it reads as its items with commas between.
private struct ListNode: MustacheSequence, MustacheCustomRenderable {
    let items: [JSONValue]
    let nodes: TemplateNodes
    let isNull = false

    var renderText: String { nodes.written(items.map(\.plainText).joined(separator: ", ")) }

    func makeIterator() -> IndexingIterator<[Any]> {
        items.compactMap { nodes.node($0) }.makeIterator()
    }
}
