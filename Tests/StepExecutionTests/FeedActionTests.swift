import JobModel
import StepExecution
import Testing

@Suite("The action feed")
struct FeedActionTests {
    private static let url = "https://blog.test/feed"

    private static func run(_ feed: String, previous: StepResult? = nil, limit: Int = 50) async throws -> StepResult {
        let web = TableWeb(["GET \(url)": .success(WebAnswer(status: 200, contentType: "application/xml", body: feed))])
        return try await WebWorld(web)
            .run("feed", ["url": .string(url), "limit": .number(Double(limit))], previous: previous)
    }

    private static let rss = """
        <?xml version="1.0"?><rss version="2.0"><channel><title>Blog &amp; more</title>
        <item><title>Second</title><link>/2</link><guid>b</guid><pubDate>Fri, 27 Mar 2026 09:00:00 +0100</pubDate>
        <description><![CDATA[<p>Some <b>words</b></p>]]></description></item>
        <item><title>First</title><link>https://blog.test/1</link><pubDate>26 Mar 26 08:00 GMT</pubDate></item>
        </channel></rss>
        """
    private static let rdf = """
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old</title></channel>
        <item rdf:about="urn:1"><title>One</title><link>javascript:x</link><dc:date>2026-03-27</dc:date></item></rdf:RDF>
        """
    private static let atom = """
        <feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><entry><id>tag:1</id><title type="html">A &lt;i&gt;b</title>
        <link rel="self" href="https://x.test/self"/><link href="https://x.test/1"/><updated>2026-03-27T08:00:00.5Z</updated>
        <summary>words</summary></entry></feed>
        """

    @Test("reads RSS 2.0, RSS 1.0 and Atom")
    func kinds() async throws {
        let items = try await Self.run(Self.rss).value?["items"]?.array
        #expect(
            items == [
                [
                    "id": "b", "title": "Second", "link": "https://blog.test/2", "date": "2026-03-27T08:00:00Z",
                    "summary": "Some words",
                ],
                [
                    "id": "https://blog.test/1", "title": "First", "link": "https://blog.test/1",
                    "date": "2026-03-26T08:00:00Z", "summary": "",
                ],
            ])
        #expect(
            try await Self.run(Self.rdf).value?["items"]?.array == [
                ["id": "urn:1", "title": "One", "link": "", "date": "2026-03-27T00:00:00Z", "summary": ""]
            ])
        #expect(
            try await Self.run(Self.atom).value?["items"]?.array == [
                [
                    "id": "tag:1", "title": "A b", "link": "https://x.test/1", "date": "2026-03-27T08:00:00.500Z",
                    "summary": "words",
                ]
            ])
    }

    @Test("tells what the last run that succeeded had not seen")
    func news() async throws {
        let first = try await Self.run(Self.rss)
        #expect(first.value?["title"] == "Blog & more" && first.value?["count"] == 2 && first.value?["first"] == true)
        let again = try await Self.run(Self.rss, previous: first)
        #expect(again.value?["new"] == [] && again.value?["first"] == false && again.text.isEmpty)
        let more = Self.rss.replacing(
            "<item><title>Second", with: "<item><title>Third</title><link>/3</link></item><item><title>Second")
        let third = try await Self.run(more, previous: again)
        #expect(third.text == "Third: https://blog.test/3" && third.value?["count"] == 1)
        #expect(third.value?["seen"] == ["https://blog.test/3", "b", "https://blog.test/1"])
    }

    @Test("remembers five hundred ids, those of the feed first")
    func memory() async throws {
        func feed(_ numbers: Range<Int>) -> String {
            "<rss><channel>" + numbers.map { "<item><guid>\($0)</guid></item>" }.joined() + "</channel></rss>"
        }
        let first = try await Self.run(feed(0..<450))
        #expect(first.note == "450 items are new; 50 are told" && first.value?["new"]?.array?.count == 50)
        let second = try await Self.run(feed(450..<550), previous: first)
        let seen = second.value?["seen"]?.array
        #expect(seen?.count == 500 && seen?.first == "450" && seen?.last == "399")
    }

    @Test(
        "fails small on what is no feed",
        arguments: [
            (
                "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><rss><channel><title>&b;</title></channel></rss>",
                "the feed cannot be read: it declares entities of its own (bad_content)"
            ),
            ("<html><body>x</body></html>", "it is no feed: its outermost element is html (bad_content)"),
            ("<rss><channel>", "the feed cannot be read: its markup cannot be read (bad_content)"),
            ("words", "the feed cannot be read: there is no markup in it (bad_content)"),
        ])
    func refusals(_ text: String, _ error: String) async throws {
        #expect(try await Self.run(text).error == error)
    }
}
