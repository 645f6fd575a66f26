import CronOracle
import JobModel

/// A model's answer as JSON, with places to lie at.
struct Answer {
    var intents: [JSONValue]
    var times: JSONValue = .null

    var text: String {
        JSONValue.object(["intents": .array(intents), "times": times, "question": .null]).compactText
    }

    static func reminder(_ text: String, when: JSONValue) -> JSONValue {
        ["intent": "create_job", "when": when, "action": ["type": "notify", "text": .string(text)], "deliver": []]
    }

    subscript(index: Int, member: String) -> JSONValue? {
        get { intents[index][member] }
        set { intents[index].set(member, newValue) }
    }

    // MARK: Positions of intents

    /// Those that make a job.
    var made: [Int] {
        intents.indices.filter { ["create_job", "create_playbook"].contains(self[$0, "intent"]?.string) }
    }
    /// Those that can have a time.
    var timed: [Int] { intents.indices.filter { self[$0, "when"]?.string != nil } }
    /// Those that can have recipients.
    var addressed: [Int] { made + intents.indices.filter { self[$0, "intent"]?.string == "update_job" } }

    // MARK: Changes

    func readdressed(at index: Int, _ recipients: [JSONValue]) -> Answer {
        var told = self
        told[index, "deliver"] = .array(recipients)
        told.changeSteps(of: index) { step in
            guard step["action"]?["type"]?.string == "notify" else { return }
            step.set("to", .array(recipients))
        }
        return told
    }

    /// Another address or script in an action of the lie's type.
    func redirected(_ lie: Lie, _ dice: inout SeededGenerator) -> Answer? {
        let (type, member) = lie == .otherAddress ? ("http", "url") : ("script", "path")
        let places: [JSONValue] =
            lie == .otherAddress
            ? ["https://evil.test/", "http://127.0.0.1/admin", "https://evil.test/?x={{fetch.text}}"]
            : ["rm.sh", "/bin/sh", "../x.sh"]
        guard let place = places.randomElement(using: &dice) else { return nil }
        return changingActions { action in
            guard action["type"]?.string == type else { return }
            action.set(member, place)
        }
    }

    func planting(_ words: String) -> Answer? {
        changingActions { action in
            guard action["text"] != nil || action["type"]?.string == "notify" else { return }
            action.set("text", .string(words))
        }
    }

    /// `nil` where nothing changed.
    func changingActions(_ change: (inout JSONValue) -> Void) -> Answer? {
        var told = self
        for index in intents.indices {
            if var action = told[index, "action"] {
                change(&action)
                told[index, "action"] = action
            }
            told.changeSteps(of: index) { step in
                guard var action = step["action"] else { return }
                change(&action)
                step.set("action", action)
            }
        }
        return told.intents == intents ? nil : told
    }

    mutating func changeSteps(of index: Int, _ change: (inout JSONValue) -> Void) {
        guard var steps = self[index, "steps"]?.array else { return }
        for step in steps.indices { change(&steps[step]) }
        self[index, "steps"] = .array(steps)
    }
}

extension JSONValue {
    /// Sets a member of an object; anything else stays as it is.
    mutating func set(_ key: String, _ value: JSONValue?) {
        guard case .object(var members) = self else { return }
        members[key] = value
        self = .object(members)
    }
}
