import Foundation
import JobModel
import Templates
import Testing

@Suite("Templates")
struct TemplateTests {
    private let data = TemplateData(
        members: [
            "event": [
                "title": "a < b & \"c\"", "number": 3, "labels": ["bug", "ui"], "nested": ["deep": true], "none": nil,
                "sneaky": "{{job.name}}", "color": "\u{1B}[31mred\u{1B}[0m\u{202E}", "items": [["n": 1], ["n": 2]],
            ],
            "job": ["name": "Backup"], "fetch": ["text": "20 €", "number": 20],
        ], texts: ["fetch": "20 €"])

    @Test(arguments: [
        ("plain words", "plain words"),
        ("{{event.title}}", "a < b & \"c\""),
        ("{{{event.title}}} {{&event.number}}", "a < b & \"c\" 3"),
        ("{{ fetch.number }}/{{fetch.text}}/{{fetch}}", "20/20 €/20 €"),
        ("{{event.sneaky}}", "{{job.name}}"),
        ("{{event.color}}!", "red!"),
        ("{{event.none}}{{event.missing}}{{nothing.at.all}}", ""),
        ("{{event.labels}}", "bug, ui"),
        ("{{#event.labels}}[{{.}}]{{/event.labels}}", "[bug][ui]"),
        ("{{#event.items}}{{n}};{{/event.items}}", "1;2;"),
        ("{{#event.nested.deep}}yes{{/event.nested.deep}}{{^event.nested.deep}}no{{/event.nested.deep}}", "yes"),
        ("{{^event.none}}nothing{{/event.none}}", "nothing"),
        ("{{! a remark }}x", "x"),
        ("\nfirst\n{{#event.labels}}\n- {{.}}\n{{/event.labels}}\nlast", "\nfirst\n- bug\n- ui\nlast"),
        ("a { b } {", "a { b } {"),
        ("{{job.name}} {", "Backup {"),
        ("{{event.nested}}", "{\"deep\":true}"),
        ("Grüße 👋 {{job.name}}", "Grüße 👋 Backup"),
    ])
    func renders(_ text: String, _ expected: String) throws {
        #expect(try Template(text).render(data) == expected)
    }

    @Test(arguments: [
        ("x {{a", TemplateError(.unclosedTag, line: 1, column: 3)),
        ("{{a {{b}}", TemplateError(.unclosedTag, line: 1, column: 1)),
        ("one\n two {{}}", TemplateError(.badName(""), line: 2, column: 6)),
        ("{{a b}}", TemplateError(.badName("a b"), line: 1, column: 1)),
        ("{{prüfung}}", TemplateError(.badName("prüfung"), line: 1, column: 1)),
        ("{{#a}}x", TemplateError(.unbalancedSection("a"), line: 1, column: 1)),
        ("{{/a}}", TemplateError(.unbalancedSection("a"), line: 1, column: 1)),
        ("{{#a}}{{/b}}", TemplateError(.unbalancedSection("b"), line: 1, column: 7)),
        ("{{>partial}}", TemplateError(.unsupportedTag("{{>partial}}"), line: 1, column: 1)),
        ("{{$block}}{{/block}}", TemplateError(.unsupportedTag("{{$block}}"), line: 1, column: 1)),
        ("{{=<% %>=}}", TemplateError(.unsupportedTag("{{=<% %>=}}"), line: 1, column: 1)),
        ("{{% CONTENT_TYPE:HTML}}", TemplateError(.unsupportedTag("{{% CONTENT_TYPE:HTML}}"), line: 1, column: 1)),
        ("{{uppercase(a)}}", TemplateError(.unsupportedTag("{{uppercase(a)}}"), line: 1, column: 1)),
    ])
    func refuses(_ text: String, _ expected: TemplateError) {
        #expect(throws: expected) { try Template(text) }
    }

    @Test func namesEveryVariableOnceInOrder() throws {
        let template = try Template("{{b.x}} {{a}} {{b.x}} {{#c}}{{d}}{{/c}}{{! e }}")
        #expect(template.variables == ["b.x", "a", "c", "d"])
    }

    @Test(arguments: [
        ("{{fetch.text}} {{event.any.thing}} {{job.name}} {{now}} {{outcome}}", [String]()),
        ("{{fetsh.text}} and {{fetch.txt}}", ["fetsh.text", "fetch.txt"]),
        ("{{#event.items}}{{name}}{{fetch.oops}}{{/event.items}}", ["fetch.oops"]),
        ("{{name}}", ["name"]),
        ("{{eventual}}", ["eventual"]),
    ])
    func findsUnknownNames(_ text: String, _ expected: [String]) throws {
        #expect(try Template(text).unknown(in: TemplateData.names(steps: ["fetch"])) == expected)
    }

    @Test func tellsMomentsInTheZoneOfTheSchedule() throws {
        let now = Date(timeIntervalSince1970: 1_774_598_403)  // 2026-03-27 08:00:03 UTC
        let job = Job(
            name: "Backup", triggers: [Trigger(.schedule(Schedule(.once([now]), zone: "Europe/Berlin")))],
            steps: [Step(name: "backup", action: .script(path: "backup.sh", arguments: []))],
            provenance: Provenance(sentence: "", interpreter: "offline"), createdAt: now)
        var context = StepContext(
            job: job, run: Run(jobID: 1, cause: .schedule, due: now - 3), timeout: 1, now: now)
        context.results["backup"] = StepResult(text: "", exitCode: 1, error: "exit 1: disk full")
        let data = TemplateData(context, zone: "UTC")
        let template = try Template(
            "{{date}} {{time}} | {{run.due}} | {{outcome}} | {{backup.exitCode}} {{backup.error}}")
        #expect(
            template.render(data)
                == "2026-03-27 09:00:03 | 2026-03-27 09:00 +01:00 | Backup failed (exit 1): disk full | 1 exit 1: disk full"
        )
    }

    @Test(arguments: [
        ("UTC+05:30", "2026-03-27 13:30:03 +05:30"), ("UTC-3", "2026-03-27 05:00:03 -03:00"),
        ("America/New_York", "2026-03-27 04:00:03 -04:00"), ("Nowhere/AtAll", "2026-03-27 08:00:03 +00:00"),
    ])
    func knowsZones(_ zone: String, _ expected: String) {
        #expect(LocalTimeText(zone: zone).moment(Date(timeIntervalSince1970: 1_774_598_403)) == expected)
    }
}
