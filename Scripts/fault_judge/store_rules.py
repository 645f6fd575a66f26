"""What must hold within the store alone.

Each rule yields violations, pairs of a kind and a sentence. Between the first row of a trigger (or `expect_from`) and
the moment it is armed for, each due moment has exactly one row: its own, or that of a skip that names a span. Rows of
moments beyond that are there only where the clock was set back; what lies between them is yet to come.
"""

from fault_judge import moments

TAIL = 15_000


def all_rules(store, ledger, options):
    yield from intact(store)
    for trigger in (trigger for trigger in store.triggers if trigger.job_id in store.jobs):
        yield from complete(store, trigger, ledger, options)
        yield from one_row_each(store, trigger)
        yield from tail_only(store, trigger, ledger, options)
    yield from named(store)
    yield from not_early(store, ledger)
    yield from told_once(store)


def intact(store):
    if store.integrity:
        yield "broken", f"the store is damaged: {store.integrity}"


def complete(store, trigger, ledger, options):
    schedule, rows = moments.schedule_of(trigger), store.runs_of(trigger)
    if schedule is None:
        return
    if options.expect_from is not None:
        expected = schedule.next_after(options.expect_from - 1)
    else:
        expected = rows[0].due if rows else trigger.next_due
    name, comes_again = store.jobs[trigger.job_id].name, yet_to_come(trigger, ledger)
    for row in rows:
        if schedule.next_after(row.due - 1) != row.due:
            yield "invented", f"{name}: run {row.id} is due at {row.due}, which its schedule does not name"
        if row.last_moment < expected:
            continue
        if row.due > expected:
            yield from hole(schedule, name, expected, min(row.due, comes_again or row.due))
        expected = schedule.next_after(row.last_moment)
    yield from armed(store, trigger, schedule, expected, options)
    yield from not_before_rows(store, trigger, rows, ledger)


def yet_to_come(trigger, ledger):
    """The moment from which on a clock that was set back brings moments again; `None` where none was."""
    return trigger.next_due if ledger.set_backs() else None


def not_before_rows(store, trigger, rows, ledger):
    """Only a clock that was set back brings moments again, and none of those is skipped already."""
    for row in rows:
        if trigger.next_due is None or row.last_moment < trigger.next_due:
            continue
        name = store.jobs[trigger.job_id].name
        if not ledger.set_backs():
            yield "invented", f"{name} is armed for {trigger.next_due}, and run {row.id} of {row.due} is there already"
        elif row.state == "skipped" :
            yield "kept back", f"{name}: run {row.id} skipped {row.last_moment}, which comes again ({trigger.next_due})"


def hole(schedule, name, first, end):
    count = schedule.count_between(first, end - 1)
    if count:
        yield "lost", f"{name}: {count} due moments from {first} to before {end} have no row", count


def armed(store, trigger, schedule, expected, options):
    """`expected` is the first moment without a row: the trigger is armed for it, or for an earlier one after a clock
    that was set back."""
    job = store.jobs[trigger.job_id]
    if job.status != "active" or trigger.removed or expected is None:
        return
    if trigger.next_due is None:
        yield "disarmed", f"{job.name} is active, but its trigger is armed for nothing"
        return
    if trigger.next_due > expected:
        yield from hole(schedule, job.name, expected, trigger.next_due)
    if schedule.next_after(trigger.next_due - 1) != trigger.next_due:
        yield "invented", f"{job.name} is armed for {trigger.next_due}, which its schedule does not name"
    if options.until is not None and trigger.next_due < options.until:
        yield from hole(schedule, job.name, max(trigger.next_due, expected), options.until)


def one_row_each(store, trigger):
    rows = store.runs_of(trigger)
    name = store.jobs[trigger.job_id].name
    covered = None
    for row in rows:
        if covered is not None and row.due <= covered:
            yield "double", f"{name}: the moment {row.due} has more than one row (run {row.id} is the second)"
        covered = max(covered or row.last_moment, row.last_moment)


def tail_only(store, trigger, ledger, options):
    rows, comes_again = store.runs_of(trigger), yet_to_come(trigger, ledger)
    if not rows:
        return
    newest = max((row.due for row in rows if comes_again is None or row.due < comes_again), default=rows[0].due)
    for row in rows:
        stuck = options.settled or row.due < newest - options.tail
        if not row.is_final and stuck:
            yield "stuck", f"run {row.id} of {store.jobs[row.job_id].name}, due {row.due}, is {row.state} still"


def named(store):
    for run in store.runs.values():
        if run.state in ("skipped", "failed", "cancelled") and not (run.reason or "").strip():
            yield "unnamed", f"run {run.id} is {run.state} without a reason"
        if run.through is not None and run.state != "skipped":
            yield "unnamed", f"run {run.id} stands for a span of moments, but is {run.state}"


def not_early(store, ledger):
    for run in store.runs.values():
        if run.cause != "schedule" or run.started is None or run.started >= run.due:
            continue
        if not repeated(run.started, ledger.clocks):
            yield "early", f"run {run.id} was due at {run.due} and started at {run.started}"


def repeated(moment, clocks):
    """Whether the program's clock showed this moment twice, having been set back."""
    offset = 0.0
    for real, later in clocks:
        # The program may have looked at the clock anywhere between the two writes of the test.
        if later < offset and real + later - 1 <= moment / 1000 <= real + offset + 1:
            return True
        offset = later
    return False


def told_once(store):
    seen = set()
    for message in store.messages:
        if message in seen:
            yield "told twice", f"run {message[0]} was reported twice: {message[1]}"
        seen.add(message)
