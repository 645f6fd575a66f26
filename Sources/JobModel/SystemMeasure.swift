/// Something about this machine that a condition can ask about.
package enum SystemMeasure: String, Codable, CaseIterable, Sendable {
    /// Percent of the file system that holds the path.
    case diskUsedPercent = "disk_used_percent"
    case diskFreePercent = "disk_free_percent"
    /// Gigabytes (10⁹ bytes).
    case diskFreeGigabytes = "disk_free_gb"
    /// Percent of the memory that programs could not get at once.
    case memoryUsedPercent = "memory_used_percent"
    case memoryFreePercent = "memory_free_percent"
    /// Megabytes (10⁶ bytes).
    case memoryFreeMegabytes = "memory_free_mb"
    /// Programs that wait or run, on average over one minute.
    case load
    /// Whether a file is there, its size, and when it changed.
    case file

    /// For cards and lists: "disk used".
    package var words: String {
        switch self {
        case .diskUsedPercent, .diskFreePercent, .diskFreeGigabytes: "the disk"
        case .memoryUsedPercent, .memoryFreePercent, .memoryFreeMegabytes: "the memory"
        case .load: "the load"
        case .file: "the file"
        }
    }
}
