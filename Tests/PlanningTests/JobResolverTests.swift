import Foundation
import IntentContract
import JobModel
import Testing

@testable import Planning

/// Which job a person's words mean.
struct JobResolverTests {
    static let now = Date(timeIntervalSince1970: 1_772_438_400)

    static let jobs: [Job] = [
        job(1, "Stand up", .notify(text: "stand up", to: [])),
        job(2, "Weekly report", .prompt(text: "write the weekly report", gather: [])),
        job(3, "Backup", .script(path: "backup.sh", arguments: [])),
        job(4, "Sales report", .prompt(text: "write the sales report", gather: [])),
        job(5, "Water", .notify(text: "water the plants", to: [])),
    ]

    @Test(arguments: [
        ("standup", [1]), ("the stand up", [1]), ("STAND UP", [1]), ("backup job", [3]), ("3", [3]), ("job 3", [3]),
        ("#2", [2]), ("sales report", [4]), ("weekly", [2]), ("plants", [5]), ("watering reminder", [5]),
    ])
    func findsOne(words: String, ids: [JobID]) throws {
        #expect(try resolver().resolve(JobReference(words)).get().id == ids[0])
    }

    @Test func aJobMayBeCalledLikeAKindOfJobs() throws {
        var jobs = resolver().situation.jobs
        jobs[1].name = "All"
        var situation = resolver().situation
        situation.jobs = jobs
        let named = JobResolver(situation: situation)
        #expect(try named.resolve(JobReference("All")).get().name == "All")
    }

    @Test func asksWhichOfSeveral() {
        guard case .failure(let error) = resolver().resolve(JobReference("report")) else {
            Issue.record("one of two reports was taken")
            return
        }
        #expect(error.question.about == .job)
        #expect(error.question.options == ["Weekly report", "Sales report"])
    }

    @Test func asksForWhatDoesNotExist() {
        guard case .failure(let error) = resolver().resolve(JobReference("moon landing")) else {
            Issue.record("a job was made up")
            return
        }
        #expect(error.question.options.contains("Backup"))
    }

    @Test func itIsTheJobLastSpokenOf() throws {
        #expect(try resolver(focus: 4).resolve(JobReference("it")).get().id == 4)
        #expect(throws: QuestionError.self) { try resolver().resolve(JobReference("it")).get() }
    }

    @Test(arguments: [("reports", [2, 4]), ("reminders", [1, 5]), ("everything", [1, 2, 3, 4, 5]), ("scripts", [3])])
    func filters(words: String, ids: [JobID]) throws {
        #expect(try resolver().resolveAll(JobReference(words, all: true)).get().map(\.id) == ids)
    }

    private func resolver(focus: JobID? = nil) -> JobResolver {
        var surroundings = Surroundings.permissive
        surroundings.assumesNamedJobs = false
        return JobResolver(
            situation: Situation(now: Self.now, zone: "UTC", jobs: Self.jobs, focus: focus, surroundings: surroundings))
    }

    private static func job(_ id: JobID, _ name: String, _ action: Action) -> Job {
        Job(
            id: id, name: name, triggers: [], steps: [Step(name: "do", action: action)],
            provenance: Provenance(sentence: "", interpreter: "test"), createdAt: now)
    }
}
