import Foundation
import JobModel
import Templates
import Testing

@Suite("Filters of templates")
struct TemplateFilterTests {
    private static let data = TemplateData(
        members: [
            "date": "2026-03-27", "time": "09:00:03", "now": "2026-03-27 09:00:03 +01:00",
            "scan": [
                "price": 1234.567, "half": 0.125, "empty": "", "none": nil, "seconds": 7500, "bytes": 1_500_000,
                "words": "  One\ntwo\nthree ", "list": ["a", "b", 3], "items": [["title": "x"], ["title": "y"]],
                "at": "2026-12-05T23:30:00Z", "flag": true, "nasty": "<b>\"&'", "numeric": "2.345", "no": [],
                "?0": "evil", "*0": "evil",
            ],
            "fetch": ["text": "fetched words", "number": 1], "other": [1, 2],
        ], texts: ["fetch": "fetched words"], zone: "Europe/Berlin")

    @Test(arguments: [
        ("{{scan.price | round: 2}}", "1234.57"), ("{{scan.price|round}}", "1235"),
        ("{{ scan.price | number: 2 }}", "1,234.57"), ("{{scan.price | number}}", "1,234.567"),
        ("{{scan.numeric | round: 1}}", "2.3"), ("{{scan.words | round: 1 | trim | lines: 1}}", "One"),
        ("{{scan.half | percent}}", "12.5%"), ("{{scan.half | percent: 0}}", "13%"),
        ("{{scan.seconds | duration}}", "2 h 5 min"), ("{{scan.bytes | size}}", "1.5 MB"),
        ("{{scan.none | default: \"none\"}}/{{scan.empty | default: 'e'}}/{{nope.at.all | default: 0}}", "none/e/0"),
        ("{{scan.no | default: \"no items\"}}", "no items"), ("{{scan.half | default: \"none\"}}", "0.125"),
        ("{{scan.words | trim | upper | lines: 2}}", "ONE\nTWO"), ("{{scan.words | trim | first: 3 | lower}}", "one"),
        ("{{scan.list | join: \" - \"}}", "a - b - 3"), ("{{scan.list | first: 2 | join: \"|\"}}", "a|b"),
        ("{{scan.list | json}}", "[\"a\",\"b\",3]"), ("{{scan.nasty | html}}", "&lt;b&gt;&quot;&amp;&#39;"),
        ("{{scan.nasty | url}}", "%3Cb%3E%22%26%27"), ("{{scan.none | json}}", "null"), ("{{scan.none | upper}}", ""),
        ("{{date:yyyy}}/{{date:dd.MM.yy}} {{now:HH:mm}} {{time:HH}}", "2026/27.03.26 09:00 09"),
        ("{{now:EEEE d MMMM yyyy 'at' h:mm a XXX}}", "Friday 27 March 2026 at 9:00 AM +01:00"),
        ("{{scan.at | date: \"dd MMM HH:mm\"}}", "06 Dec 00:30"),
        ("{{scan.words | date: \"dd\" | trim | first: 3}}", "One"),
        ("{{scan.items.0.title}}{{scan.items.1.title | upper}}{{scan.items.9.title | default: \"-\"}}", "xY-"),
        ("{{#scan.items}}{{title | upper}};{{/scan.items}}", "X;Y;"),
        ("{{#scan.list}}{{. | upper}}{{/scan.list}}", "AB3"),
        ("{{#scan.items}}{{scan.half | percent}}{{gone | default: \"d\"}}{{/scan.items}}", "12.5%d12.5%d"),
        ("{{scan.flag | upper}}", "TRUE"), ("{{fetch | upper}}", "FETCHED WORDS"), ("{{other.1 | round: 2}}", "2"),
        ("{{scan.price | round: 2}}\nnext\n", "1234.57\nnext\n"), ("  {{scan.half | round}}  \n", "  0  \n"),
        ("{{&scan.nasty | lower}}{{{scan.half | round: 1}}}", "<b>\"&'0.1"), ("{{scan.?0}}", "bad name"),
    ])
    func renders(_ text: String, _ expected: String) throws {
        guard expected != "bad name" else {
            #expect(throws: TemplateError.self) { try Template(text) }
            return
        }
        #expect(try Template(text).render(Self.data) == expected)
    }

    @Test(arguments: [
        ("{{a | rond: 2}}", "there is no filter \"rond\"; \"round\" is near"),
        ("{{a | round: \"2\"}}", "round takes a whole number up to 20"),
        ("{{a | round: 2.5}}", "round takes a whole number up to 20"),
        ("{{a | first}}", "first needs something behind a colon, as in first: 100"),
        ("{{a | upper: 3}}", "upper takes nothing behind a colon"),
        ("{{a | default: none}}", "\"none\" behind default is neither a number nor a text in quotation marks"),
        ("{{a | default}}", "default needs something behind a colon, as in default: \"none\""),
        ("{{a | }}", "a | has no filter behind it"), ("{{a | default: \"x}}", "a quotation mark is not closed"),
        ("{{date:}}", "a pattern for a date is needed there, such as yyyy-MM-dd"),
        ("{{date:yyyy-mmm}}", "mmm is no field of a date; yyyy, MM, MMM, dd, EEE, HH, mm and ss are"),
        ("{{a | date: 3}}", "date takes a text in quotation marks"),
    ])
    func refuses(_ text: String, _ problem: String) {
        #expect(throws: TemplateError(.badFilter(problem), line: 1, column: 1)) { try Template(text) }
    }

    @Test(
        arguments: [
            ("{{scan.price | round: 1}}", 1234.6), ("{{scan.list | first: 1}}", ["a"]), ("{{gone | default: 3}}", 3),
            ("{{scan.half}}", 0.125), ("{{scan.price | round: 1}}!", nil),
        ] as [(String, JSONValue?)])
    func keepsKinds(_ text: String, _ expected: JSONValue?) throws {
        #expect(try Template(text).soleValue(Self.data) == expected)
    }

    @Test func refusesEndlessSections() {
        let deep = String(repeating: "{{#a}}", count: 5_000) + String(repeating: "{{/a}}", count: 5_000)
        #expect(throws: TemplateError(.tooDeep, line: 1, column: 145)) { try Template(deep) }
    }

    @Test func findsUnknownMembers() throws {
        let known = TemplateData.names(
            steps: [("scan", ["price", "items"]), ("any", nil)], inputs: ["limit"])
        let text = """
            {{scan.prise | round: 2}} {{scan.price}} {{scan.items.0.title}} {{steps.scan.price}} {{any.thing}} {{input.limt}}
            {{user.email}} {{item.name}} {{date:yyyy}} {{scan.text}} {{qwertz}} {{input.limit}} {{steps.scan.prcie}}
            """
        #expect(
            try Template(text).unknownNames(in: known) == [
                UnknownName(name: "scan.prise", nearest: "scan.price"),
                UnknownName(name: "input.limt", nearest: "input.limit"),
                UnknownName(name: "qwertz", nearest: nil),
                UnknownName(name: "steps.scan.prcie", nearest: "steps.scan.price"),
            ])
        #expect(
            try Expression("scan.prise < 3 and scan failed and scna failed").unknownNames(in: known).map(\.message) == [
                "{{scan.prise}} is not known; scan.price is near", "{{scna.failed}} is not known; scan.failed is near",
            ])
    }
}
