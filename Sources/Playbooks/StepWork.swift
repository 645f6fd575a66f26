import Foundation
import JobModel
import Templates

/// One step from its start to its end, with both recorded: its list, its tries, its time.
struct StepWork: Sendable {
    enum Ending: Sendable {
        /// Over, or (state `running`) waiting for the moment that its result names.
        case over(StepRun)
        /// Its start could not be recorded, and so nothing was done.
        case notBegun(Int)
        /// It was stopped from outside. Nothing of that is recorded: it is as if the process had died.
        case stopped(Int)
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
    let record: PlaybookRunner.Recorder
    let boundary: Boundary.Hook

    func carryOut() async -> Ending {
        switch turn {
        case .execute: return await execute()
        case .skip(_, let reason):
            return await end(.skipped, with: reason.map { StepResult(note: "\($0) does not hold") })
        case .fail(_, let error): return await end(.failed, with: StepResult(error: error))
        }
    }

    /// The end of a step that was not carried out.
    private func end(_ state: StepRun.State, with result: StepResult?) async -> Ending {
        var step = newRecord
        (step.state, step.finished, step.result) = (state, step.started, result)
        try? await record(step)
        return .over(step)
    }

    private var newRecord: StepRun {
        StepRun(
            runID: context.run.id, index: turn.index, name: step.name, state: .running, attempt: context.run.attempt,
            started: time.now)
    }

    // MARK: Carrying out

    private func execute() async -> Ending {
        let items: [JSONValue]?
        do throws(ExpressionProblem) { items = try elements() } catch {
            return await end(.failed, with: StepResult(error: error.message))
        }
        let hash = await inputHash(of: items)
        if let kept = unchangedResult(hash) { return await end(.skipped, with: kept) }
        var step = begun(items)
        do { try await record(step) } catch { return .notBegun(turn.index) }
        boundary(.beforeSpawn)
        let process = ProcessBox()
        var result = await perform(items, &step, process)
        if Task.isCancelled, !result.succeeded { return .stopped(turn.index) }
        if isAnswer(result) { result.error = nil }
        if let hash, result.succeeded { result.inputHash = hash }
        if result.waitsUntil == nil || !result.succeeded {
            result.waitsUntil = nil
            (step.state, step.finished) = (result.succeeded ? .succeeded : .failed, time.now)
        }
        step.result = result
        step.process = await process.identity
        boundary(.beforeExit)
        // The effect has happened: an end that cannot be recorded now is still part of the run's outcome.
        try? await record(step)
        boundary(.afterExit)
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
                do { try await record(step) } catch {
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
        context.processStarted = { [record, boundary] identity in
            boundary(.afterSpawn)
            await process.set(identity)
            var started = step
            started.process = identity
            try? await record(started)
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
        guard step.unchanged == .skip else { return nil }
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
private actor ProcessBox {
    private(set) var identity: ProcessIdentity?

    func set(_ identity: ProcessIdentity) { self.identity = identity }
}
