import JobModel

/// Anthropic's errors, headers and list of models.
extension AnthropicWire {
    func headers(number: Int) -> [(name: String, value: String)] {
        let reset = "2026-11-18T11:07:00Z"
        return [
            ("request-id", "req_\(number)"), ("anthropic-organization-id", "00000000-0000-0000-0000-000000000000"),
            ("anthropic-ratelimit-requests-limit", "50"), ("anthropic-ratelimit-requests-remaining", "49"),
            ("anthropic-ratelimit-requests-reset", reset), ("anthropic-ratelimit-tokens-limit", "60000"),
            ("anthropic-ratelimit-tokens-remaining", "59000"), ("anthropic-ratelimit-tokens-reset", reset),
            ("anthropic-ratelimit-input-tokens-limit", "50000"),
            ("anthropic-ratelimit-input-tokens-remaining", "49000"), ("anthropic-ratelimit-input-tokens-reset", reset),
            ("anthropic-ratelimit-output-tokens-limit", "10000"),
            ("anthropic-ratelimit-output-tokens-remaining", "10000"),
            ("anthropic-ratelimit-output-tokens-reset", reset),
        ]
    }

    func list(_ models: [String]) -> JSONValue {
        let entries = models.map { name -> JSONValue in
            [
                "type": "model", "id": .string(name), "display_name": .string(name), "created_at": Fixed.createdText,
                "lifecycle": "active", "max_input_tokens": 200_000, "max_tokens": 64_000,
            ]
        }
        let ends = { (name: String?) -> JSONValue in name.map(JSONValue.string) ?? .null }
        return [
            "data": .array(entries), "has_more": false, "first_id": ends(models.first), "last_id": ends(models.last),
        ]
    }

    func status(of problem: ProviderProblem) -> Int {
        switch problem {
        case .unauthorized: 401
        case .rateLimited, .outOfQuota: 429
        case .serverError: 500
        case .overloaded: 529
        case .status(let status): status
        case .formatUnsupported, .toolsUnsupported, .invalid: 400
        case .unknownModel, .unknownPath: 404
        }
    }

    func document(_ problem: ProviderProblem, number: Int) -> JSONValue {
        let words = words(for: problem)
        let error: JSONValue = ["type": .string(words.type), "message": .string(words.message)]
        let details: JSONValue = ["error_code": "enforced_spend_limit_reached"]
        return [
            "type": "error", "error": problem == .outOfQuota ? error.adding("details", details) : error,
            "request_id": .string("req_\(number)"),
        ]
    }

    private func words(for problem: ProviderProblem) -> (type: String, message: String) {
        switch problem {
        case .unauthorized: ("authentication_error", "invalid x-api-key")
        case .rateLimited: ("rate_limit_error", "This request would exceed your organization's rate limit.")
        case .outOfQuota: ("rate_limit_error", "You have reached your specified API usage limits.")
        case .serverError: ("api_error", "Internal server error")
        case .overloaded: ("overloaded_error", "Overloaded")
        case .status(let status): ("api_error", "This request ends with status \(status).")
        case .formatUnsupported:
            ("invalid_request_error", "output_config.format: not supported by this model")
        case .toolsUnsupported: ("invalid_request_error", "tools: not supported by this model")
        case .unknownModel(let name): ("not_found_error", "model: \(name)")
        case .unknownPath: ("not_found_error", "Not found")
        case .invalid(let message, _): ("invalid_request_error", message)
        }
    }
}
