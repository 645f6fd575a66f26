import FakeProviders
import JobModel
import Testing

/// Streamed answers, byte for byte.
struct StreamTests {
    private func stream(_ dialect: ProviderDialect, _ body: JSONValue, _ answer: ProviderAnswer) throws -> String {
        let reply = ProviderReply(answer, to: try Example.request(body, dialect))
        guard case .stream(let frames) = reply.body else { return "" }
        return frames.joined()
    }

    private func text(_ dialect: ProviderDialect, _ answer: ProviderAnswer) throws -> String {
        try stream(dialect, Example.body(dialect, isStreamed: true), answer)
    }

    private func tool(_ dialect: ProviderDialect) throws -> String {
        try stream(dialect, Example.toolBody(dialect, isStreamed: true), ProviderAnswer(#"{"a":1}"#))
    }

    private static let chunk =
        #""created":1795000000,"id":"chatcmpl-1","model":"M","object":"chat.completion.chunk","usage":null}"#

    private func choice(_ delta: String, _ reason: String = "null") -> String {
        #"data: {"choices":[{"delta":\#(delta),"finish_reason":\#(reason),"index":0,"logprobs":null}],"# + Self.chunk
            + "\n\n"
    }

    private static let chatEnd =
        #"data: {"choices":[],"created":1795000000,"id":"chatcmpl-1","model":"M","object":"chat.completion.chunk","#
        + #""usage":{"completion_tokens":14,"completion_tokens_details":{"reasoning_tokens":0},"prompt_tokens":90,"#
        + #""prompt_tokens_details":{"cached_tokens":0},"total_tokens":104}}"# + "\n\ndata: [DONE]\n\n"

    @Test func chatCompletions() throws {
        let opening = choice(#"{"content":"","refusal":null,"role":"assistant"}"#)
        let expected =
            opening + choice(##"{"content":"{\"kind"}"##) + choice(##"{"content":"\":1}"}"##)
            + choice("{}", "\"stop\"") + Self.chatEnd
        #expect(try text(.openAIChat, ProviderAnswer(#"{"kind":1}"#)) == expected)
    }

    @Test func chatCompletionsWithATool() throws {
        let call = { (members: String) in #"{"tool_calls":[{\#(members)}]}"# }
        let expected =
            choice(#"{"content":null,"refusal":null,"role":"assistant"}"#)
            + choice(call(#""function":{"arguments":"","name":"intent"},"id":"call_1","index":0,"type":"function""#))
            + choice(call(##""function":{"arguments":"{\"a\":1"},"index":0"##))
            + choice(call(#""function":{"arguments":"}"},"index":0"#)) + choice("{}", "\"stop\"") + Self.chatEnd
        #expect(try tool(.openAIChat) == expected)
    }

    @Test func usageComesOnlyWhereItIsAskedFor() throws {
        let body = Example.body(.openAIChat).with("stream", true)
        #expect(try !stream(.openAIChat, body, ProviderAnswer("x")).contains("usage"))
    }

    @Test func anthropic() throws {
        let expected = #"""
            event: message_start
            data: {"message":{"content":[],"id":"msg_1","model":"M","role":"assistant",\#
            "stop_details":null,"stop_reason":null,"stop_sequence":null,"type":"message",\#
            "usage":{"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"input_tokens":90,\#
            "output_tokens":1,"service_tier":"standard"}},"type":"message_start"}

            event: content_block_start
            data: {"content_block":{"text":"","type":"text"},"index":0,"type":"content_block_start"}

            event: ping
            data: {"type":"ping"}

            event: content_block_delta
            data: {"delta":{"text":"hello ","type":"text_delta"},"index":0,"type":"content_block_delta"}

            event: content_block_delta
            data: {"delta":{"text":"you","type":"text_delta"},"index":0,"type":"content_block_delta"}

            event: content_block_stop
            data: {"index":0,"type":"content_block_stop"}

            event: message_delta
            data: {"delta":{"stop_details":null,"stop_reason":"end_turn","stop_sequence":null},\#
            "type":"message_delta","usage":{"output_tokens":14}}

            event: message_stop
            data: {"type":"message_stop"}


            """#
        #expect(try text(.anthropic, ProviderAnswer("hello you")) == expected)
    }

    @Test func anthropicWithATool() throws {
        let stream = try tool(.anthropic)
        #expect(stream.contains(#""content_block":{"id":"toolu_1","input":{},"name":"intent","type":"tool_use"}"#))
        #expect(stream.contains(#"{"partial_json":"","type":"input_json_delta"}"#))
        #expect(stream.contains(##"{"partial_json":"{\"a\":1","type":"input_json_delta"}"##))
        #expect(stream.contains(#""stop_reason":"tool_use""#))
    }

    @Test func ollama() throws {
        let piece = { (text: String) in
            #"{"created_at":"2026-11-18T11:06:40Z","done":false,"message":{"content":"\#(text)","role":"assistant"},"#
                + #""model":"M"}"# + "\n"
        }
        let end =
            #"{"created_at":"2026-11-18T11:06:40Z","done":true,"done_reason":"stop","eval_count":14,"#
            + #""eval_duration":3000000,"load_duration":1000000,"message":{"content":"","role":"assistant"},"#
            + #""model":"M","prompt_eval_count":90,"prompt_eval_duration":1000000,"total_duration":5000000}"# + "\n"
        #expect(try text(.ollama, ProviderAnswer("hello you")) == piece("hello ") + piece("you") + end)
    }

    /// Names and numbers of a response's events, the deltas in between, and the whole response at the end.
    @Test func responses() throws {
        let events = try events(of: try text(.openAIResponses, ProviderAnswer("hello you")))
        #expect(
            events.map(\.name) == [
                "response.created", "response.in_progress", "response.output_item.added",
                "response.content_part.added", "response.output_text.delta", "response.output_text.delta",
                "response.output_text.done", "response.content_part.done", "response.output_item.done",
                "response.completed",
            ])
        #expect(events.map(\.data["sequence_number"]) == (0..<10).map { .number(Double($0)) })
        #expect(events.allSatisfy { $0.data["type"]?.string == $0.name })
        #expect(events.compactMap { $0.data["delta"]?.string }.joined() == "hello you")
        let whole = try Example.request(Example.body(.openAIResponses, isStreamed: true), .openAIResponses)
        let document = ProviderDialect.openAIResponses.wire.document(ProviderAnswer("hello you"), to: whole)
        #expect(events.last?.data["response"] == document)
    }

    @Test func responsesWithAToolAndARefusal() throws {
        let called = try events(of: try tool(.openAIResponses)).map(\.name)
        #expect(called.filter { $0 == "response.function_call_arguments.delta" }.count == 2)
        #expect(called.contains("response.function_call_arguments.done"))
        let refused = try events(of: try text(.openAIResponses, ProviderAnswer("x", fault: .refusal))).map(\.name)
        #expect(refused.contains("response.refusal.delta") && refused.contains("response.refusal.done"))
        let cut = try events(of: try text(.openAIResponses, ProviderAnswer("hello you", fault: .truncated)))
        #expect(cut.last?.name == "response.incomplete")
    }

    private func events(of stream: String) throws -> [(name: String, data: JSONValue)] {
        try stream.split(separator: "\n\n").map { frame in
            let lines = frame.split(separator: "\n").map(String.init)
            return (String(lines[0].dropFirst("event: ".count)), try Example.json(String(lines[1].dropFirst(6))))
        }
    }

    /// An error after half of the stream, in each dialect's form.
    @Test(arguments: [
        (ProviderDialect.openAIChat, "data: {\"error\":{"), (.openAIResponses, "event: error\n"),
        (.anthropic, #"{"error":{"message":"Overloaded","type":"overloaded_error"}"#), (.ollama, "{\"error\":\""),
    ])
    func errorsInsideAStream(_ dialect: ProviderDialect, _ words: String) throws {
        let stream = try text(dialect, ProviderAnswer(Example.text, fault: .errorInStream))
        #expect(stream.contains(words))
        #expect(stream.contains("kind"))
        #expect(!stream.contains("daily"))
    }
}
