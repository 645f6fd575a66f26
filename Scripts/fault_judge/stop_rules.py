"""What must hold of schedulers that were asked to stop, and of the records of attempts that are over.

A scheduler that was asked to stop starts nothing more. What it had begun and did not finish is given back as a stop, not
as a death; a run that may start once is over instead. Nothing is recorded for an attempt after another one has begun, or
after the run has ended.
"""

# From the test's note to the moment at which the program has the signal, and a script that was on its way has started.
REACTION = 0.5
# Between a step's end and the store's own look at the clock, in milliseconds.
SAME_MOMENT = 5


def all_rules(store, ledger):
    yield from nothing_after(ledger)
    begun = {}
    for line in ledger.lines:
        if line.kind == "start":
            begun.setdefault(line.run, {}).setdefault(line.attempt, line)
    for run_id, attempts in begun.items():
        run = store.runs.get(run_id)
        if run is not None:
            yield from no_death(run, attempts, ledger)
            yield from given_back_once(store, run, attempts)
    yield from no_late_record(store, ledger)


def nothing_after(ledger):
    for line in ledger.lines:
        if line.kind == "start" and line.real > ledger.stops.get(line.parent, line.real) + REACTION:
            late = line.real - ledger.stops[line.parent]
            yield "after stop", f"run {line.run} started {late:.3f} s after its scheduler was asked to stop"


def no_death(run, attempts, ledger):
    """An attempt whose scheduler ended well after a stop cannot have died with it. The last one of a run that is not back
    in the queue was neither."""
    if run.deaths is None or run.stops is None:
        return
    over = run.attempt - (run.state not in ("due", "retrying"))
    stopped = sum(line.parent in ledger.stopped for number, line in attempts.items() if number <= over)
    if run.deaths > over - stopped or run.stops + run.deaths > over:
        yield "stop", (
            f"run {run.id} counts {run.deaths} deaths and {run.stops} stops; {over} attempts came to nothing, {stopped} of "
            "them in a scheduler that was stopped")


def given_back_once(store, run, attempts):
    job = store.jobs.get(run.job_id)
    if job and job.policies.get("atMostOnce") and attempts and run.state in ("due", "retrying"):
        yield "at most once", f"run {run.id} of {job.name} has started once, and is {run.state} again"


def no_late_record(store, ledger):
    """Compared on the program's clock, and so only where nobody moved that."""
    by_run = {}
    for step in store.steps:
        by_run.setdefault(step.run_id, []).append(step)
    for run_id, steps in by_run.items():
        run = store.runs.get(run_id)
        if run is None:
            continue
        for step in steps:
            if step.attempt > run.attempt:
                yield "late record", f"run {run_id} has a step of attempt {step.attempt}, and counts {run.attempt}"
            elif not ledger.clocks[1:]:
                yield from after_the_end(run, step, steps)


def after_the_end(run, step, steps):
    written = step.finished or step.started
    if written is None:
        return
    if run.is_final and run.finished is not None and written > run.finished + SAME_MOMENT:
        yield "late record", f"a step of run {run.id} was recorded {written - run.finished} ms after the run was over"
    later = [other.started for other in steps if other.attempt > step.attempt and other.started is not None]
    if later and written > min(later) + SAME_MOMENT:
        yield "late record", (
            f"a step of attempt {step.attempt} of run {run.id} was recorded {written - min(later)} ms after the next "
            "attempt had begun")
