import Foundation
import PlaybookDocuments
import Testing

/// Files that somebody's keyboard slipped over: each is read or refused, and never takes the reader down.
struct MutationTests {
    @Test(arguments: 0..<20)
    func whatIsReadIsWrittenAndReadAgain(seed: UInt64) throws {
        var random = JobMaker(seed: seed)
        for _ in 0..<40 {
            let text = Self.mutated(ReadingTests.full, &random)
            let reading = ReadingWorld.read(text)
            #expect((reading.playbook == nil) == reading.hasErrors, "\(text)")
            let report = CheckReport(file: "a.yaml", text: text)
            for problem in reading.problems {
                #expect(problem.place.line > 0 && !report.lines(problem).isEmpty, "\(text)")
            }
            guard let job = reading.playbook else { continue }
            let written = PlaybookWriter(job).text(.yaml)
            let again = try #require(ReadingWorld.read(written).playbook, "\(text)\n\(written)")
            #expect(PlaybookWriter(again).text(.yaml) == written, "\(text)")
        }
    }

    private static func mutated(_ text: String, _ random: inout JobMaker) -> String {
        var characters = Array(text)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<characters.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: characters.remove(at: place)
            case 1: characters.insert(Array("{}[]:,\"'#|>-\n é0")[Int.random(in: 0..<16, using: &random)], at: place)
            default: characters.swapAt(place, Int.random(in: 0..<characters.count, using: &random))
            }
        }
        return String(characters)
    }
}
