"""Two looks at one store: a finished run never changes, and nothing that was acknowledged is gone.

A look is saved as JSON, one list for each finished run. Rows that retention let go are left alone: only runs older than
the oldest that is left may be missing.
"""

import json
import pathlib


def save(store, path):
    pathlib.Path(path).write_text(json.dumps({str(run.id): facts(run) for run in store.runs.values() if run.is_final}))


def facts(run):
    return [run.job_id, run.trigger_id, run.cause, run.due, run.state, run.late, run.attempt, run.started,
            run.finished, run.reason, run.output, run.through]  # fmt: skip


def unchanged(store, path):
    oldest = {}
    for run in store.runs.values():
        oldest[run.job_id] = min(run.id, oldest.get(run.job_id, run.id))
    for identifier, before in json.loads(pathlib.Path(path).read_text()).items():
        run = store.runs.get(int(identifier))
        if run is None:
            if int(identifier) > oldest.get(before[0], 0):
                yield "changed", f"the finished run {identifier} is gone"
        elif facts(run) != before:
            yield "changed", f"the finished run {identifier} was {before}, and is {facts(run)}"
