"""What was missed while nobody was in charge, held to each job's own policy.

`skip` makes up nothing, `once` the last moment within the window, `all` the last ones up to the cap; the rest is named
as skipped. A moment within `EDGE` of a limit (the end, the return, the window) may fall on either side.
"""

from fault_judge import moments

EDGE = 2_500
USUAL_CAP = 10


def held(store, spans):
    for trigger in store.triggers:
        schedule = moments.schedule_of(trigger)
        if schedule is None or trigger.job_id not in store.jobs:
            continue
        for start, end in spans:
            yield from judged(store, trigger, schedule, start, end)


def judged(store, trigger, schedule, start, end):
    job = store.jobs[trigger.job_id]
    window = job.policies.get("missedWindow")
    floor = start if window is None else max(start, round(end - window * 1000))
    certain = schedule.count_between(floor + EDGE, end - EDGE)
    possible = schedule.count_between(floor - EDGE, end + EDGE)
    limit = {"skip": 0, "once": 1, "all": job.policies.get("missedCap", USUAL_CAP)}[job.policies["missed"]]
    rows = [row for row in store.runs_of(trigger) if start - EDGE <= row.last_moment and row.due <= end + EDGE]
    made = [row for row in rows if row.late and row.state != "skipped"]
    least, most = min(certain, limit), min(possible, limit)
    if not least <= len(made) <= most:
        yield "policy", (
            f"{job.name} ({job.policies['missed']}): {len(made)} late runs after {(end - start) / 1000:.0f} s away, "
            f"{least} to {most} expected")
    yield from latest_first(job, rows, made, floor, end)


def latest_first(job, rows, made, floor, end):
    """Of what was missed, the latest is made up: nothing that is certain was skipped behind a late run."""
    if not made:
        return
    first = min(row.due for row in made)
    for row in rows:
        skipped = row.state == "skipped" and "under way" not in (row.reason or "")
        if skipped and first < row.due and floor + EDGE < row.due < end - EDGE:
            yield "policy", f"{job.name}: {row.due} was skipped ({row.reason}), and the earlier {first} was made up"
            return
