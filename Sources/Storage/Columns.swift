import Foundation
import GRDB
import JobModel

extension Date {
    /// Whole milliseconds since 1970 UTC, the nearest.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// As it will read back from the store.
    var stored: Date { Date(milliseconds: milliseconds) }
}

/// JSON columns: keys in order, so that equal values are equal texts.
enum JSONColumn {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<T: Decodable>(_ text: String, as type: T.Type = T.self) throws -> T {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(type, from: Data(text.utf8))
    }
}

/// A row that this program could not have written.
struct UnreadableRow: Error {
    let detail: String
}

extension Row {
    func date(_ column: String) -> Date { Date(milliseconds: self[column]) }

    func optionalDate(_ column: String) -> Date? {
        let milliseconds: Int64? = self[column]
        return milliseconds.map(Date.init(milliseconds:))
    }

    func json<T: Decodable>(_ column: String, as type: T.Type = T.self) throws -> T {
        try JSONColumn.value(self[column], as: type)
    }

    func optionalJSON<T: Decodable>(_ column: String, as type: T.Type = T.self) throws -> T? {
        let text: String? = self[column]
        return try text.map { try JSONColumn.value($0, as: type) }
    }

    func state<T: RawRepresentable<String>>(_ column: String, as type: T.Type = T.self) throws -> T {
        let word: String = self[column]
        guard let value = T(rawValue: word) else { throw UnreadableRow(detail: "'\(word)' is no value of \(column)") }
        return value
    }
}

extension Database {
    /// Runs a statement that is kept prepared; returns how many rows it changed.
    @discardableResult
    func change(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Int {
        try cachedStatement(sql: sql).execute(arguments: arguments)
        return changesCount
    }

    /// Runs an INSERT; returns the new row's id.
    func insert(_ sql: String, _ arguments: StatementArguments) throws -> Int64 {
        try cachedStatement(sql: sql).execute(arguments: arguments)
        return lastInsertedRowID
    }

    func rows(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }
}
