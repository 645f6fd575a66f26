import Foundation
import JobModel
import Logging
import Scheduling

/// How schedulers come, look, and go.
extension World {
    func takeCharge() {
        ownerNumber += 1
        let owner = Owner(number: ownerNumber)
        if let former = current { replace(former) }
        configuration.seed = dice.number()
        owner.callsUntilFault = isDraining ? .max : dice.trials(faults.perCall)
        let hooks = Scheduler.Hooks(fenceRuns: { [self] in fence() })
        let scheduler = Scheduler(
            store: FaultyStore(inner: store, owner: owner, world: self),
            executor: ScriptExecutor(world: self, owner: owner),
            time: OwnerTime(world: self, owner: owner), configuration: configuration, hooks: hooks,
            logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }, taskExecutor: thread)
        owner.scheduler = scheduler
        owners.append(owner)
        current = owner
        judge.disturbed()
        _ = thread.start {
            do {
                try await scheduler.takeCharge()
                try await scheduler.startUp()
                owner.tookCharge = .success(())
            } catch { owner.tookCharge = .failure(error) }
        }
    }

    /// The one before does not know it yet, and goes on for a while.
    private func replace(_ former: Owner) {
        counts.zombies += 1
        former.phase = .superseded
        former.callsUntilFault = .max
        agenda.add(.looks(former), at: clock.monotonic + dice.spread(0.001, 600))
    }

    func isDueForLook(_ owner: Owner) -> Bool {
        guard owner.phase == .inCharge, !owner.isDead, !owner.isLooking, !owner.isStalled else { return false }
        if owner.failedLooks > 0 { return clock.monotonic >= owner.lookLatest }
        return owner.lookedAtStep != counts.steps || owner.isWoken
    }

    func look(_ owner: Owner) {
        owner.isLooking = true
        owner.isWoken = false
        owner.lookedAtStep = counts.steps
        if owner === current { lookStarted = clock.now }
        let (scheduler, clock) = (owner.scheduler!, clock)
        _ = thread.start {
            do {
                let now = clock.now
                let runs = try await scheduler.prepare(at: now)
                let next = runs.isEmpty ? try await scheduler.nextMoment() : nil
                owner.look = .success(Owner.Look(at: now, runs: runs, next: next))
            } catch { owner.look = .failure(error) }
        }
    }

    /// What has become of a scheduler's doings; false when there is nothing new.
    func attend(to owner: Owner) throws(Violation) -> Bool {
        if owner.isDead {
            guard owner.phase != .gone else { return false }
            try bury(owner)
            return true
        }
        if let result = owner.tookCharge {
            owner.tookCharge = nil
            tookCharge(owner, result)
            return true
        }
        if let look = owner.look {
            (owner.look, owner.isLooking) = (nil, false)
            try looked(owner, look)
            return true
        }
        if owner.phase == .stopping, owner.performing.isEmpty, !owner.isLooking {
            owner.isDead = true
            return true
        }
        return false
    }

    private func tookCharge(_ owner: Owner, _ result: Result<Void, any Error>) {
        switch result {
        case .success:
            counts.takeovers += 1
            counts.unfenced += scripts.values.joined().count { $0.owner.isDead }
            if owner.phase == .takingCharge { owner.phase = .inCharge }
            steps.add("owner \(owner.number) is in charge")
        case .failure(let error):
            steps.add("owner \(owner.number) could not take charge: \(error)")
            owner.isDead = true
        }
    }

    private func looked(_ owner: Owner, _ result: Result<Owner.Look, any Error>) throws(Violation) {
        switch result {
        case .success(let look):
            owner.failedLooks = 0
            if look.runs.isEmpty {
                let next = look.next.map { $0 <= look.at ? look.at + 1 : $0 }
                (owner.lookDate, owner.lookLatest) = (next, clock.monotonic + 60)
                if owner === current, owner.phase == .inCharge { judge.rested(at: look.at) }
            }
            owner.isWoken = !look.runs.isEmpty
            for run in look.runs { try perform(run, by: owner) }
        case .failure(let error):
            judge.disturbed()
            steps.add("the look of owner \(owner.number) failed: \(error)")
            if error as? StoreError == .superseded { return stepDown(owner) }
            owner.failedLooks += 1
            owner.lookLatest = clock.monotonic + min(30, pow(2, Double(owner.failedLooks - 1)))
        }
    }

    private func perform(_ run: Run, by owner: Owner) throws(Violation) {
        guard !owner.isDead else { return }
        let scheduler = owner.scheduler!
        let task = Task(executorPreference: thread) {
            await scheduler.perform(run)
            owner.performing[run.id] = nil
            owner.isWoken = true
        }
        owner.performing[run.id] = (run, task)
        thread.run()
        try observe()
    }

    /// As the loop does when its claim was refused.
    private func stepDown(_ owner: Owner) {
        let scheduler = owner.scheduler!
        _ = thread.start { await scheduler.stepDown() }
        owner.phase = .stopping
    }

    func lookOnceMore(_ owner: Owner) {
        guard owner.phase == .superseded, !owner.isDead else { return }
        guard !owner.isStalled, !owner.isLooking else {
            return agenda.add(.looks(owner), at: clock.monotonic + 60)
        }
        if dice.chance(0.2) { return owner.isDead = true }
        look(owner)
        agenda.add(.looks(owner), at: clock.monotonic + dice.spread(0.1, 3600))
    }

    // MARK: Ends

    /// Everything that waits comes back, and can do nothing more.
    private func bury(_ owner: Owner) throws(Violation) {
        owner.phase = .gone
        owner.isStalled = false
        endScripts(of: owner)
        for waiting in waiting where waiting.owner === owner { waiting.go() }
        waiting.removeAll { $0.owner === owner }
        wakeAll(of: owner)
        thread.run()
        wakeAll(of: owner)
        thread.run()
        guard owner.performing.isEmpty else {
            throw judge.violation("\(owner.performing.count) runs of a dead owner go on")
        }
        owners.removeAll { $0 === owner }
        guard owner === current else { return }
        current = nil
        judge.disturbed()
        agenda.add(.takesCharge, at: clock.monotonic + downtime())
    }

    private func wakeAll(of owner: Owner) {
        for sleeper in sleepers where sleeper.owner === owner { sleeper.continuation.resume() }
        sleepers.removeAll { $0.owner === owner }
    }

    private func downtime() -> Double {
        if isDraining { return 1 }
        switch dice.int(0...9) {
        case 0...5: return dice.chance(0.2) ? 0 : dice.spread(0.01, 60)
        case 6...8: return dice.spread(60, 3600)
        default: return dice.spread(3600, 400 * 86_400)
        }
    }
}
