extension StoreError {
    /// A whole sentence for a person: what is wrong with which file, and what to do.
    package var message: String {
        switch self {
        case .nameTaken(let name):
            "There is already a job named \"\(name)\"; choose another name or change that job."
        case .noSuchJob(let id):
            "There is no job \(id); it may have been deleted."
        case .newerVersion(let path, let found):
            "\(path) was written by a newer version of rota (\(found)); nothing was changed. Update rota to use it."
        case .corrupt(let path, let detail):
            "\(path) cannot be read (\(detail)); it was left as it is. "
                + "Restore it from a backup, or move it away to start with an empty store."
        case .readOnly(let path):
            "\(path) cannot be written; allow writing to the file and its folder."
        case .full(let path):
            "The disk that holds \(path) is full; nothing was written. Free some space, and the work goes on."
        case .unavailable(let path, let detail):
            "\(path) cannot be used: \(detail)."
        case .superseded:
            "Another process has taken the scheduler over; this one starts nothing more."
        case .copied(let path):
            "\(path) is a copy of another store: two schedulers would do the same work twice. "
                + "Where the original is no longer used, \"rota start --adopt\" makes this one its own."
        }
    }
}
