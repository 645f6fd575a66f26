"""Two looks at one store: a finished run never changes, and nothing that was acknowledged is gone.

A look is saved as JSON: the facts of each finished run, and how often the clock had been moved by then. Rows that
retention let go are left alone: only runs older than the oldest that is left may be missing. A skip of a moment that is
yet to come, because the clock was set back since, may be gone or end earlier; nothing else may.
"""

import json
import pathlib

# Between the test's note of a new clock and the program's look at it, in milliseconds.
SLACK = 2_000


def save(store, ledger, path):
    runs = {str(run.id): facts(run) for run in store.runs.values() if run.is_final}
    pathlib.Path(path).write_text(json.dumps({"clocks": len(ledger.clocks), "runs": runs}))


def facts(run):
    return [run.job_id, run.trigger_id, run.cause, run.due, run.state, run.late, run.attempt, run.started,
            run.finished, run.reason, run.output, run.through]  # fmt: skip


def unchanged(store, ledger, path):
    look, oldest = json.loads(pathlib.Path(path).read_text()), {}
    for run in store.runs.values():
        oldest[run.job_id] = min(run.id, oldest.get(run.job_id, run.id))
    for identifier, before in look["runs"].items():
        run = store.runs.get(int(identifier))
        if run is None:
            known = int(identifier) > oldest.get(before[0], 0)
            if known and not taken_back(store, before, ledger.set_backs(look["clocks"])):
                yield "changed", f"the finished run {identifier} is gone ({before[4]}, due at {before[3]})"
        elif facts(run) != before:
            yield "changed", f"the finished run {identifier} was {before}, and is {facts(run)}"


def taken_back(store, before, set_backs):
    """A skip that reached beyond a clock that was set back. What it said of moments before that clock is still said."""
    _, trigger, cause, due, state, *_, reason, _, through = before
    reached = [now for now in set_backs if max(due, through or due) > now - SLACK]
    if state != "skipped" or cause != "schedule" or not reached:
        return False
    if through is None or due > min(reached) - SLACK:
        return True
    return any(
        run.trigger_id == trigger and run.due == due and run.state == state and run.reason == reason
        and min(reached) - SLACK <= run.last_moment <= through for run in store.runs.values())  # fmt: skip
