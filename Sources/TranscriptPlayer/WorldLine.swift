import FakeProviders
import Foundation
import JobModel

/// A `!` line: what happens outside of the conversation.
enum WorldLine: Hashable {
    case script(path: String, World.ScriptAnswer)
    case http(request: String, World.HTTPAnswer)
    case provider(World.HTTPAnswer)
    /// What goes wrong at the model's provider from here on; `nil` is nothing.
    case providerFault(ProviderFault?)
    case gateway(String, problem: String?)
    case event(name: String, data: JSONValue)
    /// A file that commands can be given by this name.
    case file(name: String, content: String)
    case restart
    /// The program dies at the next claim (or start, or finish) and is started again.
    case crash(after: String)
    /// Nothing runs until `start`.
    case stop
    case start

    /// Reads `script backup.sh exit=1 stderr="disk full" took=3s` and its like.
    init(parsing text: String, files: (String) -> String?) throws(WorldLineError) {
        let words = ShellWords.split(text)
        guard let kind = words.first else { throw WorldLineError(message: "an empty \"!\" line") }
        let rest = Array(words.dropFirst())
        let options = Options(rest)
        switch kind {
        case "script": self = try Self.script(rest, options)
        case "http": self = try Self.http(rest, options, files: files)
        case "provider":
            self = try Self.provider(rest, options)
        case "gateway":
            guard let name = rest.first else { throw WorldLineError(message: "\"! gateway\" needs a name") }
            self = .gateway(name, problem: rest.contains("ok") ? nil : options["error"] ?? "unreachable")
        case "event": self = try Self.event(text)
        case "file": self = try Self.file(rest, options, files: files)
        case "restart": self = .restart
        case "crash": self = .crash(after: options["after"] ?? "claim")
        case "stop": self = .stop
        case "start": self = .start
        default:
            throw WorldLineError(
                message:
                    "\"\(kind)\" is nothing the world can do; script, http, provider, gateway, event, file, restart, "
                    + "crash, stop and start are")
        }
    }

    private static func provider(_ words: [String], _ options: Options) throws(WorldLineError) -> WorldLine {
        guard let word = words.first else { throw WorldLineError(message: "\"! provider\" needs a status or a fault") }
        if word == "ok" { return .providerFault(nil) }
        if let status = Int(word) {
            return .provider(
                World.HTTPAnswer(
                    status: status, body: options["body"] ?? "", retryAfter: try options.duration("retry-after")))
        }
        guard let fault = ProviderFault(name: word) else {
            throw WorldLineError(
                message: "\"\(word)\" is nothing that goes wrong with a provider; a status is, ok, or "
                    + ProviderFault.names.joined(separator: ", "))
        }
        return .providerFault(fault)
    }

    private static func script(_ words: [String], _ options: Options) throws(WorldLineError) -> WorldLine {
        guard let path = words.first else { throw WorldLineError(message: "\"! script\" needs a file name") }
        let answer = World.ScriptAnswer(
            exit: options["exit"].flatMap { Int($0) } ?? 0, output: options["stdout"] ?? "",
            errors: options["stderr"] ?? "", took: try options.duration("took") ?? 0)
        return .script(path: path, answer)
    }

    private static func http(
        _ words: [String], _ options: Options, files: (String) -> String?
    ) throws(WorldLineError) -> WorldLine {
        guard words.count >= 3, let status = Int(words[2]) else {
            throw WorldLineError(message: "\"! http\" is METHOD URL STATUS [body=TEXT or body=@FILE]")
        }
        let body = try content(options["body"] ?? "", files: files)
        return .http(
            request: "\(words[0].uppercased()) \(words[1])",
            World.HTTPAnswer(status: status, body: body, took: try options.duration("took") ?? 0))
    }

    private static func file(
        _ words: [String], _ options: Options, files: (String) -> String?
    ) throws(WorldLineError) -> WorldLine {
        guard let name = words.first, let body = options["body"] else {
            throw WorldLineError(message: "\"! file\" is NAME body=TEXT or body=@FILE")
        }
        return .file(name: name, content: try content(body, files: files))
    }

    /// `@FILE` is what that file beside the transcript holds.
    private static func content(_ body: String, files: (String) -> String?) throws(WorldLineError) -> String {
        guard body.hasPrefix("@") else { return body }
        guard let content = files(String(body.dropFirst())) else {
            throw WorldLineError(message: "the file \(body.dropFirst()) beside the transcript cannot be read")
        }
        return content
    }

    private static func event(_ text: String) throws(WorldLineError) -> WorldLine {
        let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard parts.count >= 2 else { throw WorldLineError(message: "\"! event\" needs a name") }
        guard parts.count == 3 else { return .event(name: parts[1], data: [:]) }
        do {
            return .event(name: parts[1], data: try JSONValue(parsing: parts[2]))
        } catch {
            throw WorldLineError(message: "the event's data is no JSON document")
        }
    }
}

struct WorldLineError: Error, Hashable {
    var message: String
}

/// `key=value` words.
private struct Options {
    private let values: [String: String]

    init(_ words: [String]) {
        var values: [String: String] = [:]
        for word in words {
            guard let equals = word.firstIndex(of: "=") else { continue }
            values[String(word[..<equals])] = String(word[word.index(after: equals)...])
        }
        self.values = values
    }

    subscript(key: String) -> String? { values[key] }

    /// "3s", "200ms", "2m", "1h", or bare seconds.
    func duration(_ key: String) throws(WorldLineError) -> TimeInterval? {
        guard let text = values[key] else { return nil }
        guard let seconds = Duration.seconds(text) else {
            throw WorldLineError(message: "\"\(key)=\(text)\" is no length of time such as 3s, 200ms or 2m")
        }
        return seconds
    }
}

extension Duration {
    static func seconds(_ text: String) -> TimeInterval? {
        let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)]
        for (suffix, factor) in units where text.hasSuffix(suffix) {
            return Double(text.dropLast(suffix.count)).map { $0 * factor }
        }
        return Double(text)
    }
}
