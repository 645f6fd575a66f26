import JobModel

/// What the model behind a fake provider says.
package struct ProviderAnswer: Sendable {
    package enum Ending: Sendable {
        case complete
        /// The answer ran into its token limit.
        case tokenLimit
        /// The text is a refusal, which most dialects keep apart from answers.
        case refused
    }

    package struct ToolCall: Sendable, Hashable {
        package var name: String
        /// A JSON document, as models write it: it may be broken.
        package var arguments: String

        package init(name: String, arguments: String) {
            self.name = name
            self.arguments = arguments
        }
    }

    /// Where the request forces a tool, this becomes the tool's arguments.
    package var text: String
    /// Calls of tools that were offered.
    package var calls: [ToolCall] = []
    package var ending = Ending.complete
    /// Nil: the service says nothing about what was used.
    package var usage: ProviderUsage? = ProviderUsage()
    package var fault: ProviderFault?

    package init(
        _ text: String, calls: [ToolCall] = [], usage: ProviderUsage? = ProviderUsage(), fault: ProviderFault? = nil
    ) {
        self.text = text
        self.calls = calls
        self.usage = usage
        self.fault = fault
    }

    /// The answer with its text as the arguments of the tool that the request forces.
    func directed(to request: ProviderRequest) -> ProviderAnswer {
        guard let tool = request.forcedTool, calls.isEmpty, ending != .refused else { return self }
        var directed = self
        directed.calls = [ToolCall(name: tool, arguments: text)]
        directed.text = ""
        return directed
    }

    /// Plain text as the document that the request's schema wants, where that has one member and it is text.
    ///
    /// A model that is held to such a schema cannot say it otherwise.
    package func fitted(to request: ProviderRequest) -> ProviderAnswer {
        guard calls.isEmpty, let members = request.schema?["properties"]?.object, members.count == 1,
            let member = members.first, member.value["type"]?.string == "string",
            (try? JSONValue(parsing: text))?.object == nil
        else { return self }
        var fitted = self
        fitted.text = JSONValue.object([member.key: .string(text)]).compactText
        return fitted
    }

    /// The JSON of the answer, changed: the last call's arguments, or the text where no tool is called.
    func changingJSON(_ change: (String) -> String) -> ProviderAnswer {
        var changed = self
        if calls.isEmpty {
            changed.text = change(text)
        } else {
            changed.calls[calls.count - 1].arguments = change(calls[calls.count - 1].arguments)
        }
        return changed
    }
}

/// Tokens as a provider counts them.
package struct ProviderUsage: Sendable, Hashable {
    /// Everything that was read, cached or not.
    package var input: Int
    package var output: Int
    /// Of `input`: read from the provider's cache, and written to it.
    package var cacheRead: Int
    package var cacheWritten: Int

    package init(input: Int = 90, output: Int = 14, cacheRead: Int = 0, cacheWritten: Int = 0) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWritten = cacheWritten
    }
}

extension String {
    /// The text as a model streams it: six characters at a time.
    var streamPieces: [String] {
        var pieces: [String] = []
        var rest = self[...]
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(6)))
            rest = rest.dropFirst(6)
        }
        return pieces
    }

    /// The document as an object; an empty one where it is none.
    var argumentsObject: JSONValue {
        guard let document = try? JSONValue(parsing: self), document.object != nil else { return [:] }
        return document
    }
}
