import Foundation
import JobModel
import PlaybookDocuments
import Testing

/// A job that is written reads back as the same job.
struct RoundTripTests {
    @Test(arguments: 0..<200)
    func whatIsWrittenReadsBack(seed: UInt64) throws {
        var maker = JobMaker(seed: seed)
        let job = maker.job()
        for syntax in [PlaybookReading.Syntax.yaml, .json] {
            let text = PlaybookWriter(job).text(syntax)
            let reading = ReadingWorld.read(text, syntax)
            #expect(reading.problems.filter { !$0.isWarning }.isEmpty, "\(text)")
            let read = try #require(reading.playbook)
            #expect(Self.comparable(read) == Self.comparable(job), "\(text)")
            #expect(PlaybookWriter(read).text(syntax) == text)
        }
    }

    @Test func theFileOfTheManualReadsBack() throws {
        let job = try #require(ReadingWorld.read(ReadingTests.full).playbook)
        for syntax in [PlaybookReading.Syntax.yaml, .json] {
            let read = try #require(ReadingWorld.read(PlaybookWriter(job).text(syntax), syntax).playbook)
            #expect(Self.comparable(read) == Self.comparable(job))
        }
    }

    @Test func aJobOfASentenceIsAFileToo() throws {
        let condition = Condition(step: "backup", test: .failed, words: "if it fails")
        let job = Job(
            name: "Backup", triggers: [Trigger(.manual)],
            steps: [
                Step(name: "backup", action: .script(path: "backup.sh", arguments: [])),
                Step(name: "tell", action: .notify(text: "{{outcome}}", to: []), condition: condition),
            ], capabilities: Capabilities(scripts: ["backup.sh": String(repeating: "0", count: 64)]),
            provenance: ReadingWorld.provenance, createdAt: ReadingWorld.now)
        let read = try #require(ReadingWorld.read(PlaybookWriter(job).text(.yaml)).playbook)
        #expect(Self.comparable(read).steps == Self.comparable(job).steps)
    }

    @Test func onlyWhatDiffersIsShown() throws {
        let before = try #require(ReadingWorld.read(ReadingTests.full).playbook)
        let text = ReadingTests.full.replacing("every weekday at 9", with: "every weekday at 10")
        let merge = PlaybookMerge(before: before, file: try #require(ReadingWorld.read(text).playbook))
        #expect(
            merge.difference == [
                "-   - {cron: \"0 9 * * MON-FRI\", zone: Europe/Berlin}",
                "+   - {cron: \"0 10 * * MON-FRI\", zone: Europe/Berlin}",
            ])
        #expect(merge.after != before)
        let same = PlaybookMerge(before: before, file: try #require(ReadingWorld.read(ReadingTests.full).playbook))
        #expect(same.difference.isEmpty && same.after == before)
    }

    /// Without what a file has no place for: the words of a schedule and of a condition.
    static func comparable(_ job: Job) -> Job {
        var job = job
        for index in job.triggers.indices {
            guard case .schedule(var schedule) = job.triggers[index].kind else { continue }
            schedule.words = nil
            job.triggers[index].kind = .schedule(schedule)
        }
        for index in job.steps.indices { job.steps[index].condition?.words = "" }
        return job
    }
}
