import Testing

@testable import Commands

struct DurationTests {
    @Test(arguments: [("4s", 4.0), ("90", 90), ("1.5m", 90), ("2h", 7200)])
    func reads(text: String, seconds: Double) throws {
        #expect(try StartCommand.seconds(text) == seconds)
    }

    @Test(arguments: ["", "soon", "-3s", "0", "1w", "1e300h"])
    func refuses(text: String) {
        #expect(throws: (any Error).self) { try StartCommand.seconds(text) }
    }
}
