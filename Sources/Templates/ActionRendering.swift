import Foundation
import JobModel

/// Why an action cannot be carried out with the data at hand.
package struct RenderingProblem: Error, Hashable, Sendable {
    /// One clause.
    package let message: String

    package init(_ message: String) { self.message = message }
}

extension Action {
    /// The action with its holes filled, ready to be carried out.
    ///
    /// Foreign data stays in its slot: in a URL it is percent-encoded and never reaches scheme, host or port; as an
    /// argument of a script it may not begin with `-` unless the argument was written so. A `notify` without words
    /// says how the steps so far went.
    package func rendered(in context: StepContext, zone: String) throws(RenderingProblem) -> Action {
        let data = TemplateData(context, zone: zone)
        switch self {
        case .notify(let text, let to):
            return .notify(text: try Self.fill(text.isEmpty ? "{{outcome}}" : text, data), to: to)
        case .prompt(let text, let gather):
            return .prompt(text: try Self.fill(text, data), gather: gather)
        case .script(let path, let arguments):
            return .script(path: path, arguments: try Self.arguments(arguments, data))
        case .http(let method, let url, let body):
            let body: String? = if let body { try Self.fill(body, data) } else { nil }
            return .http(method: method, url: try ActionTexts.url(url, data), body: body)
        case .agent(var order):
            order.goal = try Self.fill(order.goal, data)
            return .agent(order)
        case .playbook, .system, .call:
            // A call is filled by whoever knows the schema of its parameters.
            return self
        }
    }

    private static func fill(_ text: String, _ data: TemplateData) throws(RenderingProblem) -> String {
        CleanText.clean(try ActionTexts.template(text).render(data))
    }

    private static func arguments(_ arguments: [String], _ data: TemplateData) throws(RenderingProblem) -> [String] {
        var rendered: [String] = []
        for argument in arguments {
            let value = try ActionTexts.template(argument).render(data)
            guard !value.hasPrefix("-") || argument.hasPrefix("-") else {
                throw RenderingProblem(
                    "the argument \(argument) became \"\(value.prefix(40))\", which begins with \"-\"")
            }
            rendered.append(value)
        }
        return rendered
    }
}
