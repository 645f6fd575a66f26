import Foundation
import JobModel
import Planning
import PlaybookDocuments

/// What playbook files are read against in tests: a morning in March, two gateways, and scripts that are there.
enum ReadingWorld {
    static let now = Date(timeIntervalSince1970: 1_774_598_100)  // Fri 27 Mar 2026 08:55 in Berlin
    static let provenance = Provenance(sentence: "", interpreter: "playbook file")

    static var situation: Situation {
        var surroundings = Surroundings.permissive
        surroundings.hasGateway = { ["telegram", "log"].contains($0.gateway) || $0.isConversation }
        surroundings.inspectScript = { path in
            path.hasPrefix("missing")
                ? .failure(.init("There is no \(path) in scripts; put it there first."))
                : .success(.init(path: path, sha256: String(repeating: "0", count: 64)))
        }
        surroundings.problemWithURL = { $0.hasPrefix("https://") ? nil : "\"\($0)\" is no URL that can be requested." }
        return Situation(now: now, zone: "Europe/Berlin", surroundings: surroundings)
    }

    static func read(_ text: String, _ syntax: PlaybookReading.Syntax = .yaml) -> PlaybookReading {
        PlaybookReading(text, syntax: syntax, situation: situation, provenance: provenance)
    }

    static func folder(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: name)
    }
}
