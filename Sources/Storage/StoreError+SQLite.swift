import GRDB
import JobModel

extension StoreError {
    /// What a failure of SQLite, or of reading a row, means for the store at `path`.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        case let error as UnreadableRow: self = .corrupt(path: path, detail: error.detail)
        case is DecodingError: self = .corrupt(path: path, detail: "a stored value is not in the expected form")
        case is EncodingError: self = .unavailable(path: path, detail: "a value cannot be stored")
        default: self = .unavailable(path: path, detail: "\(error)")
        }
    }

    private init(_ error: DatabaseError, path: String) {
        let text = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_FULL: self = .full(path: path)
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(path: path, detail: text)
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: self = .full(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .unavailable(path: path, detail: "another process has kept it locked for more than 5 seconds")
        default: self = .unavailable(path: path, detail: text)
        }
    }
}
