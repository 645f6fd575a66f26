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

    @Test("refuse what would make a large tree of little text, and pass what only looks like it")
    func measure() throws {
        let attributes = (0..<300_000).map { " a\($0)" }.joined()
        for page in [
            String(repeating: "<br>", count: 300_000), "<p\(attributes)>", "<p \"\(attributes)\">",
            "<p" + String(repeating: "/a", count: 1001) + ">",
            String(repeating: "<p" + String(repeating: " a", count: 900) + ">", count: 600),
        ] {
            #expect(throws: MarkupProblem.self) { try MarkupDocument(html: page) }
        }
        let drawing = "<p><path d='\(String(repeating: "M 1 2 ", count: 5000))'/>drawn</p>"
        #expect(try MarkupDocument(html: drawing).texts(at: "//p") == ["drawn"])
        let script = "<script>i<n;\(String(repeating: "a b ", count: 5000))</script><p>run</p>"
        #expect(try MarkupDocument(html: script).texts(at: "//p") == ["run"])
        let table = "<table>" + String(repeating: "<tr><td class=a>1<td>2", count: 20_000) + "</table>"
        #expect(try MarkupDocument(html: table).texts(at: "count(//td)") == ["40000"])
    }
}
