import Foundation
import JobModel

/// One answer of an agent's model: either something to be done before the next round, or the end.
struct AgentRound: Hashable, Sendable {
    /// The result; beside a call it is a remark and counts for nothing.
    var say: String?
    var call: Call?
    var plan: ExecutionPlan?
    /// A line as `HintReading` takes it: `{"rota": {…}}`.
    var hint: String?

    struct Call: Hashable, Sendable {
        var tool: Tool
        /// The path, the address, or the name of the script.
        var target: String
        /// Of a file: the byte at which reading begins; negative counts from its end.
        var from: Int
    }

    /// What there is to call; which of it a round may use follows from the grants.
    enum Tool: String, CaseIterable, Sendable {
        case listFiles = "list_files"
        case readFile = "read_file"
        case get
        case runScript = "run_script"
        case listJobs = "list_jobs"
    }

    /// Why an answer is not used, in one clause that quotes nothing of it.
    struct Refusal: Error, Hashable, Sendable {
        let message: String

        init(_ message: String) { self.message = message }
    }

    /// Longer answers are nonsense.
    private static let longest = 256 << 10
}

extension AgentRound {
    /// Reads an answer. Members that the schema does not have, and values of another type, are refused: whatever a
    /// provider promises about schemas, this is the check.
    ///
    /// Words around the JSON object, and a fence, are read over.
    init(parsing text: String) throws(Refusal) {
        guard text.utf8.count <= Self.longest else { throw Refusal("it is too long") }
        guard let document = Self.document(in: text), case .object(let members) = document else {
            throw Refusal("it is no JSON object")
        }
        try Self.check(members, has: ["say", "call", "plan", "hint"], what: "the answer")
        say = try Self.text("say", of: members).flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        call = try Self.present("call", of: members).map(Self.call)
        plan = try Self.present("plan", of: members).map(Self.plan)
        hint = try Self.present("hint", of: members).map(Self.hint)
        if plan?.calls.isEmpty ?? false { plan = nil }
        if call != nil, plan != nil { throw Refusal("it has both a call and a plan; a plan ends the work") }
        if call == nil, say == nil, plan == nil { throw Refusal("it says nothing and calls nothing") }
    }

    private static func document(in text: String) -> JSONValue? {
        if let document = try? JSONValue(parsing: text) { return document }
        guard let start = text.firstIndex(of: "{"), let end = text.lastIndex(of: "}"), start < end else { return nil }
        return try? JSONValue(parsing: String(text[start...end]))
    }

    private static func call(_ value: JSONValue) throws(Refusal) -> Call {
        guard case .object(let members) = value else { throw Refusal("\"call\" is no object") }
        try check(members, has: ["tool", "target", "from"], what: "\"call\"")
        guard let name = try text("tool", of: members), let tool = Tool(rawValue: name) else {
            throw Refusal("\"tool\" names no tool")
        }
        var from = 0
        if let value = present("from", of: members) {
            guard let number = value.number, let whole = Int(exactly: number) else {
                throw Refusal("\"from\" is no whole number")
            }
            from = whole
        }
        return Call(tool: tool, target: try text("target", of: members) ?? "", from: from)
    }

    private static func plan(_ value: JSONValue) throws(Refusal) -> ExecutionPlan {
        guard case .array(let items) = value else { throw Refusal("\"plan\" is no list") }
        var calls: [ExecutionPlan.Call] = []
        for item in items {
            guard case .object(let members) = item else { throw Refusal("a part of \"plan\" is no object") }
            try check(members, has: ["step", "after"], what: "a part of \"plan\"")
            guard let step = try text("step", of: members) else { throw Refusal("a part of \"plan\" names no step") }
            let after = present("after", of: members) ?? .array([])
            guard case .array(let names) = after, names.allSatisfy({ $0.string != nil }) else {
                throw Refusal("\"after\" is no list of steps")
            }
            calls.append(.init(step, after: names.compactMap(\.string)))
        }
        return ExecutionPlan(calls)
    }

    private static func hint(_ value: JSONValue) throws(Refusal) -> String {
        guard case .object(let members) = value else { throw Refusal("\"hint\" is no object") }
        try check(members, has: ["next_in", "interval", "pause_for", "expires_in", "reason"], what: "\"hint\"")
        return JSONValue.object(["rota": .object(members.filter { !$0.value.isNull })]).compactText
    }

    // MARK: Members

    private static func check(_ members: [String: JSONValue], has known: Set<String>, what: String) throws(Refusal) {
        guard members.keys.allSatisfy(known.contains) else {
            throw Refusal("\(what) has members besides \(known.sorted().joined(separator: ", "))")
        }
    }

    private static func present(_ name: String, of members: [String: JSONValue]) -> JSONValue? {
        guard let value = members[name], !value.isNull else { return Optional.none }
        return value
    }

    private static func text(_ name: String, of members: [String: JSONValue]) throws(Refusal) -> String? {
        guard let value = present(name, of: members) else { return nil }
        guard let text = value.string else { throw Refusal("\"\(name)\" is no text") }
        return text
    }
}
