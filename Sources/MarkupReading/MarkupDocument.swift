import CLibxml2

/// A page or a feed as a tree.
///
/// Nothing is fetched, no entity of a document's own is expanded, and what does not fit in the limits is refused. Not
/// `Sendable`: it is read where it was made.
package final class MarkupDocument {
    /// Bytes of a document that is read at all; its tree takes up to about ten times as much for the moment.
    package static let largest = 8 << 20
    /// Operations of one path over one document.
    static let stepLimit: UInt = 2_000_000

    let document: xmlDocPtr

    /// Once for the process, before the first document of any thread.
    private static let isReady: Bool = {
        xmlInitParser()
        return true
    }()

    /// Reads a page as browsers do, however broken it is; throws only where nothing at all can be made of it.
    package init(html text: String) throws(MarkupProblem) {
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue
        document = try Self.read(text) { bytes, count in
            htmlReadMemory(bytes, count, nil, "UTF-8", Int32(options))
        }
    }

    /// Reads well-formed XML. A document that declares entities is refused: they can stand for more than memory holds,
    /// or for files.
    package init(xml text: String) throws(MarkupProblem) {
        guard text.utf8.firstRange(of: "<!ENTITY".utf8) == nil else {
            throw MarkupProblem("it declares entities of its own")
        }
        let options =
            XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NONET.rawValue
            | XML_PARSE_NOCDATA.rawValue | XML_PARSE_COMPACT.rawValue
        document = try Self.read(text) { bytes, count in xmlReadMemory(bytes, count, nil, "UTF-8", Int32(options)) }
    }

    deinit { xmlFreeDoc(document) }

    private static func read(
        _ text: String, by reader: (UnsafePointer<CChar>?, Int32) -> xmlDocPtr?
    ) throws(MarkupProblem) -> xmlDocPtr {
        guard text.utf8.count <= largest else { throw MarkupProblem("it is longer than \(largest >> 20) MiB") }
        try MarkupMeasure.check(text)
        guard isReady, text.utf8.contains(UInt8(ascii: "<")) else { throw MarkupProblem("there is no markup in it") }
        var copy = text
        let document = copy.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { reader($0.baseAddress, Int32($0.count)) }
        }
        guard let document else { throw MarkupProblem("its markup cannot be read") }
        guard xmlDocGetRootElement(document) != nil else {
            xmlFreeDoc(document)
            throw MarkupProblem("there is no markup in it")
        }
        return document
    }

    /// The outermost element.
    package var root: MarkupNode { MarkupNode(xmlDocGetRootElement(document), in: self) }
}
