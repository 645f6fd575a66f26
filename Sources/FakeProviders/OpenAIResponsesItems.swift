import JobModel

/// One entry of a response's output: what the assistant says, or a call of a tool.
enum ResponseItem {
    case text(id: String, String)
    case refusal(id: String, String)
    case call(id: String, callID: String, ProviderAnswer.ToolCall)

    static func items(of answer: ProviderAnswer, number: Int) -> [ResponseItem] {
        var items: [ResponseItem] = []
        if answer.ending == .refused {
            items.append(.refusal(id: "msg_\(number)", answer.text))
        } else if !answer.text.isEmpty || answer.calls.isEmpty {
            items.append(.text(id: "msg_\(number)", answer.text))
        }
        return items
            + answer.calls.enumerated().map { index, call in
                .call(id: "fc_\(number)_\(index + 1)", callID: "call_\(index + 1)", call)
            }
    }

    var id: JSONValue {
        switch self {
        case .text(let id, _), .refusal(let id, _), .call(let id, _, _): .string(id)
        }
    }

    func document(status: String) -> JSONValue {
        switch self {
        case .text(_, let text): message([part(text)], status: status)
        case .refusal(_, let text): message([part(text)], status: status)
        case .call(_, _, let call): self.call(arguments: call.arguments, status: status)
        }
    }

    /// The item before anything of it was said.
    var opening: JSONValue {
        switch self {
        case .text, .refusal: message([], status: "in_progress")
        case .call: call(arguments: "", status: "in_progress")
        }
    }

    /// What a message is made of.
    func part(_ text: String) -> JSONValue {
        if case .refusal = self { return ["type": "refusal", "refusal": .string(text)] }
        return ["type": "output_text", "text": .string(text), "annotations": [], "logprobs": []]
    }

    private func message(_ content: [JSONValue], status: String) -> JSONValue {
        ["id": id, "type": "message", "role": "assistant", "status": .string(status), "content": .array(content)]
    }

    private func call(arguments: String, status: String) -> JSONValue {
        guard case .call(_, let callID, let call) = self else { return .null }
        return [
            "id": id, "type": "function_call", "call_id": .string(callID), "name": .string(call.name),
            "arguments": .string(arguments), "status": .string(status),
        ]
    }
}

/// The events of one response, numbered.
struct ResponseStream {
    private(set) var frames: [String] = []
    private var sequence: Int

    init(sequence: Int = 0) { self.sequence = sequence }

    mutating func add(_ type: String, _ members: JSONValue) {
        let event = members.adding("type", .string(type)).adding("sequence_number", .count(sequence))
        frames.append(ServerSentEvent.frame(type, event))
        sequence += 1
    }

    mutating func add(_ item: ResponseItem, at index: Int, status: String) {
        add("response.output_item.added", ["output_index": .count(index), "item": item.opening])
        let place: JSONValue = ["item_id": item.id, "output_index": .count(index)]
        switch item {
        case .text(_, let text): add(text, of: item, named: "output_text", "text", at: place)
        case .refusal(_, let text): add(text, of: item, named: "refusal", "refusal", at: place)
        case .call(_, _, let call):
            for piece in call.arguments.streamPieces {
                add("response.function_call_arguments.delta", place.adding("delta", .string(piece)))
            }
            let done = place.adding("arguments", .string(call.arguments)).adding("name", .string(call.name))
            add("response.function_call_arguments.done", done)
        }
        add("response.output_item.done", ["output_index": .count(index), "item": item.document(status: status)])
    }

    private mutating func add(
        _ text: String, of item: ResponseItem, named event: String, _ key: String, at place: JSONValue
    ) {
        let place = place.adding("content_index", 0)
        let chances: JSONValue? = event == "output_text" ? .some([]) : .none
        add("response.content_part.added", place.adding("part", item.part("")))
        for piece in text.streamPieces {
            add("response.\(event).delta", place.adding("delta", .string(piece)).adding("logprobs", chances))
        }
        add("response.\(event).done", place.adding(key, .string(text)).adding("logprobs", chances))
        add("response.content_part.done", place.adding("part", item.part(text)))
    }
}
