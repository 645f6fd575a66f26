import Documents
import IntentContract
import JobModel

/// A job as a file names it (`jobs.json`, `jobs.yaml`, a crontab), before it is checked against the world.
package struct JobEntry: Hashable, Sendable {
    package var place: DocumentPlace
    /// `nil` where the file has no names.
    package var name: Placed<String>?
    /// Cron text, `@reboot` included.
    package var cron: Placed<String>?
    /// Words: "every weekday at 9".
    package var when: Placed<String>?
    package var event: Placed<String>?
    package var zone: Placed<String>?
    package var action: Placed<ActionIntent>
    package var deliver: [Placed<String>]
    package var isEnabled = true
    package var policies = EntryPolicies()
    /// What the file says of the job, whatever its layout; what people only read is left out.
    package var declaration: JSONValue = .null

    package init(
        place: DocumentPlace, name: Placed<String>? = nil, cron: Placed<String>? = nil, zone: Placed<String>? = nil,
        action: Placed<ActionIntent>, deliver: [Placed<String>] = []
    ) {
        self.place = place
        self.name = name
        self.cron = cron
        self.zone = zone
        self.action = action
        self.deliver = deliver
    }
}

/// A value with the place that a problem with it is reported at.
package struct Placed<Value: Hashable & Sendable>: Hashable, Sendable {
    package var value: Value
    package var place: DocumentPlace

    package init(_ value: Value, at place: DocumentPlace) {
        self.value = value
        self.place = place
    }
}

/// The policies that an entry names.
package struct EntryPolicies: Hashable, Sendable {
    package var change = PolicyChange()
    /// By their names in files.
    package var places: [String: DocumentPlace] = [:]
}

/// What is wrong with a file of jobs, and where.
package struct EntryProblem: Error, Hashable, Sendable {
    package var place: DocumentPlace
    /// A sentence or clause that names the bad part and what would be right.
    package var message: String

    package init(_ message: String, at place: DocumentPlace) {
        self.place = place
        self.message = message
    }

    /// `jobs.json:12:5: …`, as compilers write it.
    package func text(in file: String) -> String {
        "\(file):\(place.line)\(place.column.map { ":\($0)" } ?? ""): \(message)"
    }
}
