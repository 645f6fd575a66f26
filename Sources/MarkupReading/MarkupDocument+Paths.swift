import CLibxml2

extension MarkupDocument {
    /// Elements that are looked at, and bytes of all their texts together.
    package static let mostElements = 1000
    private static let mostBytes = 16 << 20

    /// The texts that an XPath leads to, in the order of the document: of elements, or of an attribute of theirs.
    ///
    /// A path may also be a value by itself (`count(//li)`, `string(//h1)`), which is then the only text. Elements
    /// without the attribute are left out. At most `limit` texts, white space in them as one blank.
    package func texts(
        at path: String, attribute: String? = nil, limit: Int = mostElements
    ) throws(MarkupProblem) -> [String] {
        guard let context = rota_xpath_context(document, Self.stepLimit) else { throw MarkupProblem("memory is short") }
        defer { xmlXPathFreeContext(context) }
        guard let expression = xmlXPathCtxtCompile(context, path) else {
            throw MarkupProblem("\"\(path)\" is no XPath")
        }
        defer { xmlXPathFreeCompExpr(expression) }
        guard let result = xmlXPathCompiledEval(expression, context) else {
            throw MarkupProblem("\"\(path)\" cannot be followed in this document")
        }
        defer { xmlXPathFreeObject(result) }
        guard result.pointee.type == XPATH_NODESET else {
            return [Self.oneLine(MarkupNode.owned(xmlXPathCastToString(result)))]
        }
        return texts(of: result.pointee.nodesetval, attribute: attribute, limit: min(limit, Self.mostElements))
    }

    private func texts(of found: xmlNodeSetPtr?, attribute: String?, limit: Int) -> [String] {
        guard let found, let nodes = found.pointee.nodeTab else { return [] }
        var (texts, bytes): ([String], Int) = ([], 0)
        for index in 0..<Int(found.pointee.nodeNr) where texts.count < limit && bytes < Self.mostBytes {
            guard let pointer = nodes[index] else { continue }
            let node = MarkupNode(pointer, in: self)
            guard let text = attribute == nil ? node.text : node.attribute(attribute ?? "") else { continue }
            bytes += text.utf8.count
            texts.append(Self.oneLine(text))
        }
        return texts
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
