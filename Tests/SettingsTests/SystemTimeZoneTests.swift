import Foundation
import Settings
import Testing

@Suite struct SystemTimeZoneTests {
    struct Machine: Sendable, CustomTestStringConvertible {
        var variable: String?
        var link: String?
        var file: String?
        var zone: String
        var testDescription: String { "TZ \(variable ?? "-"), link \(link ?? "-"), file \(file ?? "-")" }
    }

    @Test(arguments: [
        Machine(zone: "UTC"),
        Machine(variable: "Europe/Berlin", link: "/usr/share/zoneinfo/Asia/Tokyo", zone: "Europe/Berlin"),
        Machine(variable: ":Europe/Berlin", zone: "Europe/Berlin"),
        Machine(variable: "/usr/share/zoneinfo/Europe/Berlin", zone: "Europe/Berlin"),
        Machine(variable: "", link: "/usr/share/zoneinfo/Asia/Tokyo", zone: "UTC"),
        Machine(variable: "CET-1CEST", link: "../usr/share/zoneinfo/Asia/Tokyo", zone: "Asia/Tokyo"),
        Machine(link: "/usr/share/zoneinfo/posix/Asia/Tokyo", file: "Europe/Berlin\n", zone: "Asia/Tokyo"),
        Machine(file: "Europe/Berlin\n", zone: "Europe/Berlin"),
        Machine(link: "/data/clock", file: "Nowhere/City", zone: "UTC"),
        Machine(variable: "../../etc/passwd", zone: "UTC"),
    ])
    func findsTheMachinesZone(_ machine: Machine) throws {
        try withTemporaryFolder { root in
            for zone in ["Europe/Berlin", "Asia/Tokyo"] {
                let path = URL(fileURLWithPath: root + "/usr/share/zoneinfo/" + zone)
                try FileManager.default.createDirectory(
                    at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("TZif2".utf8).write(to: path)
            }
            mkdir(root + "/etc", 0o700)
            if let link = machine.link { symlink(link, root + "/etc/localtime") }
            try machine.file?.write(toFile: root + "/etc/timezone", atomically: true, encoding: .utf8)
            let environment = machine.variable.map { ["TZ": $0] } ?? [:]
            #expect(systemTimeZoneName(environment: environment, root: root) == machine.zone)
        }
    }

    @Test(arguments: [
        ("UTC", true), ("UTC+05:30", true), ("UTC-14:00", true), ("UTC+15:00", false), ("Europe/Berlin", true),
        ("Etc/GMT+2", true), ("zone.tab", false), ("Europe", false), ("", false), ("/etc/passwd", false),
        ("Europe/../Europe/Berlin", false),
    ])
    func knowsZoneNames(_ name: String, _ exists: Bool) {
        #expect(TimeZoneName.exists(name) == exists)
    }
}
