import Foundation
import JobModel
import Templates
import Testing

@testable import StepExecution

@Suite("Measures of this machine") struct SystemReadingTests {
    @Test(
        arguments: [
            (SystemMeasure.diskUsedPercent, 0...100), (.diskFreePercent, 0...100), (.diskFreeGigabytes, 0...1e9),
            (.memoryUsedPercent, 0...100), (.memoryFreePercent, 0...100), (.memoryFreeMegabytes, 1...1e9),
            (.load, 0...1e6),
        ] as [(SystemMeasure, ClosedRange<Double>)])
    func theNumberComesFirst(_ measure: SystemMeasure, _ possible: ClosedRange<Double>) throws {
        let result = SystemReading.read(measure, path: nil)
        #expect(result.error == nil)
        let first = try #require(result.text.split(separator: " ").first)
        let number = try #require(Double(first), "\(result.text)")
        #expect(possible.contains(number))
        #expect(first.drop { $0 != "." }.count <= 3, "two decimals at the most: \(result.text)")
        #expect(NumberReading.firstNumber(in: result.text) == number)
    }

    @Test(arguments: [
        (SystemMeasure.diskUsedPercent, SystemMeasure.diskFreePercent), (.memoryUsedPercent, .memoryFreePercent),
    ])
    func usedAndFreeMakeAWhole(_ used: SystemMeasure, _ free: SystemMeasure) throws {
        let parts = [used, free].map { NumberReading.firstNumber(in: SystemReading.read($0, path: nil).text) ?? 0 }
        #expect(abs(parts[0] + parts[1] - 100) < 10)
    }

    @Test func theDiskOfAPathIsMeasured() throws {
        let workshop = try Workshop()
        let result = SystemReading.read(.diskUsedPercent, path: workshop.root)
        #expect(result.succeeded)
        #expect(result.text.contains(workshop.root))
        let gone = SystemReading.read(.diskFreeGigabytes, path: "\(workshop.root)/gone")
        #expect(gone.error == "the disk of \(workshop.root)/gone cannot be read: No such file or directory")
        #expect(gone.text.isEmpty)
    }

    // MARK: Files

    /// Each file and what is true of it.
    @Test func conditionsOnFiles() throws {
        let workshop = try Workshop()
        // Names that are the words of other conditions.
        let full = try workshop.write("missing-or-empty.csv", "a,b\n")
        let empty = try workshop.write("present-bytes.csv", "")
        let files = [
            full: ["present", "bytes"], empty: ["present", "empty"], workshop.scripts: ["present", "bytes"],
            "\(workshop.scripts)/present-empty-bytes": ["missing"], "\(full)/below": ["missing"], "": ["missing"],
        ]
        for (path, states) in files {
            let result = SystemReading.read(.file, path: path)
            #expect(result.succeeded, "\(path)")
            let found = try ["present", "missing", "empty", "bytes"].filter { state in
                let condition = try Condition(parsing: "file contains \"\(state)\"")
                return condition.holds(results: ["file": result], event: nil, previous: [:])
            }
            #expect(Set(found) == Set(states), "\(path): \(result.text)")
        }
    }

    @Test func aChangeIsSeen() throws {
        let workshop = try Workshop()
        let path = try workshop.write("a.txt", "one")
        let then = Date(timeIntervalSince1970: 1_772_434_800)
        try FileManager.default.setAttributes([.modificationDate: then], ofItemAtPath: path)
        let before = SystemReading.read(.file, path: path)
        #expect(before.text == "present, 3 bytes, changed 2026-03-02T07:00:00Z")
        #expect(SystemReading.read(.file, path: path) == before)
        try FileManager.default.setAttributes([.modificationDate: then + 1], ofItemAtPath: path)
        let condition = try Condition(parsing: "file changed")
        let after = SystemReading.read(.file, path: path)
        #expect(condition.holds(results: ["file": after], event: nil, previous: ["file": before]))
        #expect(!condition.holds(results: ["file": after], event: nil, previous: ["file": after]))
    }

    @Test func theHomeFolderIsMeantByATilde() {
        #expect(SystemReading.read(.file, path: "~").text.hasPrefix("present"))
        #expect(SystemReading.read(.file, path: ".") == SystemReading.read(.file, path: "~"))
        #expect(SystemReading.read(.file, path: "~/no-such-file-\(UUID().uuidString)").text == "missing")
    }

    @Test func whatCannotBeLookedAtFails() {
        let path = String(repeating: "a", count: 5_000)
        #expect(SystemReading.read(.file, path: path).error == "\(path) cannot be looked at: File name too long")
    }

    @Test func aStepReadsIt() async throws {
        let workshop = try Workshop()
        let action = Action.system(.file, path: "\(workshop.root)/gone")
        let job = job(action)
        let result = await executor(workshop).execute(action, in: context(job))
        #expect(result.text == "missing" && result.error == nil)
        #expect(result.value == ["measure": "file", "unit": "bytes", "exists": false])
    }
}
