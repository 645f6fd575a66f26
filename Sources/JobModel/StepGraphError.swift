/// Why the steps of a job are no graph that can be run.
package struct StepGraphError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case nameTwice
        case unknownNeed(String)
        case unknownHandler(String)
        case unknownUndo(String)
        /// The step that is needed is a handler, an undo step or an agent's endpoint.
        case needRunsOnDemand(String)
        /// A step that runs only on demand waits for another.
        case needsOnDemand(String)
        /// Steps that wait for each other, each for the next and the last for the first.
        case circle([String])
        /// Handlers that stand in for each other.
        case handlersInCircle([String])
        case handlesAndUndoes
        case undoesItself
    }

    package let reason: Reason
    /// Where to underline.
    package let step: String

    package init(_ reason: Reason, step: String) {
        self.reason = reason
        self.step = step
    }

    /// One clause.
    package var message: String {
        switch reason {
        case .nameTwice: "two steps are called \"\(step)\""
        case .unknownNeed(let name): "\"\(step)\" needs \"\(name)\", and no step is called so"
        case .unknownHandler(let name): "\"\(step)\" runs \"\(name)\" where it fails, and no step is called so"
        case .unknownUndo(let name): "\"\(step)\" is undone by \"\(name)\", and no step is called so"
        case .needRunsOnDemand(let name):
            "\"\(step)\" needs \"\(name)\", which runs only where something asks for it"
        case .needsOnDemand(let name):
            "\"\(step)\" runs only where something asks for it, so it cannot wait for \"\(name)\""
        case .circle(let names) where names.count == 1: "\"\(step)\" needs itself"
        case .circle(let names): "\(Self.chain(names)) wait for each other"
        case .handlersInCircle(let names) where names.count == 1: "\"\(step)\" runs itself where it fails"
        case .handlersInCircle(let names): "\(Self.chain(names)) run each other where they fail"
        case .handlesAndUndoes: "\"\(step)\" cannot both run on a failure and undo a step"
        case .undoesItself: "\"\(step)\" is undone by itself"
        }
    }

    /// Long circles are named by their first steps.
    private static func chain(_ names: [String]) -> String {
        let shown = names.prefix(5).map { "\"\($0)\"" }
        return shown.joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
    }
}
