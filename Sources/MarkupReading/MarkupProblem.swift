/// Why a document, a selector or a path cannot be used, in one clause.
package struct MarkupProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}
