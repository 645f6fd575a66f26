import Coordination
import Foundation
import JobModel
import Scheduling

extension Workplace {
    var schedulerConfiguration: Scheduler.Configuration {
        .init(
            limits: .init(total: settings.schedulerConcurrency, groups: settings.schedulerGroups),
            grace: settings.schedulerGrace, longestWait: 60,
            identity: OwnerIdentity(
                process: ProcessInspection.current ?? ProcessIdentity(pid: getpid(), startTime: 0),
                machine: MachineIdentity.current),
            adopting: adopting)
    }
}
