import Foundation
import JobModel

/// How the texts of actions are filled where the place has rules of its own.
package enum ActionTexts {
    static func template(_ text: String) throws(RenderingProblem) -> Template {
        do {
            return try Template(text)
        } catch {
            throw RenderingProblem("its template cannot be read: \(error.message)")
        }
    }

    /// Foreign values in an address are percent-encoded; a hole in scheme, host or port is refused.
    package static func url(_ text: String, _ data: TemplateData) throws(RenderingProblem) -> String {
        let template = try template(text)
        guard !template.variables.isEmpty else { return text }
        let origin = text.firstRange(of: "://").flatMap { text[$0.upperBound...].firstIndex { "/?#".contains($0) } }
        guard let origin, !text[..<origin].contains("{{") else {
            throw RenderingProblem("the address \(text) has a hole in its host")
        }
        var data = data
        data.escape(for: .url)
        return template.render(data)
    }
}
