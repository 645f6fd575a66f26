import Documents
import Foundation
import JobModel

/// The person's `prices.yaml`: what models charge, in dollars per million tokens.
///
///     openai:gpt-x: {input: 1.25, cached: 0.125, output: 10}
///     unknown: {input: 15, output: 75}
package struct PriceFile: Hashable, Sendable {
    package let path: String

    private static let largest = 1 << 20
    private static let members = ["input", "cached", "output"]

    package init(path: String) {
        self.path = path
    }

    /// The prices as they are now; the built-in ones where there is no file. Throws for the first thing that is wrong,
    /// with its line: a price that is guessed could be too low.
    package func load() throws(PriceFileError) -> PriceTable {
        guard access(path, F_OK) == 0 else { return .builtIn }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw problem(access(path, R_OK) == 0 ? "it is not a file" : "permission denied")
        }
        guard data.count <= Self.largest, let text = String(validating: data, as: UTF8.self) else {
            throw problem("it is not UTF-8 text, or larger than 1 MB")
        }
        return try read(text)
    }

    func read(_ text: String) throws(PriceFileError) -> PriceTable {
        let node: DocumentNode?
        do throws(DocumentError) {
            node = try YAMLDocument.read(text)
        } catch {
            throw problem(error.message, at: error.place)
        }
        guard let node, !(node.scalar?.isNull ?? false) else { return .builtIn }
        guard let members = node.members else {
            throw problem("it must hold lines such as 'openai:NAME: {input: 1.25, output: 10}'", at: node.place)
        }
        var lines: [PriceTable.Line] = []
        var unknown = ModelPrice.unknown
        for member in members {
            let price = try price(member)
            if member.key == "unknown" { unknown = price } else { lines.append(PriceTable.Line(member.key, price)) }
        }
        return PriceTable(lines: lines, unknown: unknown)
    }

    // MARK: One line

    private func price(_ member: DocumentMember) throws(PriceFileError) -> ModelPrice {
        guard let parts = member.value.members else {
            throw problem("'\(member.key)' takes {input: 1.25, cached: 0.125, output: 10}", at: member.place)
        }
        guard member.key == "unknown" || member.key.contains(":") || member.key.contains("*") else {
            throw problem(
                "'\(member.key)' is no model: write PROVIDER:NAME, with * for any characters", at: member.place)
        }
        if let stray = parts.first(where: { !Self.members.contains($0.key) }) {
            throw problem("'\(stray.key)' is no price; known: \(Self.members.joined(separator: ", "))", at: stray.place)
        }
        let input = try amount("input", of: member)
        let cached = member.value["cached"] == nil ? input : try amount("cached", of: member)
        return ModelPrice(input: input, cached: cached, output: try amount("output", of: member))
    }

    private func amount(_ name: String, of member: DocumentMember) throws(PriceFileError) -> Double {
        guard let node = member.value[name] else {
            throw problem("'\(name)' is missing in '\(member.key)'", at: member.place)
        }
        guard let number = node.scalar?.number, ModelPrice.range.contains(number) else {
            throw problem("'\(name)' takes dollars per million tokens, from 0 to 10000", at: node.place)
        }
        return number
    }

    private func problem(_ detail: String, at place: DocumentPlace? = nil) -> PriceFileError {
        PriceFileError(path: path, line: place?.line, detail: detail)
    }
}

/// Why a price file cannot be used. The description is a whole sentence for a person.
package struct PriceFileError: Error, Hashable, CustomStringConvertible {
    package let path: String
    /// From 1; `nil` where the file as a whole is meant.
    package let line: Int?
    package let detail: String

    package var description: String { path + (line.map { " line \($0)" } ?? "") + ": \(detail)." }
}
