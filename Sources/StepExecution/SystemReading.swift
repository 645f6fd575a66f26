import Foundation
import JobModel

/// Reads measures of this machine. The number comes first in the text, so that conditions find it.
enum SystemReading {
    /// Reads on another thread: a file system of another machine may keep the answer waiting.
    static func reading(_ measure: SystemMeasure, path: String?) async -> StepResult {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: read(measure, path: path)) }
        }
    }

    /// - Parameter path: the file, or any file of the file system that is meant; the root's where none is.
    static func read(_ measure: SystemMeasure, path: String?) -> StepResult {
        switch measure {
        case .diskUsedPercent, .diskFreePercent, .diskFreeGigabytes: disk(measure, path: path ?? "/")
        case .memoryUsedPercent, .memoryFreePercent, .memoryFreeMegabytes: memory(measure)
        case .load: load()
        case .file: file(path ?? "")
        }
    }

    private static func disk(_ measure: SystemMeasure, path: String) -> StepResult {
        var status = statvfs()
        guard statvfs(expanded(path), &status) == 0, status.f_blocks > 0 else {
            return StepResult(error: "the disk of \(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        let available = Double(status.f_bavail)
        let used = Double(status.f_blocks - status.f_bfree)
        let percent = used / (used + available) * 100
        switch measure {
        case .diskFreePercent: return StepResult(text: "\(rounded(100 - percent)) % of the disk of \(path) are free")
        case .diskFreeGigabytes:
            return StepResult(
                text: "\(rounded(available * Double(status.f_frsize) / 1e9)) GB free on the disk of \(path)")
        default: return StepResult(text: "\(rounded(percent)) % of the disk of \(path) are used")
        }
    }

    private static func memory(_ measure: SystemMeasure) -> StepResult {
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
            let total = kilobytes("MemTotal:", in: text), let free = kilobytes("MemAvailable:", in: text), total > 0
        else { return StepResult(error: "the memory cannot be read from /proc/meminfo") }
        switch measure {
        case .memoryFreePercent: return StepResult(text: "\(rounded(free / total * 100)) % of the memory are free")
        case .memoryFreeMegabytes: return StepResult(text: "\(rounded(free * 1_024 / 1e6)) MB of memory are free")
        default: return StepResult(text: "\(rounded((1 - free / total) * 100)) % of the memory are used")
        }
    }

    private static func kilobytes(_ name: String, in text: String) -> Double? {
        text.split(separator: "\n").first { $0.hasPrefix(name) }
            .flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Double($0) }
    }

    private static func load() -> StepResult {
        var averages = [0.0]
        guard getloadavg(&averages, 1) == 1 else { return StepResult(error: "the load cannot be read") }
        return StepResult(text: "\(rounded(averages[0])) is the load of the last minute")
    }

    /// The path is left out, so that conditions on "missing", "present", "empty" and "bytes" never find its words.
    private static func file(_ path: String) -> StepResult {
        var status = stat()
        guard stat(expanded(path), &status) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else {
                return StepResult(error: "\(path) cannot be looked at: \(String(cString: strerror(errno)))")
            }
            return StepResult(text: "missing")
        }
        let changed = RFC3339.text(Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec)))
        let size = status.st_size == 0 ? "empty" : "\(status.st_size) bytes"
        return StepResult(text: "present, \(size), changed \(changed)")
    }

    /// A relative path is one below the person's home folder.
    static func expanded(_ path: String) -> String {
        let path = (path as NSString).expandingTildeInPath
        return path.isEmpty || path.hasPrefix("/") ? path : NSHomeDirectory() + "/" + path
    }

    /// With two decimals at the most.
    private static func rounded(_ value: Double) -> String {
        let hundredths = (value * 100).rounded() / 100
        return Int(exactly: hundredths).map(String.init) ?? String(hundredths)
    }
}
