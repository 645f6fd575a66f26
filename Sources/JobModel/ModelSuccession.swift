/// Several models, of which the next is asked where one is of no use.
extension LanguageModel {
    package func candidates(for tier: ModelTier) -> [any LanguageModel] { [self] }

    /// Asks its models in turn until one gives an answer that `read` takes; of several failures the first is thrown.
    ///
    /// - Parameter read: throws where the answer is of no use.
    package func complete<Reading>(
        _ request: ModelRequest, read: (ModelAnswer) throws(ModelError) -> Reading
    ) async throws(ModelError) -> Reading {
        var first: ModelError?
        for model in candidates(for: request.tier) {
            do throws(ModelError) {
                return try read(try await model.complete(request))
            } catch {
                guard error.leavesOthers(isFirst: first == nil) else { throw error }
                first = first ?? error
            }
        }
        throw first ?? .cancelled
    }
}

extension ModelError {
    /// Another model may do better. Not where the person said stop; and where the money is used up at once, not
    /// either: what was only too dear for a later one may not be for the next.
    package func leavesOthers(isFirst: Bool) -> Bool {
        switch self {
        case .cancelled: false
        case .overBudget: !isFirst
        default: true
        }
    }
}
