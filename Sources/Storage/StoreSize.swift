import Foundation

/// How much room a store takes, as the file system says: also of a store that cannot be opened.
package struct StoreSize: Hashable, Sendable {
    /// Bytes of the file; 0 where there is none.
    package var file = 0
    /// Bytes of the log beside it.
    package var log = 0
    /// When any process last wrote to either: every write is synced before its caller hears of it.
    package var written: Date?

    package var total: Int { file + log }

    package init(of path: String) {
        for (part, member) in [(path, \StoreSize.file), (path + "-wal", \StoreSize.log)] {
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: part) else { continue }
            self[keyPath: member] = (attributes[.size] as? NSNumber)?.intValue ?? 0
            let changed = attributes[.modificationDate] as? Date
            written = [written, changed].compactMap(\.self).max()
        }
    }
}
