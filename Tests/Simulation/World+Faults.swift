import Foundation
import JobModel

/// What goes wrong: between two calls of the store, and from outside.
extension World {
    // MARK: In a call

    func beforeCall(of owner: Owner, isWrite: Bool) async throws {
        guard !owner.isDead else { throw StoreError.superseded }
        owner.callsUntilFault -= 1
        if owner.callsUntilFault <= 0 { await strike(owner) }
        if owner.isStalled { await wait(owner) }
        guard !owner.isDead else { throw StoreError.superseded }
        guard !isWrite || owner.troubleUntil <= clock.monotonic else { throw StoreError.full(path: "memory") }
    }

    func afterCall(of owner: Owner) async throws {
        if owner.waitsAfterCall {
            owner.waitsAfterCall = false
            await pause(owner)
        }
        if owner.diesAfterCall { owner.isDead = true }
        guard !owner.isDead else { throw StoreError.superseded }
    }

    private func strike(_ owner: Owner) async {
        owner.callsUntilFault = dice.trials(faults.perCall)
        switch dice.int(0...9) {
        case 0, 1: kill(owner)
        case 2, 3:
            kill(owner)
            (owner.isDead, owner.diesAfterCall) = (false, true)
        case 4, 5: owner.waitsAfterCall = true
        case 6, 7: await pause(owner)
        case 8: stall(owner)
        default:
            stall(owner)
            (owner.isStalled, owner.waitsAfterCall) = (false, true)
            owner.stallsAfterCall = true
        }
    }

    func kill(_ owner: Owner) {
        counts.kills += 1
        steps.add("owner \(owner.number) is killed")
        judge.disturbed()
        owner.isDead = true
    }

    /// Others go on meanwhile: runs of the same scheduler, people, time.
    private func pause(_ owner: Owner) async {
        if owner.stallsAfterCall {
            (owner.stallsAfterCall, owner.isStalled) = (false, true)
            return await wait(owner)
        }
        counts.interleavings += 1
        let seconds = dice.chance(0.7) ? 0 : dice.spread(0.001, 2)
        await withCheckedContinuation { continuation in
            let pause = Waiting(owner, continuation)
            waiting.append(pause)
            agenda.add(.continues(pause), at: clock.monotonic + seconds)
        }
    }

    private func wait(_ owner: Owner) async {
        await withCheckedContinuation { waiting.append(Waiting(owner, $0)) }
    }

    func go(on pause: Waiting) {
        guard !pause.owner.isStalled else { return }
        waiting.removeAll { $0 === pause }
        pause.go()
    }

    /// SIGSTOP; somebody else may take charge before it goes on.
    private func stall(_ owner: Owner) {
        counts.stalls += 1
        steps.add("owner \(owner.number) is stopped")
        judge.disturbed()
        owner.isStalled = true
        let seconds = dice.spread(0.5, 7200)
        agenda.add(.wakesUp(owner), at: clock.monotonic + seconds)
        if dice.chance(0.7) { agenda.add(.takesCharge, at: clock.monotonic + seconds * dice.share()) }
    }

    func wakeUp(_ owner: Owner) {
        guard !owner.isDead else { return }
        (owner.isStalled, owner.stallsAfterCall) = (false, false)
        judge.disturbed()
        let calls = waiting.filter { $0.owner === owner }
        waiting.removeAll { $0.owner === owner }
        for call in calls { call.go() }
        let scripts = undelivered.filter { $0.owner === owner }
        undelivered.removeAll { $0.owner === owner }
        for script in scripts { script.tell() }
    }

    // MARK: From outside

    func disturb() {
        current?.isWoken = true
        switch dice.int(0...99) {
        case 0...59: actAsPerson()
        case 60...66: jump()
        case 67...70: if let owner = current { kill(owner) }
        case 71...73: if let owner = current, owner.phase == .inCharge { usurp(owner) }
        case 74...77: if let owner = current, owner.phase == .inCharge, !owner.isStalled { stop(owner) }
        case 78...81: fill()
        case 82...85: pauseOrResumeAll()
        case 86...89: configure()
        default: prune()
        }
    }

    private func jump() {
        counts.jumps += 1
        let size = dice.chance(0.7) ? dice.spread(0.5, 7200) : dice.spread(3600, 366 * 86_400)
        let seconds = dice.chance(0.5) ? size : -size
        steps.add("the clock is set by \(seconds) s")
        judge.disturbed()
        clock.jump(seconds)
    }

    private func usurp(_ owner: Owner) {
        steps.add("another scheduler takes charge beside owner \(owner.number)")
        takeCharge()
    }

    private func stop(_ owner: Owner) {
        counts.gracefulStops += 1
        steps.add("owner \(owner.number) is told to stop")
        judge.disturbed()
        owner.phase = .stopping
        let scheduler = owner.scheduler!
        _ = thread.start { await scheduler.stop() }
        agenda.add(.endsScripts(owner), at: clock.monotonic + dice.spread(0.1, 30))
    }

    private func fill() {
        guard let owner = current else { return }
        counts.troubles += 1
        steps.add("the disk is full")
        judge.disturbed()
        owner.troubleUntil = clock.monotonic + dice.spread(0.1, 1200)
    }

    private func pauseOrResumeAll() {
        counts.pauses += 1
        judge.disturbed()
        let until = dice.chance(0.5) ? clock.now + dice.spread(1, 86_400) : nil
        pausedUntil = until
        steps.add("everything is paused until \(until.map { RFC3339.text($0) } ?? "now")")
        let (store, now) = (store, clock.now)
        try? thread.value { try await store.pauseScheduler(until: until, at: now) }
    }

    private func configure() {
        guard let owner = current, !owner.isLooking else { return }
        configuration.limits.total = dice.int(1...40)
        for group in RandomJobs.groups { configuration.limits.groups[group] = dice.chance(0.3) ? nil : dice.int(1...4) }
        steps.add("limits are \(configuration.limits.total) and \(configuration.limits.groups)")
        let (scheduler, new) = (owner.scheduler!, configuration)
        _ = thread.start { await scheduler.configure(new) }
    }
}
