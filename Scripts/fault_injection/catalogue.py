"""The list of all faults, in the order in which they are injected."""

import dataclasses
import typing

from fault_injection import (
    clocks, corruption, crowd, disk, downtimes, floods, kills, orphans, permissions, stopping, takeover,
)  # fmt: skip


@dataclasses.dataclass
class Fault:
    name: str
    is_short: bool
    inject: typing.Callable
    summary: str


FAULTS = [
    Fault("random", True, kills.random_kills, "kill -9 at random moments, also of `rota process`"),
    Fault("boundaries", True, kills.boundary_kills, "kill -9 at each boundary between two commits"),
    Fault("scripts", False, orphans.killed_scripts, "kill -9 of a script, of its child, of its group"),
    Fault("orphans", True, orphans.outliving_scripts, "a script outlives its scheduler"),
    Fault("at-most-once", False, orphans.at_most_once, "the scheduler dies in a run that may start once"),
    Fault("second", False, takeover.second_owner, "a second start beside a live owner"),
    Fault("takeover", True, takeover.killed_owner, "kill -9 of an owner with a standby"),
    Fault("zombie", False, takeover.stalled_owner, "SIGSTOP of an owner with a standby, then SIGCONT"),
    Fault("sixteen", False, crowd.beside_an_owner, "sixteen processes on one store, one of them the owner"),
    Fault("processes", False, crowd.without_an_owner, "sixteen times `rota process` at once"),
    Fault("full-disk", False, disk.full_disk, "no room on the disk of the store"),
    Fault("writes", False, disk.failing_writes, "every write of the scheduler fails for a while"),
    Fault("read-only", False, permissions.read_only, "a store and a folder that may not be written to"),
    Fault("read-only-later", False, permissions.became_read_only, "the same under a scheduler that runs"),
    Fault("corrupt-header", True, corruption.corrupt_header, "a store that begins with something else"),
    Fault("corrupt", False, corruption.corrupt_files, "damaged header, pages, log; a file cut short"),
    Fault("clock", False, clocks.jumps, "the clock jumps by hours and years, and back"),
    Fault("clock-back", False, clocks.back_at_due_moments, "the clock is set back by 1 s at due moments"),
    Fault("downtime", False, downtimes.downtimes, "nobody in charge for 1 s to 1 year, with each policy"),
    Fault("flood", True, floods.floods, "a script prints 100 MB/s, never a newline"),
    Fault("litter", False, floods.litter, "a script leaves processes behind"),
    Fault("deaf", False, floods.deaf, "a script ignores TERM"),
    Fault("stop", False, stopping.graceful, "SIGTERM under load"),
    Fault("stop-once", False, stopping.stopped_at_most_once, "SIGTERM in a run that may start once"),
    Fault("second-signal", False, stopping.second_signal, "a second SIGTERM"),
]
