import Foundation

/// Files of questions for the batch commands, one JSON object a line.
enum Questions {
    private static let crons = [
        "*/15 * * * *", "0 9 * * 1-5", "30 2 * * *", "0 0 1 * *", "0 12 15 1,7 *", "5 4 * * sun",
    ]
    private static let phrases = [
        "every weekday at 9", "in 20 minutes", "every 30 minutes during business hours",
        "on the last Friday of the month",
        "tomorrow at 17:30", "every 2 weeks on Friday",
    ]
    private static let sentences = [
        "every weekday at 9 remind me to stand up", "what is scheduled?", "pause the report until Monday",
        "run scripts/clean_tmp.sh every Sunday at midnight", "in 20 minutes tell me to call Ana",
        "every 6 hours run the trend analyzer",
    ]

    static func expressions(_ count: Int) -> URL {
        file("expressions", count) { index in
            #"{"expr":"\#(crons[index % crons.count])","tz":"Europe/Berlin","from":"2026-03-02T08:00:00Z","count":1}"#
        }
    }

    static func phrases(_ count: Int) -> URL {
        file("phrases", count) { index in
            #"{"phrase":"\#(phrases[index % phrases.count])","now":"2026-03-02T08:00:00Z","tz":"Europe/Berlin"}"#
        }
    }

    static func sentences(_ count: Int) -> URL {
        file("sentences", count) { index in
            #"{"text":"\#(sentences[index % sentences.count])","now":"2026-03-02T08:00:00Z","tz":"Europe/Berlin"}"#
        }
    }

    /// Made once; later iterations read the same file.
    private static func file(_ name: String, _ count: Int, line: (Int) -> String) -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "rota-\(name)-\(count).jsonl")
        guard !FileManager.default.fileExists(atPath: url.path) else { return url }
        let text = (0..<count).map(line).joined(separator: "\n") + "\n"
        // Where this fails, the benchmark that reads the file fails and says so.
        try? Data(text.utf8).write(to: url, options: .atomic)
        return url
    }
}
