import Foundation
import JobModel
import Notifications
import Testing

@Suite struct FileGatewayTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/file-gateway-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func deliver(_ texts: [String], job: String = "Backup", zone: String = "Europe/Berlin") async throws
        -> String
    {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let gateway = FileGateway(name: "log", path: folder + "/log.txt", zone: zone)
        for text in texts {
            let delivery = Delivery(
                runID: nil, jobName: job, recipient: Recipient("log"), text: text, createdAt: morning,
                notBefore: morning)
            #expect(await gateway.deliver(delivery) == .sent)
        }
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/log.txt")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        return try String(contentsOfFile: folder + "/log.txt", encoding: .utf8)
    }

    @Test func appendsLines() async throws {
        #expect(
            try await deliver(["one", "two"])
                == "2026-03-27T09:00:00+01:00 [Backup] one\n2026-03-27T09:00:00+01:00 [Backup] two\n")
    }

    @Test(arguments: [
        ("UTC", "2026-03-27T08:00:00+00:00"), ("Asia/Kolkata", "2026-03-27T13:30:00+05:30"),
        ("America/St_Johns", "2026-03-27T05:30:00-02:30"), ("No/Where", "2026-03-27T08:00:00+00:00"),
    ])
    func writesTheZonesOffset(_ zone: String, _ stamp: String) async throws {
        #expect(try await deliver(["x"], zone: zone) == "\(stamp) [Backup] x\n")
    }

    @Test func indentsFurtherLines() async throws {
        let text = try await deliver(["a\nb\r\n2026-01-01T00:00:00Z [Forged] c"])
        #expect(text == "2026-03-27T09:00:00+01:00 [Backup] a\n  b\n  2026-01-01T00:00:00Z [Forged] c\n")
    }

    @Test func stripsWhatSteersATerminal() async throws {
        let text = try await deliver(["\u{1B}[31mred\u{1B}[0m \u{202E}txt\u{7}"], job: "A\nB")
        #expect(text == "2026-03-27T09:00:00+01:00 [A B] red txt\n")
    }

    @Test func saysWhyItCannotWrite() async {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let delivery = Delivery(
            runID: nil, jobName: "J", recipient: Recipient("log"), text: "x", createdAt: morning, notBefore: morning)
        func reason(_ path: String) async -> DeliveryResult {
            await FileGateway(name: "log", path: path, zone: "UTC").deliver(delivery)
        }
        #expect(await reason(folder) == .refused(reason: "\(folder) is a folder"))
        let missing = folder + "/no/log"
        #expect(await reason(missing) == .refused(reason: "the folder of \(missing) does not exist"))
        #expect(await reason("/dev/full") == .retry(reason: "the disk of /dev/full is full", after: nil))
    }
}
