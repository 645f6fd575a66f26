import Foundation
import JobModel
import MemoryStore
import Scheduling

/// Everything that a simulation consists of, decided by one seed. Touched on one thread only.
final class World: @unchecked Sendable {
    enum Thing {
        case scriptEnds(Script)
        case continues(Waiting)
        case wakesUp(Owner)
        case takesCharge
        case looks(Owner)
        case endsScripts(Owner)
    }

    /// A call of the store that was stopped in the middle.
    final class Waiting {
        let owner: Owner
        var continuation: CheckedContinuation<Void, Never>?

        init(_ owner: Owner, _ continuation: CheckedContinuation<Void, Never>) {
            self.owner = owner
            self.continuation = continuation
        }

        func go() {
            continuation?.resume()
            continuation = nil
        }
    }

    struct Sleeper {
        let owner: Owner
        let end: Double
        let continuation: CheckedContinuation<Void, Never>
    }

    let thread = SingleThread()
    let store = InMemoryStore()
    let clock: Clock
    let judge = Judge()
    let faults: Faults
    var dice: Dice
    var agenda = Agenda<Thing>()
    var counts = Counts()
    var steps: RecentSteps

    var owners: [Owner] = []
    /// The owner that counts; `nil` while nobody is in charge.
    var current: Owner?
    var ownerNumber = 0
    var configuration = Scheduler.Configuration()
    var waiting: [Waiting] = []
    var sleepers: [Sleeper] = []
    /// The ledger: scripts that are under way.
    var scripts: [RunID: [Script]] = [:]
    /// Scripts that their schedulers want ended; those of one moment in the order of their runs.
    var cancelled: [Script] = []
    /// What became known while its scheduler was stopped.
    var undelivered: [Script] = []

    var randomJobs = RandomJobs()
    var tempers: [JobID: Temper] = [:]
    /// Everything is paused until then.
    var pausedUntil: Date?
    /// The clock when the latest look began.
    var lookStarted = Date.distantPast
    /// No more faults and no more jobs: what is left must come to its end.
    var isDraining = false

    init(seed: UInt64, faults: Faults, kept: Int) {
        dice = Dice(seed: seed)
        self.faults = faults
        steps = RecentSteps(kept: kept)
        clock = Clock(Date(timeIntervalSince1970: 1_767_225_600 + Double(seed % 1_000) * 40_000))
    }

    // MARK: Steps

    /// Goes on to the next thing that happens, and lets everything come to rest.
    func step() throws(Violation) {
        counts.steps += 1
        let (moment, thing) = takeNext()
        clock.advance(to: moment)
        steps.begin(counts.steps, at: clock.now, thing.map(Self.words) ?? "the scheduler's next look")
        if let thing { happen(thing) }
        try settle()
        if !isDraining, dice.chance(faults.disturbance) {
            disturb()
            try settle()
        }
    }

    /// The earliest of the agenda, sleeps and looks; `nil` for a look or a sleep, which settling attends to.
    private func takeNext() -> (Double, Thing?) {
        let sleep = sleepers.lazy.filter { !$0.owner.isStalled }.map(\.end).min() ?? .infinity
        let other = min(sleep, nextLook)
        guard let next = agenda.next, next <= other else { return (other.isFinite ? other : clock.monotonic + 60, nil) }
        return (next, agenda.removeFirst())
    }

    private var nextLook: Double {
        guard let owner = current, owner.phase == .inCharge, !owner.isLooking, !owner.isStalled else {
            return .infinity
        }
        guard owner.failedLooks == 0 else { return owner.lookLatest }
        return min(owner.lookLatest, owner.lookDate.map(clock.monotonic) ?? .infinity)
    }

    private func happen(_ thing: Thing) {
        switch thing {
        case .scriptEnds(let script): end(script)
        case .continues(let waiting): go(on: waiting)
        case .wakesUp(let owner): wakeUp(owner)
        case .takesCharge: takeCharge()
        case .looks(let owner): lookOnceMore(owner)
        case .endsScripts(let owner):
            for (_, one) in owner.performing.sorted(by: { $0.key < $1.key }) { one.task.cancel() }
        }
    }

    /// Until nothing goes on any more at this moment.
    func settle() throws(Violation) {
        var isAtRest = false
        while !isAtRest {
            isAtRest = true
            wakeSleepers()
            thread.run()
            endCancelled()
            try observe()
            for owner in owners where try attend(to: owner) { isAtRest = false }
            if isAtRest, let owner = current, isDueForLook(owner) {
                look(owner)
                isAtRest = false
            }
        }
        try judge.checkRest(self)
    }

    private func wakeSleepers() {
        guard !sleepers.isEmpty else { return }
        let now = clock.monotonic
        let woken = sleepers.filter { $0.end <= now && !$0.owner.isStalled }
        guard !woken.isEmpty else { return }
        sleepers.removeAll { $0.end <= now && !$0.owner.isStalled }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    func sleep(_ owner: Owner, for seconds: Double, _ continuation: CheckedContinuation<Void, Never>) {
        sleepers.append(Sleeper(owner: owner, end: clock.monotonic + seconds, continuation: continuation))
    }

    /// What changed in the store goes to the judge.
    func observe() throws(Violation) {
        let store = store
        guard let changes = try? thread.value({ await store.takeChanges() }) else { return }
        try judge.observe(changes, in: self)
    }

    private static func words(_ thing: Thing) -> String {
        switch thing {
        case .scriptEnds(let script): "the script of run \(script.run), attempt \(script.attempt), ends"
        case .continues(let waiting): "a call of owner \(waiting.owner.number) goes on"
        case .wakesUp(let owner): "owner \(owner.number) goes on after a stall"
        case .takesCharge: "a scheduler takes charge"
        case .looks(let owner): "owner \(owner.number), which is none any more, looks"
        case .endsScripts(let owner): "the grace of owner \(owner.number) is over"
        }
    }
}
