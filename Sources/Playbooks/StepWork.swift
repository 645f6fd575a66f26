import Foundation
import JobModel
import Synchronization
import Templates

/// One step from its start to its end: its list, its tries, its time. Its start is on the disk when it is carried out,
/// or under way to it (`mayBeRepeated`); its end is for the runner to record, with the starts of what follows.
struct StepWork: Sendable {
    enum Ending: Sendable {
        /// Over, or (state `running`) waiting for the moment that its result names.
        case over(StepRun)
        /// Its start could not be recorded, and so nothing was done.
        case notBegun(Int)
        /// It was stopped from outside. Nothing of that is recorded: it is as if the process had died.
        case stopped(Int)
    }

    /// What is known of a step before anything is done.
    enum Opening: Sendable {
        /// It is not carried out: its end.
        case over(StepRun)
        /// Its start, and the elements of its list.
        case begins(StepRun, items: [JSONValue]?)
        /// Whether it is carried out depends on its input, which must be looked at first.
        case depends
    }

    let turn: StepProgress.Turn
    let step: Step
    let context: StepContext
    /// What an earlier attempt recorded of it, where that is not its success.
    let unfinished: StepRun?
    let isAnswer: @Sendable (StepResult) -> Bool
    let zone: String
    let expressions: StepExpressions
    let executor: any ActionExecutor
    let time: any TimeSource
    let records: StepRecords
    let boundary: Boundary.Hook
    private(set) var opening = Opening.depends

    /// The record that must be on the disk before it is carried out, where it is known.
    var start: StepRun? { if case .begins(let step, _) = opening { step } else { nil } }

    /// Finds out what is known of it now; its end where it is not carried out.
    mutating func open() -> StepRun? {
        opening = currentOpening
        return if case .over(let step) = opening { step } else { nil }
    }

    private var currentOpening: Opening {
        switch turn {
        case .execute where step.unchanged == .skip: .depends
        case .execute: executionOpening
        case .skip(_, let reason):
            .over(ended(.skipped, with: reason.map { StepResult(note: "\($0) does not hold") }))
        case .fail(_, let error): .over(ended(.failed, with: StepResult(error: error)))
        }
    }

    private var executionOpening: Opening {
        do throws(ExpressionProblem) {
            let items = try elements()
            return .begins(begun(items), items: items)
        } catch { return .over(ended(.failed, with: StepResult(error: error.message))) }
    }

    /// The end of a step that was not carried out.
    private func ended(_ state: StepRun.State, with result: StepResult?) -> StepRun {
        var step = newRecord
        (step.state, step.finished, step.result) = (state, step.started, result)
        return step
    }

    private var newRecord: StepRun {
        StepRun(
            runID: context.run.id, index: turn.index, name: step.name, state: .running, attempt: context.run.attempt,
            started: time.now)
    }

    // MARK: Carrying out

    /// - Parameters:
    ///   - request: takes its start to the disk, and the ends of what it needs.
    ///   - isRepeatable: dying in it is as good as not having begun. It need not wait then.
    func carryOut(after request: StepRecords.Request, isRepeatable: Bool) async -> Ending {
        do {
            if !isRepeatable { try await records.keep(request) }
            switch opening {
            case .over(let step): return .over(step)
            case .begins(let step, let items): return await execute(step, items)
            case .depends:
                try await records.keep(request)
                return try await executeIfChanged()
            }
        } catch { return .notBegun(turn.index) }
    }

    private func executeIfChanged() async throws -> Ending {
        switch executionOpening {
        case .over(let step): return .over(step)
        case .depends: return .notBegun(turn.index)
        case .begins(let step, let items):
            let hash = await inputHash(of: items)
            if let kept = unchangedResult(hash) { return .over(ended(.skipped, with: kept)) }
            try await records.keep(records.add([step]))
            return await execute(step, items, hash: hash)
        }
    }

    private func execute(_ begun: StepRun, _ items: [JSONValue]?, hash: String? = nil) async -> Ending {
        var step = begun
        boundary(.beforeSpawn)
        let process = ProcessBox()
        var result = await perform(items, &step, process)
        if Task.isCancelled, !result.succeeded { return .stopped(turn.index) }
        if isAnswer(result) { result.error = nil }
        // A list that waits keeps the digest of its elements, by which it goes on where it was.
        if let hash, result.succeeded, result.waitsUntil == nil { result.inputHash = hash }
        if result.waitsUntil == nil || !result.succeeded {
            result.waitsUntil = nil
            (step.state, step.finished) = (result.succeeded ? .succeeded : .failed, time.now)
        }
        step.result = result
        step.process = process.identity
        boundary(.beforeExit)
        return .over(step)
    }

    /// Its start, with what is known of it from before: where it died now, that must not be lost.
    private func begun(_ items: [JSONValue]?) -> StepRun {
        var step = newRecord
        if let wait = waiting { (step.started, step.result) = (wait.started, wait.result) }
        if let items, let list = StepList(resuming: unfinished?.result, items: items) { step.result = list.result }
        return step
    }

    /// The record in which it gave its place up.
    private var waiting: StepRun? {
        unfinished.flatMap { $0.state == .running && $0.result?.waitsUntil != nil ? $0 : nil }
    }

    private func perform(_ items: [JSONValue]?, _ step: inout StepRun, _ process: ProcessBox) async -> StepResult {
        guard let items else { return await tries(nil, of: step, process) }
        return await each(items, &step, process)
    }

    // MARK: Lists

    /// `nil` for a step that is carried out once. What has no value has no elements.
    private func elements() throws(ExpressionProblem) -> [JSONValue]? {
        guard let text = step.forEach else { return nil }
        switch try expressions.value(text, TemplateData(context, zone: zone)) {
        case .null: return []
        case .array(let items) where items.count <= StepList.mostElements: return items
        case .array(let items):
            throw ExpressionProblem("\(text) has \(items.count) elements; \(StepList.mostElements) are the most")
        default: throw ExpressionProblem("\(text) is no list")
        }
    }

    /// One element after the other, each recorded before the next begins.
    private func each(_ items: [JSONValue], _ step: inout StepRun, _ process: ProcessBox) async -> StepResult {
        var list = StepList(resuming: step.result, items: items) ?? StepList(items: items)
        var began = waiting?.started
        for (number, item) in items.enumerated().dropFirst(list.count) {
            if number > 0, step.result != list.result {
                step.result = list.result
                do { try await records.keep(records.add([step])) } catch {
                    return list.failed("its progress could not be recorded", isTransient: true)
                }
            }
            step.started = began ?? step.started
            let start = began ?? time.now
            began = nil
            let result = await tries(item, of: step, process, began: start)
            if let error = result.error {
                let place = "element \(number + 1) of \(items.count): \(error)"
                guard self.step.onError == .proceed, !Task.isCancelled else {
                    return list.failed(place, isTransient: result.isTransient)
                }
                list.addFailure(place)
            } else if let moment = result.waitsUntil {
                step.started = start
                return list.waiting(until: moment)
            } else {
                list.add(result)
            }
            guard list.size <= StepList.largest else {
                return list.failed("the results of its elements are larger than \(StepList.largest / 1024) KiB")
            }
        }
        return list.result
    }

    // MARK: Tries

    private func tries(
        _ item: JSONValue?, of step: StepRun, _ process: ProcessBox, began: Date? = nil
    ) async -> StepResult {
        var generator = StepRetryGenerator(run: context.run.id, step: turn.index)
        var context = self.context
        context.item = item
        context.began = began ?? step.started
        context.processStarted = { [records, boundary] identity in
            boundary(.afterSpawn)
            process.set(identity)
            var started = step
            started.process = identity
            try? await records.keep(records.add([started]))
        }
        var number = 1
        while true {
            context.now = time.now
            let result = await once(in: context)
            guard isWorthAnother(result), !Task.isCancelled,
                let delay = self.step.retry?.delay(afterAttempt: number, using: &generator)
            else { return result }
            do { try await time.sleep(for: delay) } catch { return result }
            number += 1
        }
    }

    private func isWorthAnother(_ result: StepResult) -> Bool {
        guard let retry = step.retry, !result.succeeded, !isAnswer(result) else { return false }
        return result.isTransient || retry.errors == .any
    }

    /// A step with a time of its own is ended when that is over; other limits are the executor's.
    private func once(in context: StepContext) async -> StepResult {
        guard let limit = step.timeout else { return await executor.execute(step.action, in: context) }
        return await withTaskGroup(of: StepResult?.self) { group in
            group.addTask { [executor, step] in await executor.execute(step.action, in: context) }
            group.addTask { [time] in
                try? await time.sleep(for: limit)
                return nil
            }
            let first = await group.next() ?? nil
            if let first {
                group.cancelAll()
                return first
            }
            let wasStopped = Task.isCancelled
            group.cancelAll()
            let late = await group.next() ?? nil
            if let late, late.succeeded || wasStopped { return late }
            let span = DurationText.short(seconds: limit) ?? "\(limit) s"
            return StepResult(text: late?.text ?? "", error: "took longer than \(span)", isTransient: true)
        }
    }

    // MARK: Unchanged input

    private func inputHash(of items: [JSONValue]?) async -> String? {
        guard let items else { return await executor.inputHash(of: step.action, in: context) }
        var hashes: [String] = []
        for item in items {
            var context = context
            context.item = item
            guard let hash = await executor.inputHash(of: step.action, in: context) else { return nil }
            hashes.append(hash)
        }
        return StepList.digest(of: hashes.map(JSONValue.string))
    }

    /// What the step came to when it was given the same; what it said then is not said again.
    private func unchangedResult(_ hash: String?) -> StepResult? {
        guard let hash, var result = context.previous[step.name], result.succeeded, result.inputHash == hash else {
            return nil
        }
        (result.messages, result.note, result.trace, result.plan) = ([], nil, nil, nil)
        return result
    }
}

/// Carries a process's identity from the executor's callback to the step's last record.
private final class ProcessBox: Sendable {
    private let kept = Mutex<ProcessIdentity?>(nil)

    var identity: ProcessIdentity? { kept.withLock(\.self) }
    func set(_ identity: ProcessIdentity) { kept.withLock { $0 = identity } }
}
