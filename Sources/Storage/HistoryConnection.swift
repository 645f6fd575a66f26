import Foundation
import GRDBSQLite
import JobModel

/// A connection for one query: read-only, and with nothing but the views of the history in reach.
///
/// A connection of its own: the store's pool keeps its own authorizer, and a query that is stopped disturbs nobody.
final class HistoryConnection {
    /// Bytes of a single value, and of all rows together.
    private static let largestValue: Int32 = 1 << 20
    private static let largestAnswer = 512 << 10

    private let database: OpaquePointer
    private let guardian: HistoryGuard

    init(path: String, deadline: Date) throws(HistoryProblem) {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw HistoryProblem("the history cannot be opened")
        }
        database = handle
        guardian = HistoryGuard(deadline: deadline)
        sqlite3_busy_timeout(handle, 2_000)
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.largestValue)
        sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 20_000)
        sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 100)
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_exec(handle, "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF", nil, nil, nil)
        for statement in HistoryViews.statements(secret: guardian.secret) {
            guard sqlite3_exec(handle, statement, nil, nil, nil) == SQLITE_OK else { throw problem() }
        }
        guardian.watch(handle)
    }

    deinit { sqlite3_close_v2(database) }

    func rows(_ query: HistoryQuery) throws(HistoryProblem) -> HistoryRows {
        let statement = try prepared(query.sql)
        defer { sqlite3_finalize(statement) }
        try bind(query.parameters, to: statement)
        let columns = (0..<sqlite3_column_count(statement)).map { index in
            sqlite3_column_name(statement, index).map { String(cString: $0) } ?? "\(index + 1)"
        }
        var found = HistoryRows(columns: columns, rows: [], isCut: false)
        var bytes = 0
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return found }
            guard code == SQLITE_ROW else { throw problem() }
            let row = columns.indices.map { Self.value(statement, Int32($0)) }
            bytes += row.reduce(0) { $0 + ($1.string?.utf8.count ?? 8) }
            guard found.rows.count < query.limit, bytes <= Self.largestAnswer else {
                found.isCut = true
                return found
            }
            found.rows.append(row)
        }
    }

    // MARK: Statement

    /// Exactly one, which reads.
    private func prepared(_ sql: String) throws(HistoryProblem) -> OpaquePointer {
        var statement: OpaquePointer?
        var isAlone = true
        let code = sql.withCString { text -> Int32 in
            var rest: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(database, text, -1, &statement, &rest)
            isAlone = rest.map { String(cString: $0).allSatisfy { $0.isWhitespace || $0 == ";" } } ?? true
            return code
        }
        guard code == SQLITE_OK else { throw problem() }
        guard let statement else { throw HistoryProblem("the query is empty") }
        let isSelect = sqlite3_stmt_readonly(statement) != 0 && sqlite3_stmt_isexplain(statement) == 0
        guard isAlone, isSelect, sqlite3_column_count(statement) > 0 else {
            sqlite3_finalize(statement)
            throw HistoryProblem("the query must be one SELECT")
        }
        return statement
    }

    private func bind(_ parameters: [JSONValue], to statement: OpaquePointer) throws(HistoryProblem) {
        let wanted = Int(sqlite3_bind_parameter_count(statement))
        guard parameters.count == wanted else {
            throw HistoryProblem("the query has \(wanted) parameters, and \(parameters.count) are given")
        }
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (index, parameter) in zip(Int32(1)..., parameters) {
            switch parameter {
            case .null: sqlite3_bind_null(statement, index)
            case .bool(let truth): sqlite3_bind_int64(statement, index, truth ? 1 : 0)
            case .number(let number):
                if let whole = Int64(exactly: number) {
                    sqlite3_bind_int64(statement, index, whole)
                } else {
                    sqlite3_bind_double(statement, index, number)
                }
            case .string, .array, .object: sqlite3_bind_text(statement, index, parameter.plainText, -1, transient)
            }
        }
    }

    private static func value(_ statement: OpaquePointer, _ index: Int32) -> JSONValue {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: .number(Double(sqlite3_column_int64(statement, index)))
        case SQLITE_FLOAT: .number(sqlite3_column_double(statement, index))
        case SQLITE_TEXT: .string(sqlite3_column_text(statement, index).map { String(cString: $0) } ?? "")
        default: .null
        }
    }

    /// What the library says, without the names of what is hidden.
    private func problem() -> HistoryProblem {
        switch sqlite3_errcode(database) {
        case SQLITE_INTERRUPT: HistoryProblem("the query takes too long")
        case SQLITE_AUTH:
            HistoryProblem("a query may read \(HistoryViews.names.joined(separator: ", ")), and nothing else")
        case SQLITE_TOOBIG: HistoryProblem("a value of the query is too large")
        default:
            HistoryProblem(
                String(cString: sqlite3_errmsg(database)).replacing("inner_\(guardian.secret)_", with: ""))
        }
    }
}

/// What a query may do, asked by SQLite while it reads it, and how long, asked while it runs.
private final class HistoryGuard {
    let secret: String
    let deadline: Date
    private let inner: Set<String>

    init(deadline: Date) {
        self.deadline = deadline
        let secret = UUID().uuidString.replacing("-", with: "").lowercased()
        self.secret = secret
        inner = Set(HistoryViews.names.map { HistoryViews.innerName($0, secret: secret) })
    }

    /// - Parameter database: closed before this value goes away.
    func watch(_ database: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(
            database,
            { context, action, first, second, _, accessor in
                guard let context else { return SQLITE_DENY }
                let texts = [first, second, accessor].map { $0.map { String(cString: $0) } }
                let watcher = Unmanaged<HistoryGuard>.fromOpaque(context).takeUnretainedValue()
                return watcher.allows(action, texts[0], texts[1], accessor: texts[2]) ? SQLITE_OK : SQLITE_DENY
            }, context)
        sqlite3_progress_handler(
            database, 1_000,
            { context in
                guard let context else { return 1 }
                return Unmanaged<HistoryGuard>.fromOpaque(context).takeUnretainedValue().deadline < Date() ? 1 : 0
            }, context)
    }

    private func allows(_ action: Int32, _ first: String?, _ second: String?, accessor: String?) -> Bool {
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: true
        case SQLITE_READ: isReadable(first ?? "", column: second ?? "", accessor: accessor)
        case SQLITE_FUNCTION: !Self.isForbidden(second ?? "")
        default: false
        }
    }

    /// A table of which no column is read is asked for after its view is gone: then there is only its length to know.
    private func isReadable(_ table: String, column: String, accessor: String?) -> Bool {
        if HistoryViews.names.contains(table) || inner.contains(table) || table.isEmpty { return true }
        if column.isEmpty, HistoryViews.tables.contains(table) { return true }
        return accessor.map(inner.contains) ?? false
    }

    private static func isForbidden(_ function: String) -> Bool {
        let name = function.lowercased()
        return ["load_extension", "fts3_tokenizer", "zeroblob", "randomblob"].contains(name)
            || name.hasPrefix("sqlite_")
    }
}
