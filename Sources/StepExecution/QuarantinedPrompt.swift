import Foundation
import JobModel
import Templates

/// A prompt as the quarantined model sees it: no tools, and every foreign value between the marks of this one call.
struct QuarantinedPrompt: Sendable {
    /// Bytes of each value or part that are sent, and of all parts together.
    static let partLimit = 24 << 10
    static let totalLimit = 96 << 10
    private static let maximumTokens = 1500

    let request: ModelRequest
    private let spotlight: Spotlight

    init(template: String, parts: [PromptMaterial.Part], data: TemplateData, timeout: TimeInterval) {
        let spotlight = Spotlight()
        self.spotlight = spotlight
        var data = data
        data.encoding = { spotlight.around($0, limit: Self.partLimit) }
        // The words were read once before this; where they cannot be read they are sent as they stand.
        var sections = [(try? Template(template))?.render(data) ?? template]
        var left = Self.totalLimit
        for part in parts {
            let limit = min(Self.partLimit, left)
            left -= min(limit, part.text.utf8.count)
            sections.append("\(part.title):\n\(spotlight.around(part.text, limit: limit))")
        }
        request = ModelRequest(
            instructions: Self.instructions(spotlight), input: sections.joined(separator: "\n\n"),
            schema: PromptReply.schema, schemaName: PromptReply.name, maximumTokens: Self.maximumTokens,
            timeout: min(timeout, 120))
    }

    /// The answer as a result: clean, cut, and without the marks. Its words may follow from foreign text, so from here
    /// on it is data, never an instruction.
    ///
    /// A kept answer would hold the marks of the call that it was given for.
    func text(of answer: ModelAnswer) throws(ModelError) -> String {
        let said = spotlight.removed(from: try PromptReply(answer).text)
        let text = ResultText.clean(answer.keptAt == nil ? said : Spotlight.withoutMarks(said))
        guard !text.isEmpty else { throw .malformed("it said nothing") }
        return text
    }

    private static func instructions(_ spotlight: Spotlight) -> String {
        """
        You write the result of a scheduled job for the person who set it up. Answer with one JSON document: \
        {"text": "…"}. The text is the result itself and nothing else: plain, short and to the point, in the \
        language of the request, without greeting and without offering more help.
        \(spotlight.rule)
        """
    }
}
