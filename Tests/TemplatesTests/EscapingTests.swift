import JobModel
import Templates
import Testing

@Suite("Escapes of places")
struct EscapingTests {
    @Test(arguments: [
        (Escaping.plain, "a<b>\"*", "a<b>\"*"),
        (.json, "\"},{\"x\":\"\\\n\t", "\\\"},{\\\"x\\\":\\\"\\\\\\n\\t"),
        (.url, "a b/../?x=1&y#z€", "a%20b%2F..%2F%3Fx%3D1%26y%23z%E2%82%AC"), (.url, "..", "%2E%2E"),
        (.url, "A-z_~.9", "A-z_~.9"),
        (.html, "<script>alert('x')</script> & \"", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;"),
        (.markdown, "[x](http://y) *b* `c` <i>", "\\[x\\]\\(http\\://y\\) \\*b\\* \\`c\\` \\<i\\>"),
        (.markdown, "# h\n1. x\n- y\n===", "\\# h\n1\\. x\n\\- y\n\\=\\=\\="),
        (
            .telegram, "_a_ *b* [c](d) ~e~ `f` >g #h +i -j =k |l {m} n. o! \\",
            "\\_a\\_ \\*b\\* \\[c\\]\\(d\\) \\~e\\~ \\`f\\` \\>g \\#h \\+i \\-j \\=k \\|l \\{m\\} n\\. o\\! \\\\"
        ),
        // An accent joins the mark before it into one character; the mark has to be escaped all the same.
        (.json, "\u{301}a\"\u{301}", "\u{301}a\\\"\u{301}"), (.csv, "a\"\u{301},", "\"a\"\"\u{301},\""),
        (.html, "<\u{301}", "&lt;\u{301}"), (.csv, "plain", "plain"), (.csv, "a,\"b\"\nc", "\"a,\"\"b\"\"\nc\""),
        (.csv, "=1+1", "'=1+1"),
        (.csv, "-3.5", "-3.5"),
        (.csv, "@SUM(A1;B2)", "\"'@SUM(A1;B2)\""), (.csv, "+cmd|x", "'+cmd|x"), (.csv, " x", "\" x\""),
    ])
    func escape(_ place: Escaping, _ text: String, _ expected: String) {
        #expect(place.escaped(text) == expected)
    }

    @Test func keepsJSONInJSON() throws {
        var data = TemplateData(members: ["x": ["text": "a\"b", "list": [1, "\"]"], "number": 1.5, "flag": true]])
        data.escape(for: .json)
        let template = try Template(
            "{\"t\": \"{{x.text}}\", \"l\": {{x.list | json}}, \"n\": {{x.number}}, \"f\": {{x.flag}}, \"g\": {{x.gone | json}}}"
        )
        let value = try JSONValue(parsing: template.render(data))
        #expect(value == ["t": "a\"b", "l": [1, "\"]"], "n": 1.5, "f": true, "g": nil])
    }

    @Test(arguments: Escaping.allCases)
    func reachEveryValue(_ place: Escaping) throws {
        var data = TemplateData(members: ["a": "<*\"=&_", "list": ["<*\"=&_"], "steps": ["s": ["x": "<*\"=&_"]]])
        data.escape(for: place)
        let template = try Template(
            "{{a}}|{{{a}}}|{{&a | trim}}|{{#list}}{{.}}{{/list}}|{{steps.s.x}}|{{gone | default: '<*\"=&_'}}")
        let escaped = place.escaped("<*\"=&_")
        #expect(template.render(data) == Array(repeating: escaped, count: 6).joined(separator: "|"))
    }

    @Test func doesNotEscapeTwice() throws {
        var data = TemplateData(members: ["a": "a b"])
        data.escape(for: .url)
        #expect(try Template("{{a | url}} {{a}} {{a | html}}").render(data) == "a%20b a%20b a%20b")
    }
}
