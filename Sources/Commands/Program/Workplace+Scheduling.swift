import Coordination
import Foundation
import JobModel
import Scheduling

extension Workplace {
    var schedulerConfiguration: Scheduler.Configuration {
        .init(
            limits: .init(total: settings.schedulerConcurrency, groups: settings.schedulerGroups),
            grace: settings.schedulerGrace, longestWait: SystemClock.isMovable ? 0.5 : 60,
            identity: OwnerIdentity(
                process: ProcessInspection.current ?? ProcessIdentity(pid: getpid(), startTime: 0),
                machine: MachineIdentity.current),
            adopting: adopting)
    }

    /// The same with the settings as they are now.
    func rereadingSettings() throws -> Workplace {
        let settings = try program.settings()
        return Workplace(
            program: program, settings: settings, store: store, ring: ring, sqlite: sqlite,
            models: try Self.models(settings, program, store: store), adopting: adopting)
    }
}
