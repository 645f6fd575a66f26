import Testing

import MarkupReading

@Suite("Pages and feeds as trees")
struct MarkupDocumentTests {
    @Test(
        "make something of broken pages",
        arguments: [
            ("<p>open <b>bold<p>next", "//p", ["open bold", "next"]),
            ("<table><td>cell</div></table>", "//td", ["cell"]),
            ("<a href='x&y=1'>&notanentity; &euro;5</a>", "//a", ["&notanentity; €5"]),
            ("text <b>only", "//p", ["text only"]),
            ("<p>\u{FFFD}\u{0}x</p><p>é</p>", "count(//p) > 0", ["true"]),
        ] as [(String, String, [String])])
    func recovers(_ page: String, _ path: String, _ texts: [String]) throws {
        #expect(try MarkupDocument(html: page).texts(at: path) == texts)
    }

    @Test("give attributes, and values of paths")
    func values() throws {
        let page = try MarkupDocument(html: "<a href=/1>x</a><a>y</a><a href=/2>z</a>")
        #expect(try page.texts(at: "//a", attribute: "href") == ["/1", "/2"])
        #expect(try page.texts(at: "//a/@href") == ["/1", "/2"])
        #expect(try page.texts(at: "count(//a)") == ["3"])
        #expect(try page.texts(at: "//a", limit: 1) == ["x"])
    }

    @Test("end a path that would take too long, and one that is none")
    func limits() throws {
        let page = try MarkupDocument(html: "<div>" + String(repeating: "<p>x</p>", count: 4000) + "</div>")
        #expect(throws: MarkupProblem.self) {
            try page.texts(at: "//p[count(preceding::p[count(following::p) > 1]) > 1]")
        }
        #expect(throws: MarkupProblem("\"//p[\" is no XPath")) { try page.texts(at: "//p[") }
    }

    @Test("stay small where a page nests without end")
    func depth() throws {
        let deep = String(repeating: "<div>", count: 200_000) + "x"
        _ = try? MarkupDocument(html: deep).texts(at: "//div", limit: 1)
        #expect(throws: MarkupProblem.self) {
            try MarkupDocument(xml: String(repeating: "<a>", count: 5000) + String(repeating: "</a>", count: 5000))
        }
    }

    @Test(
        "read no document with entities of its own, and no broken XML",
        arguments: [
            """
            <?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>
            """,
            "<!DOCTYPE l [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><l>&f;</l>", "<l><m></l>", "", "words",
        ])
    func refuses(_ text: String) {
        #expect(throws: MarkupProblem.self) { try MarkupDocument(xml: text) }
    }

    @Test("walk a tree by names without name spaces")
    func walking() throws {
        let feed = try MarkupDocument(
            xml: "<f xmlns:d='urn:d'><d:date>now</d:date><i a='1' d:b='2'><![CDATA[<b>]]></i></f>")
        #expect(feed.root.name == "f" && feed.root.first("date")?.text == "now")
        let item = try #require(feed.root.first("i"))
        #expect(item.text == "<b>" && item.attribute("a") == "1" && item.attribute("b") == "2")
        #expect(item.attribute("c") == nil && item.children.isEmpty)
    }
}
