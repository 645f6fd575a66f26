import JobModel

/// What OpenAI's two dialects have in common: errors, headers, the list of models, and how schemas are refused.
protocol OpenAIWire: ProviderWire {
    /// The parameter that holds the schema, as error messages name it.
    var formatParameter: String { get }
}

extension OpenAIWire {
    package var documentType: String { "application/json" }
    package var streamType: String { "text/event-stream; charset=utf-8" }
    package func key(in request: ProviderRequest) -> String? { bearer(in: request) }

    package func headers(number: Int) -> [(name: String, value: String)] {
        [
            ("x-request-id", "req_\(number)"), ("openai-version", "2020-10-01"), ("openai-processing-ms", "12"),
            ("x-ratelimit-limit-requests", "500"), ("x-ratelimit-remaining-requests", "499"),
            ("x-ratelimit-reset-requests", "120ms"), ("x-ratelimit-limit-tokens", "200000"),
            ("x-ratelimit-remaining-tokens", "199000"), ("x-ratelimit-reset-tokens", "6m0s"),
        ]
    }

    package func list(_ models: [String]) -> JSONValue {
        let entries = models.map { name -> JSONValue in
            ["id": .string(name), "object": "model", "created": Fixed.created, "owned_by": "fake"]
        }
        return ["object": "list", "data": .array(entries)]
    }

    package func status(of problem: ProviderProblem) -> Int {
        switch problem {
        case .unauthorized: 401
        case .rateLimited, .outOfQuota: 429
        case .serverError: 500
        case .overloaded: 503
        case .status(let status): status
        case .formatUnsupported, .toolsUnsupported, .invalid: 400
        case .unknownModel, .unknownPath: 404
        }
    }

    package func document(_ problem: ProviderProblem, number: Int) -> JSONValue {
        let words = words(for: problem)
        return [
            "error": [
                "message": .string(words.message), "type": .string(words.type),
                "param": words.parameter.map(JSONValue.string) ?? .null,
                "code": words.code.map(JSONValue.string) ?? .null,
            ]
        ]
    }

    private func words(for problem: ProviderProblem) -> Words {
        switch problem {
        case .unauthorized(let key?):
            // As compatible servers do it that quote the whole key: whoever shows the message shows the key.
            Words("Incorrect API key provided: \(key).", "invalid_request_error", code: "invalid_api_key")
        case .unauthorized(nil): Words("You didn't provide an API key.", "invalid_request_error")
        case .rateLimited: Words("Rate limit reached for requests.", "requests", code: "rate_limit_exceeded")
        case .outOfQuota:
            Words(
                "You exceeded your current quota.", "insufficient_quota",
                code: "insufficient_quota")
        case .serverError: Words("The server had an error while processing your request.", "server_error")
        case .overloaded: Words("The engine is currently overloaded, please try again later.", "server_error")
        case .status(let status): Words("This request ends with status \(status).", "server_error")
        case .formatUnsupported:
            Words(
                "Invalid parameter: '\(formatParameter)' of type 'json_schema' is not supported with this model.",
                "invalid_request_error", parameter: formatParameter)
        case .toolsUnsupported:
            Words(
                "Unsupported parameter: 'tools' is not supported with this model.", "invalid_request_error",
                parameter: "tools", code: "unsupported_parameter")
        case .unknownModel(let name):
            Words("The model `\(name)` does not exist.", "invalid_request_error", code: "model_not_found")
        case .unknownPath: Words("Invalid URL", "invalid_request_error")
        case .invalid(let message, let parameter):
            Words(message, "invalid_request_error", parameter: parameter)
        }
    }

    /// Throws where a schema that is to be followed strictly is one that the service does not take.
    func check(_ schema: JSONValue?, isStrict: Bool, name: String, parameter: String) throws(ProviderProblem) {
        guard isStrict, let schema, let problem = SchemaRules.openAI.problem(with: schema) else { return }
        let place = problem.place.map { "'\($0)'" }.joined(separator: ", ")
        throw .invalid(
            "Invalid schema for \(parameter) '\(name)': In context=(\(place)), \(problem.reason).",
            parameter: parameter)
    }
}

private struct Words {
    let message: String
    let type: String
    let parameter: String?
    let code: String?

    init(_ message: String, _ type: String, parameter: String? = nil, code: String? = nil) {
        self.message = message
        self.type = type
        self.parameter = parameter
        self.code = code
    }
}
