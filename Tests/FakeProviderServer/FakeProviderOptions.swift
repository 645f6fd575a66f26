import FakeProviders
import Foundation

/// What the fake provider is told on its command line.
struct FakeProviderOptions: Sendable {
    struct Problem: Error, CustomStringConvertible { let description: String }

    static let usage = """
        usage: fake-provider [--answer TEXT | --answers FILE] [--fault NAME] [--first NAME]... [--call TOOL]
                             [--model NAME]... [--key KEY] [--no-usage]

        --answer TEXT   what the model says (default {})
        --answers FILE  what it says to one request after another, a line each; the last line again and again
        --fault NAME    what goes wrong with every answer
        --first NAME    what goes wrong with the first answer; again for the second; `none` for nothing
        --call TOOL     the text becomes the arguments of this tool, also where the request does not force one
        --model NAME    a model that is listed (default M)
        --key KEY       the only key that is let in (default: everybody is)
        --no-usage      say nothing about tokens

        faults: \(ProviderFault.names.joined(separator: ", "))
        """

    var models: [String] = []
    var key: String?
    private var texts = ["{}"]
    private var fault: ProviderFault?
    private var first: [ProviderFault?] = []
    private var tool: String?
    private var hasUsage = true

    init(_ arguments: ArraySlice<String>) throws {
        var rest = arguments
        while let option = rest.popFirst() {
            if option == "--no-usage" {
                hasUsage = false
                continue
            }
            guard let value = rest.popFirst() else {
                throw Problem(description: "\(option) is unknown or lacks a value")
            }
            try take(option, value)
        }
        if models.isEmpty { models = ["M"] }
    }

    private mutating func take(_ option: String, _ value: String) throws {
        switch option {
        case "--answer": texts = [value]
        case "--answers": texts = try Self.lines(of: value)
        case "--fault": fault = try Self.fault(value)
        case "--first": first.append(value == "none" ? nil : try Self.fault(value))
        case "--call": tool = value
        case "--model": models.append(value)
        case "--key": key = value
        default: throw Problem(description: "\(option) is not known")
        }
    }

    func answer(to request: ProviderRequest) -> ProviderAnswer {
        let index = request.number - 1
        let text = texts[min(index, texts.count - 1)]
        let calls = tool.map { [ProviderAnswer.ToolCall(name: $0, arguments: text)] } ?? []
        return ProviderAnswer(
            calls.isEmpty ? text : "", calls: calls, usage: hasUsage ? ProviderUsage() : nil,
            fault: index < first.count ? first[index] : fault
        ).fitted(to: request)
    }

    private static func fault(_ name: String) throws -> ProviderFault {
        guard let fault = ProviderFault(name: name) else { throw Problem(description: "no fault is called \(name)") }
        return fault
    }

    private static func lines(of path: String) throws -> [String] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Problem(description: "\(path) cannot be read")
        }
        let lines = text.split(separator: "\n").map(String.init)
        guard !lines.isEmpty else { throw Problem(description: "\(path) is empty") }
        return lines
    }
}
