/// Why a provider answers with an error. Each dialect has its own words for it.
package enum ProviderProblem: Error, Hashable, Sendable {
    /// The key that was sent; nil for none.
    case unauthorized(key: String?)
    /// `retryAfter` goes into the header as it is: seconds or an HTTP date.
    case rateLimited(retryAfter: String?)
    /// Nothing is left to pay with: waiting does not help.
    case outOfQuota
    case serverError
    /// 529 at Anthropic, 503 elsewhere.
    case overloaded
    /// Any other status, with a body in the dialect's form.
    case status(Int)
    /// The request's model takes no schema for its answers.
    case formatUnsupported
    case toolsUnsupported
    case unknownModel(String)
    case unknownPath
    /// The request is not as the service wants it; in the service's words, with the parameter that is meant.
    case invalid(String, parameter: String? = nil)
}
