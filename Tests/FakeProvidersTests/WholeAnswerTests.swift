import FakeProviders
import JobModel
import Testing

/// Whole answers beside examples of what the services send.
struct WholeAnswerTests {
    private func document(_ dialect: ProviderDialect, _ body: JSONValue, _ answer: ProviderAnswer) throws -> JSONValue {
        let reply = ProviderReply(answer, to: try Example.request(body, dialect))
        guard case .document(let text) = reply.body else { return nil }
        return try Example.json(text)
    }

    private static let examples: [ProviderDialect: String] = [
        .openAIChat: #"""
        {"id":"chatcmpl-1","object":"chat.completion","created":1795000000,"model":"M","choices":[{"index":0,
         "finish_reason":"stop","message":{"role":"assistant",
         "content":"{\"kind\":\"create_job\",\"when\":\"daily 09:00\"}","refusal":null}}],
         "usage":{"prompt_tokens":90,"completion_tokens":14,"total_tokens":104,
         "prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}
        """#,
        .openAIResponses: #"""
        {"id":"resp_1","object":"response","created_at":1795000000,"status":"completed","error":null,
         "incomplete_details":null,"model":"M","parallel_tool_calls":true,"tool_choice":"auto","tools":[],
         "output":[{"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[
         {"type":"output_text","text":"{\"kind\":\"create_job\",\"when\":\"daily 09:00\"}","annotations":[]}]}],
         "usage":{"input_tokens":90,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},
         "output_tokens":14,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":104}}
        """#,
        .anthropic: #"""
        {"id":"msg_1","type":"message","role":"assistant","model":"M","stop_reason":"end_turn","stop_sequence":null,
         "content":[{"type":"text","text":"{\"kind\":\"create_job\",\"when\":\"daily 09:00\"}"}],
         "usage":{"input_tokens":90,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":14}}
        """#,
        .ollama: #"""
        {"model":"M","message":{"role":"assistant","content":"{\"kind\":\"create_job\",\"when\":\"daily 09:00\"}"},
         "done":true,"done_reason":"stop","prompt_eval_count":90,"eval_count":14}
        """#,
    ]

    @Test(arguments: ProviderDialect.allCases)
    func answersAsText(_ dialect: ProviderDialect) throws {
        let document = try document(dialect, Example.body(dialect), ProviderAnswer(Example.text))
        let example = try Example.json(try #require(Self.examples[dialect]))
        #expect(document.contains(example), "\(document.compactText)")
    }

    private static let tools: [ProviderDialect: String] = [
        .openAIChat: #"""
        {"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":null,"tool_calls":[
         {"id":"call_1","type":"function","function":{"name":"intent",
          "arguments":"{\"kind\":\"create_job\",\"when\":\"daily 09:00\"}"}}]}}]}
        """#,
        .openAIResponses: #"""
        {"output":[{"type":"function_call","id":"fc_1_1","call_id":"call_1","name":"intent","status":"completed",
         "arguments":"{\"kind\":\"create_job\",\"when\":\"daily 09:00\"}"}]}
        """#,
        .anthropic: #"""
        {"id":"msg_1","type":"message","role":"assistant","model":"M","stop_reason":"tool_use","stop_sequence":null,
         "content":[{"type":"tool_use","id":"toolu_1","name":"intent",
          "input":{"kind":"create_job","when":"daily 09:00"}}],
         "usage":{"input_tokens":20,"cache_creation_input_tokens":70,"cache_read_input_tokens":0,"output_tokens":30}}
        """#,
        .ollama: #"""
        {"message":{"role":"assistant","content":"","tool_calls":[
         {"function":{"name":"intent","arguments":{"kind":"create_job","when":"daily 09:00"}}}]},"done":true}
        """#,
    ]

    @Test(arguments: ProviderDialect.allCases)
    func answersWithATool(_ dialect: ProviderDialect) throws {
        let usage = ProviderUsage(input: 90, output: 30, cacheWritten: 70)
        let call = ProviderAnswer.ToolCall(name: "intent", arguments: Example.text)
        // Where a tool is forced, the text becomes its arguments; Ollama's models decide for themselves.
        let answer = dialect == .ollama ? ProviderAnswer("", calls: [call]) : ProviderAnswer(Example.text, usage: usage)
        let document = try document(dialect, Example.toolBody(dialect), answer)
        let example = try Example.json(try #require(Self.tools[dialect]))
        #expect(document.contains(example), "\(document.compactText)")
    }

    @Test(arguments: ProviderDialect.allCases)
    func unknownUsageIsLeftOut(_ dialect: ProviderDialect) throws {
        let document = try document(dialect, Example.body(dialect), ProviderAnswer("x", usage: nil))
        let members = document.object ?? [:]
        #expect(members["usage"]?.isNull ?? true)
        #expect(members["prompt_eval_count"] == nil)
    }

    struct Ending: Sendable {
        let dialect: ProviderDialect
        let fault: ProviderFault
        let expected: String
    }

    @Test(arguments: [
        Ending(
            dialect: .openAIChat, fault: .truncated,
            expected: #"{"choices":[{"finish_reason":"length","message":{"content":"{\"kind\":\"create_job\","}}]}"#),
        Ending(
            dialect: .openAIChat, fault: .refusal,
            expected: #"{"choices":[{"finish_reason":"stop","message":{"content":null,"#
                + #""refusal":"I'm sorry, but I can't help with that."}}]}"#),
        Ending(
            dialect: .openAIResponses, fault: .truncated,
            expected: #"{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"#
                + #""output":[{"status":"incomplete"}]}"#),
        Ending(
            dialect: .openAIResponses, fault: .refusal,
            expected: #"{"status":"completed","output":[{"content":[{"type":"refusal"}]}]}"#),
        Ending(
            dialect: .anthropic, fault: .truncated,
            expected: #"{"stop_reason":"max_tokens","content":[{"text":"{\"kind\":\"create_job\","}]}"#),
        Ending(
            dialect: .anthropic, fault: .refusal,
            expected: #"{"stop_reason":"refusal","content":[],"stop_details":{"type":"refusal"}}"#),
        Ending(dialect: .ollama, fault: .truncated, expected: #"{"done":true,"done_reason":"length"}"#),
        Ending(
            dialect: .ollama, fault: .refusal,
            expected: #"{"done_reason":"stop","message":{"content":"I'm sorry, but I can't help with that."}}"#),
    ])
    func endsAsTheDialectSaysIt(_ ending: Ending) throws {
        let answer = ProviderAnswer(Example.text, fault: ending.fault)
        let document = try document(ending.dialect, Example.body(ending.dialect), answer)
        #expect(document.contains(try Example.json(ending.expected)), "\(document.compactText)")
    }
}
