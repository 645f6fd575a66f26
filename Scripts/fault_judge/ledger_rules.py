"""What must hold between the rows of the store and what the scripts wrote into the ledger.

A start belongs to a row, not before its due moment, and once for each attempt; a row that says `succeeded` has a start
and an end; two attempts of one run never live at the same time; a step recorded as done is not started again.
Where the store keeps only the last runs of a job, starts of earlier ones are left alone.
"""

import collections
import datetime

CLOCK_LOOK = 2.0
TWIN_TOLERANCE = 0.005


def all_rules(store, ledger):
    for text in ledger.unreadable[:3]:
        yield "unreadable", f"a line of the ledger cannot be read: {text[:80]!r}"
    by_run = collections.defaultdict(list)
    for line in ledger.lines:
        by_run[line.run].append(line)
    oldest = min(store.runs, default=0)
    for run_id, lines in by_run.items():
        run = store.runs.get(run_id)
        if run is None:
            if run_id >= oldest:
                yield "rowless", f"the ledger has a start of run {run_id}, and the store has no such run"
            continue
        yield from of_run(run, lines, store, ledger)
    yield from proven(store, by_run)
    yield from not_redone(store, by_run)


def of_run(run, lines, store, ledger):
    yield from attempts_counted(run, lines)
    yield from once_each(run, lines)
    yield from at_most_once(run, lines, store)
    yield from no_twin(run, lines)
    yield from due_matches(run, lines)
    yield from not_early(run, lines, ledger)
    if run.state == "skipped":
        yield "ran", f"run {run.id} is skipped ({run.reason}), and its script started"


def starts(lines):
    return [line for line in lines if line.kind == "start"]


def attempts_counted(run, lines):
    highest = max((line.attempt for line in starts(lines)), default=0)
    if highest > run.attempt:
        yield "attempts", f"run {run.id} started as attempt {highest}, and its row counts {run.attempt}"
    ends = sum(line.kind == "end" for line in lines)
    if ends > run.attempt:
        yield "ends", f"the script of run {run.id} ended {ends} times in {run.attempt} attempts"


def once_each(run, lines):
    """Whatever ended an attempt, a stop too: the next start of the run is an attempt of its own."""
    counted = collections.Counter((line.attempt, line.script) for line in starts(lines))
    for (attempt, script), count in counted.items():
        if count > 1:
            yield "double", f"{script} started {count} times in attempt {attempt} of run {run.id}", count - 1


def at_most_once(run, lines, store):
    job = store.jobs.get(run.job_id)
    counted = collections.Counter(line.script for line in starts(lines))
    if job and job.policies.get("atMostOnce") and max(counted.values(), default=0) > 1:
        yield "at most once", f"run {run.id} of {job.name} started more than once"


def no_twin(run, lines):
    spans = {}
    for line in lines:
        first, last = spans.get(line.attempt, (line.real, line.real))
        spans[line.attempt] = (min(first, line.real), max(last, line.real))
    ordered = sorted(spans.values())
    for (_, last), (first, _) in zip(ordered, ordered[1:]):
        if first < last - TWIN_TOLERANCE:
            yield "twin", f"run {run.id}: an attempt started {last - first:.3f} s before the last sign of the one before"


def due_matches(run, lines):
    due = datetime.datetime.fromtimestamp(run.due // 1000, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    for line in starts(lines):
        if not line.due.startswith(due):
            yield "rowless", f"the script of run {run.id} was told {line.due}; its row is due at {run.due}"


def not_early(run, lines, ledger):
    for line in starts(lines):
        offset = max([line.offset] + offsets_around(line.real, ledger.clocks))
        if run.cause == "schedule" and (line.real + offset) * 1000 < run.due - 1:
            yield "early", f"the script of run {run.id} started {run.due / 1000 - line.real - offset:.3f} s early"


def offsets_around(real, clocks):
    """Offsets that held shortly before: who decided to start may have looked at the clock then."""
    known, offset = [], 0.0
    for at, later in clocks:
        if at - CLOCK_LOOK <= real <= at + CLOCK_LOOK:
            known += [offset, later]
        offset = later
    return known


def proven(store, by_run):
    for run in store.runs.values():
        job = store.jobs.get(run.job_id)
        if run.state != "succeeded" or job is None or len(job.steps) != 1 or not job.scripts():
            continue
        kinds = collections.defaultdict(set)
        for line in by_run.get(run.id, []):
            kinds[line.attempt].add(line.kind)
        if not any({"start", "end"} <= found for found in kinds.values()):
            yield "unproven", f"run {run.id} of {job.name} is said to have succeeded; no attempt has a start and an end"


def not_redone(store, by_run):
    for step in store.steps:
        run = store.runs.get(step.run_id)
        job = run and store.jobs.get(run.job_id)
        if step.state != "succeeded" or job is None:
            continue
        scripts = {position: path for path, position in job.scripts().items()}
        for line in starts(by_run.get(step.run_id, [])):
            if line.attempt > step.attempt and line.script == scripts.get(step.position):
                yield "redone", (
                    f"run {run.id}: {line.script} was recorded as done in attempt {step.attempt} and started again in "
                    f"attempt {line.attempt}")
