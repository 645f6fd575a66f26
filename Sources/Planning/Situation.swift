import ActionCatalogue
import Foundation
import JobModel
import ScheduleLanguage

/// Everything that the planner may know. With the same situation and intents it always plans the same.
package struct Situation: Sendable {
    package var now: Date
    /// The person's zone, an IANA name.
    package var zone: String
    package var jobs: [Job]
    /// What "it" means: the job last spoken of or last reported.
    package var focus: JobID?
    package var hourHabit: PhraseContext.HourHabit
    package var dateOrder: PhraseContext.DateOrder
    /// Where outcomes go when a sentence names no gateway.
    package var defaultDelivery: [Recipient]
    package var surroundings: Surroundings
    /// Jobs with a run that has begun or is about to; filled in where an intent asks for it.
    package var underWay: Set<JobID> = []

    package init(
        now: Date, zone: String, jobs: [Job] = [], focus: JobID? = nil,
        hourHabit: PhraseContext.HourHabit = .ask, dateOrder: PhraseContext.DateOrder = .ask,
        defaultDelivery: [Recipient] = [], surroundings: Surroundings = .permissive
    ) {
        self.now = now
        self.zone = zone
        self.jobs = jobs
        self.focus = focus
        self.hourHabit = hourHabit
        self.dateOrder = dateOrder
        self.defaultDelivery = defaultDelivery
        self.surroundings = surroundings
    }

    var phraseContext: PhraseContext {
        PhraseContext(
            now: now, zone: zone, hourHabit: hourHabit, dateOrder: dateOrder,
            calendars: surroundings.calendars)
    }
}

/// What can be looked up about the world around the store. Looking changes nothing.
package struct Surroundings: Sendable {
    /// A script of the person's folder as it would be approved.
    package struct Script: Hashable, Sendable {
        /// Inside the scripts folder.
        package var path: String
        /// Hexadecimal.
        package var sha256: String

        package init(path: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
        }
    }

    /// Whole sentence about what is wrong and what would be right.
    package struct Problem: Error, Hashable, Sendable {
        package var message: String
        package init(_ message: String) { self.message = message }
    }

    package var hasGateway: @Sendable (Recipient) -> Bool
    package var gatewayNames: [String]
    /// Recipients and hosts that a person has agreed to before.
    package var isApproved: @Sendable (String) -> Bool
    package var inspectScript: @Sendable (String) -> Result<Script, Problem>
    /// The script of an action of the person's own, by its definition's `script`.
    package var inspectActionScript: @Sendable (String) -> Result<Script, Problem> = { path in
        .failure(Problem("There is no \(path); the folder of actions cannot be read here."))
    }
    /// `nil` when the URL can be requested.
    package var problemWithURL: @Sendable (String) -> String?
    /// The folder whose commits "the git commits" are; `nil` outside of a repository.
    package var repository: String?
    package var hasModel: Bool
    /// Agents of the settings; `nil` takes any name.
    package var agents: [String]?
    /// What `~` means in a folder that an agent may read.
    package var home: String?
    /// What steps can do.
    package var actions: ActionCatalogue
    /// Jobs, playbooks and approvals that a sentence names are taken to exist.
    package var assumesNamedJobs: Bool
    /// What "holidays" can mean; `nil` where nothing is configured at all, as in a batch.
    package var calendars: [PhraseCalendar]?
    /// Steps that a job may have; `nil` is no limit.
    package var mostSteps: Int?

    package init(
        hasGateway: @escaping @Sendable (Recipient) -> Bool, gatewayNames: [String],
        isApproved: @escaping @Sendable (String) -> Bool,
        inspectScript: @escaping @Sendable (String) -> Result<Script, Problem>,
        problemWithURL: @escaping @Sendable (String) -> String?, repository: String?, hasModel: Bool,
        assumesNamedJobs: Bool = false, calendars: [PhraseCalendar]? = nil, agents: [String]? = nil,
        home: String? = nil, actions: ActionCatalogue = ActionCatalogue()
    ) {
        self.actions = actions
        self.hasGateway = hasGateway
        self.gatewayNames = gatewayNames
        self.isApproved = isApproved
        self.inspectScript = inspectScript
        self.problemWithURL = problemWithURL
        self.repository = repository
        self.hasModel = hasModel
        self.assumesNamedJobs = assumesNamedJobs
        self.calendars = calendars
        self.agents = agents
        self.home = home
    }

    /// Everything that is named exists: for reading sentences without doing anything.
    package static let permissive = Surroundings(
        hasGateway: { _ in true }, gatewayNames: [], isApproved: { _ in true },
        inspectScript: { .success(Script(path: $0, sha256: String(repeating: "0", count: 64))) },
        problemWithURL: { _ in nil }, repository: nil, hasModel: true, assumesNamedJobs: true)
}

/// What the person has answered about one intent so far.
package struct Answers: Hashable, Sendable {
    package var hourHabit: PhraseContext.HourHabit?
    package var dateOrder: PhraseContext.DateOrder?
    /// Replaces the zone words of the sentence.
    package var zone: String?
    /// Replaces the time words of the sentence.
    package var when: String?
    /// The name of the calendar that "holidays" means.
    package var calendar: String?
    /// Replaces the words that name the job.
    package var job: String?
    /// Create it although a gateway is not configured.
    package var acceptsMissingGateway = false

    package init() {}
}
