import JobModel
import Testing

@testable import StepExecution

/// What of a model's answer to a prompt is the result.
struct PromptReplyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String { "\(answer), \(isForced ? "forced" : "asked")" }
        var answer: String
        var isForced = true
        /// `nil`: the answer is of no use.
        var text: String?

        init(_ answer: String, isForced: Bool = true, _ text: String?) {
            self.answer = answer
            self.isForced = isForced
            self.text = text
        }
    }

    @Test(arguments: [
        Row(#"{"text":"All quiet."}"#, "All quiet."),
        Row(#"{"text":"All quiet."}"#, isForced: false, "All quiet."),
        Row("Sure! Here you go:\n```json\n{\"text\":\"All quiet.\"}\n```\nAnything else?", "All quiet."),
        Row("Sure! {\"text\":\"All quiet.\"}", isForced: false, "All quiet."),
        Row("Sure! All quiet.", nil),
        Row("Sure! All quiet.", isForced: false, "Sure! All quiet."),
        Row(#"{"text":"a","more":"b"}"#, nil),
        Row(#"{"text":42}"#, nil),
        Row(#"{"answer":"a"}"#, nil),
        Row(#"{"answer":"a"}"#, isForced: false, #"{"answer":"a"}"#),
        Row(#"["text"]"#, nil),
        Row(#"{"text":""}"#, nil),
        Row(#"{"text":"  "}"#, isForced: false, nil),
        Row(#"{"text":"\u001b[31mred\u202e"}"#, "red"),
    ])
    func isRead(_ row: Row) {
        var answer = ModelAnswer(text: row.answer)
        answer.isSchemaForced = row.isForced
        let prompt = QuarantinedPrompt(template: "Sum up", parts: [], data: .init(members: [:]), timeout: 30)
        let text: String? = try? prompt.text(of: answer)
        #expect(text == row.text)
    }

    @Test func isCut() throws {
        let answer = ModelAnswer(text: #"{"text":"\#(String(repeating: "a", count: 200_000))"}"#)
        let prompt = QuarantinedPrompt(template: "Sum up", parts: [], data: .init(members: [:]), timeout: 30)
        #expect(try prompt.text(of: answer).utf8.count < ResultText.limit + 100)
    }

    @Test func isAskedForByASchema() {
        let prompt = QuarantinedPrompt(template: "Sum up", parts: [], data: .init(members: [:]), timeout: 30)
        #expect(prompt.request.schema?.compactText == PromptReply.schema.compactText)
        #expect(prompt.request.schemaName == "result")
    }
}
