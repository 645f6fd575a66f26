import Foundation
import JobModel
import Templates

/// Any text as a template, and as foreign data in one.
enum TemplateFuzz {
    private static let now = Date(timeIntervalSince1970: 1_774_598_403)

    static func run(_ text: String) -> CInt {
        var data = TemplateData(
            members: [
                "event": ["title": .string(text), "items": [["n": 1], ["n": .string(text)]], "none": nil], "a": 2.5,
                "now": "2026-03-27 09:00:03 +01:00", "date": "2026-03-27", "fetch": ["text": .string(text)],
            ], texts: ["fetch": text], now: now, zone: "Europe/Berlin")
        checkData(text, &data)
        do {
            let template = try Template(text)
            for place in Escaping.allCases {
                data.escape(for: place)
                let rendered = template.render(data)
                if template.variables.isEmpty, !text.contains("{{") { promise(rendered == text, "words were changed") }
            }
            _ = template.soleValue(data)
            for name in template.unknownNames(in: TemplateData.names(steps: ["fetch"])) {
                promise(template.variables.contains(name.name), "an unknown name that is not there")
            }
        } catch {
            promise(error.line >= 1 && error.column >= 1 && !error.message.isEmpty, "an error without a place")
        }
        return 0
    }

    /// Data is never rendered again, and stays where it was put.
    private static func checkData(_ text: String, _ data: inout TemplateData) {
        guard let template = try? Template("{{event.title}}"), let json = try? Template("[\"{{event.title}}\"]") else {
            fatalError("broken promise: a plain template cannot be read")
        }
        let clean = CleanText.clean(text)
        data.escape(for: .plain)
        promise(template.render(data) == clean, "data was changed")
        data.escape(for: .json)
        promise((try? JSONValue(parsing: json.render(data))) == .array([.string(clean)]), "data left its JSON string")
        data.escape(for: .html)
        promise(!template.render(data).contains { "<>\"'".contains($0) }, "data left its HTML")
    }
}
