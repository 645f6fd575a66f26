import Foundation
import JobModel

/// `system`: a measure of this machine, as words and as data.
struct SystemAction: CatalogueAction {
    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        guard let measure = SystemMeasure(rawValue: call.text("measure") ?? "") else {
            return StepResult(error: "there is no such measure")
        }
        let path = call.approvedText("path")
        guard path?.contains("{{") != true else {
            return StepResult(error: "the path \(path ?? "") has a hole, by which foreign data could look around")
        }
        guard measure != .file || path != nil else { return StepResult(error: "\"path\" names no file") }
        return await SystemReading.measured(measure, path: path, now: context.now)
    }
}

extension SystemReading {
    /// The reading with its data, which the action's schema of results describes.
    static func measured(_ measure: SystemMeasure, path: String?, now: Date) async -> StepResult {
        var result = await reading(measure, path: path)
        guard result.succeeded else { return result }
        result.value = measure == .file ? await file(path ?? "", now: now) : number(measure, in: result.text)
        return result
    }

    /// The number comes first in the text.
    private static func number(_ measure: SystemMeasure, in text: String) -> JSONValue {
        let number = text.split(separator: " ").first.flatMap { Double($0) }
        return [
            "measure": .string(measure.rawValue), "unit": .string(measure.unit),
            "value": number.map(JSONValue.number) ?? .null,
        ]
    }

    /// On another thread: a file system of another machine may keep the answer waiting.
    private static func file(_ path: String, now: Date) async -> JSONValue {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: facts(of: path, now: now)) }
        }
    }

    private static func facts(of path: String, now: Date) -> JSONValue {
        var members: [String: JSONValue] = ["measure": "file", "unit": "bytes", "exists": false]
        var status = stat()
        guard stat(expanded(path), &status) == 0 else { return .object(members) }
        let size = JSONValue.number(Double(status.st_size))
        let seconds = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
        let changed = Date(timeIntervalSince1970: seconds)
        members["exists"] = true
        (members["value"], members["size"]) = (size, size)
        members["age_seconds"] = .number(max(0, now.timeIntervalSince(changed).rounded()))
        members["changed"] = .string(RFC3339.text(Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec))))
        return .object(members)
    }
}

extension SystemMeasure {
    fileprivate var unit: String {
        switch self {
        case .diskUsedPercent, .diskFreePercent, .memoryUsedPercent, .memoryFreePercent: "percent"
        case .diskFreeGigabytes: "GB"
        case .memoryFreeMegabytes: "MB"
        case .load: ""
        case .file: "bytes"
        }
    }
}
