import CLibxml2

/// An element of a document, which lives as long as a node of it does.
package struct MarkupNode {
    let node: xmlNodePtr
    private let document: MarkupDocument

    init(_ node: xmlNodePtr, in document: MarkupDocument) {
        self.node = node
        self.document = document
    }

    /// Without the prefix of its name space.
    package var name: String { node.pointee.name.map(Self.text) ?? "" }

    /// Everything that is written in it, in order.
    package var text: String { Self.owned(xmlNodeGetContent(node)) }

    /// `nil` where the element has none of this name, with or without a prefix.
    package func attribute(_ name: String) -> String? {
        var property = node.pointee.type == XML_ELEMENT_NODE ? node.pointee.properties : nil
        while let found = property {
            if found.pointee.name.map(Self.text) == name {
                return Self.owned(
                    xmlNodeGetContent(UnsafeMutableRawPointer(found).assumingMemoryBound(to: xmlNode.self)))
            }
            property = found.pointee.next
        }
        return nil
    }

    /// Elements directly in it, in order.
    package var children: [MarkupNode] {
        var found: [MarkupNode] = []
        var next = node.pointee.children
        while let child = next {
            if child.pointee.type == XML_ELEMENT_NODE { found.append(MarkupNode(child, in: document)) }
            next = child.pointee.next
        }
        return found
    }

    /// Elements directly in it that have this name, whatever their name space.
    package func children(_ name: String) -> [MarkupNode] { children.filter { $0.name == name } }

    package func first(_ name: String) -> MarkupNode? { children(name).first }

    // MARK: Texts of libxml2

    static func text(_ bytes: UnsafePointer<xmlChar>) -> String { String(decodingCString: bytes, as: UTF8.self) }

    static func owned(_ bytes: UnsafeMutablePointer<xmlChar>?) -> String {
        guard let bytes else { return "" }
        defer { rota_xml_free(bytes) }
        return text(bytes)
    }
}
