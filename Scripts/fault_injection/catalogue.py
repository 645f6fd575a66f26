"""The list of all faults, in the order in which they are injected."""

import dataclasses
import typing

from fault_injection import crowd, kills, orphans, takeover


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
]
