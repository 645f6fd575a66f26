import JobModel
import Templates

/// `report`: words, a sparkline and a table, as text, Markdown or HTML.
struct ReportAction: CatalogueAction {
    private static let mostRows = 500

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        do throws(ActionProblem) {
            let (format, words) = try Self.words(call)
            let numbers = call["numbers"]?.array?.compactMap(\.number) ?? []
            let line = numbers.isEmpty ? nil : Sparkline.text(numbers)
            let rows = call["rows"]?.array ?? []
            guard rows.count <= Self.mostRows else {
                throw ActionProblem("a table of \(rows.count) rows; \(Self.mostRows) are the most")
            }
            let table = rows.isEmpty ? nil : ReportTable(rows: rows, columns: call.texts("columns")).text(format)
            let title = call.text("title").map { Self.heading(CleanText.firstLine(of: $0), format) }
            let parts = [title, words, line.map { Self.paragraph($0, format) }, table].compactMap(\.self)
            let body = ResultText.clean(parts.filter { !$0.isEmpty }.joined(separator: format == .html ? "\n" : "\n\n"))
            guard !body.isEmpty else { throw ActionProblem("the report came out empty") }
            return StepResult(
                text: body,
                value: [
                    "format": .string(format.rawValue), "body": .string(body),
                    "sparkline": line.map(JSONValue.string) ?? .null,
                ])
        } catch {
            return StepResult(error: error.message)
        }
    }

    /// The words are filled already, and what filled them is escaped.
    private static func words(_ call: FilledCall) throws(ActionProblem) -> (Markup, String?) {
        let given = [Markup.text, .markdown, .html].filter { call.approved[$0.rawValue].map { !$0.isNull } ?? false }
        guard given.count <= 1 else {
            throw ActionProblem("its words are given as \(given.map(\.rawValue).joined(separator: " and "))")
        }
        let wanted = call.text("as").flatMap(Markup.init(rawValue:))
        guard let format = given.first else { return (wanted ?? .text, nil) }
        guard wanted == nil || wanted == format else {
            throw ActionProblem("its words are \(format.rawValue), and \"as\" says \(wanted?.rawValue ?? "")")
        }
        return (format, call.text(format.rawValue))
    }

    private static func heading(_ title: String, _ format: Markup) -> String {
        switch format {
        case .text: title
        case .markdown: "# \(format.escaped(title))"
        case .html: "<h1>\(format.escaped(title))</h1>"
        }
    }

    private static func paragraph(_ line: String, _ format: Markup) -> String {
        format == .html ? "<p>\(line)</p>" : line
    }
}

/// Numbers as a line of bars: `▁▂▃▅▇`.
enum Sparkline {
    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let mostBars = 60

    /// Of more numbers than fit, the last ones. Equal numbers are a line in the middle.
    static func text(_ numbers: [Double]) -> String {
        let shown = numbers.suffix(mostBars)
        guard let low = shown.min(), let high = shown.max() else { return "" }
        guard high > low else { return String(repeating: "▄", count: shown.count) }
        return String(
            shown.map { number in
                let share = (number / 2 - low / 2) / (high / 2 - low / 2)
                return bars[min(bars.count - 1, Int(share * Double(bars.count)))]
            })
    }
}

/// Objects as rows, their members as columns.
struct ReportTable {
    private let columns: [String]
    private let cells: [[String]]

    /// - Parameter columns: which members, in order; empty takes all that any row has, by name.
    init(rows: [JSONValue], columns: [String]) {
        let names = columns.isEmpty ? Set(rows.flatMap { $0.object?.keys.map(\.self) ?? [] }).sorted() : columns
        self.columns = names
        cells = rows.map { row in
            names.map { name in
                CleanText.firstLine(of: CleanText.clean(row[name]?.plainText ?? ""), limit: 100)
            }
        }
    }

    func text(_ format: Markup) -> String {
        switch format {
        case .text: plain
        case .markdown: markdown
        case .html: html
        }
    }

    private var plain: String {
        let widths = columns.indices.map { column in
            ([columns] + cells).map { $0[column].count }.max() ?? 0
        }
        let lines = ([columns] + cells).map { row in
            row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }.joined(separator: "  ")
        }
        return lines.joined(separator: "\n")
    }

    private var markdown: String {
        func line(_ row: [String]) -> String { "| \(row.map(Markup.markdown.escaped).joined(separator: " | ")) |" }
        let rule = "|\(String(repeating: " --- |", count: columns.count))"
        return ([line(columns), rule] + cells.map(line)).joined(separator: "\n")
    }

    private var html: String {
        func line(_ row: [String], _ tag: String) -> String {
            "<tr>\(row.map { "<\(tag)>\(Markup.html.escaped($0))</\(tag)>" }.joined())</tr>"
        }
        return (["<table>", line(columns, "th")] + cells.map { line($0, "td") } + ["</table>"]).joined(separator: "\n")
    }
}
