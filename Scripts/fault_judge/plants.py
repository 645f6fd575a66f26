"""Violations of each kind, to be planted into a sound store and ledger; and stores that only look odd."""

import dataclasses

from fault_judge.sound import BASE, instant, line


@dataclasses.dataclass
class Plant:
    kind: str
    what: str
    sql: str = ""
    lines: tuple = ()
    # Beginnings of lines that are left out.
    without: tuple = ()
    # What cannot but be found with it.
    beside: frozenset = frozenset()
    options: dict = dataclasses.field(default_factory=dict)


def row_like_run_4(due):
    return (
        f"INSERT INTO run SELECT 99, job_id, trigger_id, cause, {due}, 'failed', late, 0, NULL, finished, 'x', output, "
        "NULL, 0, 0 FROM run WHERE id = 4")  # fmt: skip


def first_step_of_run_3(state, until):
    return f"INSERT INTO step_run VALUES (3, 0, 1, '{state}', {instant(3.1)}, {instant(until)})"


def stopped(at, scheduler):
    return (f"stop {BASE + at} {scheduler}", f"stopped {BASE + at + 0.01} {scheduler}")


def set_back(seconds):
    """The clock was ahead, and shows this moment then."""
    return (f"clock {BASE + 10} 600", f"clock {BASE + 20} {seconds - 20}")


def armed_for(seconds):
    return f"UPDATE job_trigger SET next_due = {instant(seconds)} WHERE id = 2"


ONCE = """UPDATE job SET policies = '{"missed":"all","atMostOnce":true}' WHERE id = 1"""
# The span of run 6 ends at a clock that was set back to 100 s.
TRIMMED = (
    f"INSERT INTO run SELECT 98, job_id, trigger_id, cause, due, state, late, attempt, started, finished, reason, output, "
    f"{instant(100)}, 0, 0 FROM run WHERE id = 6; DELETE FROM run WHERE id = 6; {armed_for(120)}")  # fmt: skip
GAP = frozenset({"lost"})
LOOK, DOWN = {"previous": "look"}, {"down": [[instant(30), instant(270)]]}
PLANTS = [
    Plant("lost", "a row is missing in the middle", "DELETE FROM run WHERE id = 2", without=("start 2 ", "end 2 ")),
    Plant("lost", "a trigger is armed too late", f"UPDATE job_trigger SET next_due = {instant(8)} WHERE id = 1"),
    Plant("lost", "a span of skips ends too early", f"UPDATE run SET through = {instant(120)} WHERE id = 6"),
    Plant("lost", "nothing was claimed until the end", options={"until": instant(9)}),
    Plant("lost", "the first moments have no row", options={"expect_from": instant(-63)}),
    Plant("double", "two rows for one moment", row_like_run_4(instant(4))),
    Plant("double", "a row within a span of skips", f"UPDATE run SET through = {instant(240)} WHERE id = 6"),
    Plant("double", "one attempt started twice", lines=(line("start", 2, 2.2),)),
    Plant("invented", "a row that no schedule names", row_like_run_4(instant(4.5))),
    Plant("invented", "armed for what no schedule names", "UPDATE job_trigger SET next_due = next_due - 1 WHERE id = 1"),
    Plant("disarmed", "an active job is armed for nothing", "UPDATE job_trigger SET next_due = NULL WHERE id = 1"),
    Plant("stuck", "an early run is unfinished", "UPDATE run SET state = 'running' WHERE id = 2"),
    Plant("stuck", "a late run is unfinished", "UPDATE run SET state = 'due' WHERE id = 5", options={"settled": True}),
    Plant("unnamed", "a skip without a reason", "UPDATE run SET reason = '' WHERE id = 6"),
    Plant("unnamed", "a run that stands for a span", f"UPDATE run SET through = {instant(240)} WHERE id = 7"),
    Plant("early", "a row started before its moment", "UPDATE run SET started = due - 1 WHERE id = 2"),
    Plant("early", "a script started before its moment", lines=(line("start", 4, 3.9, 0),)),
    Plant("told twice", "an outcome was told twice", "INSERT INTO message VALUES (2, 'X done')"),
    Plant("rowless", "a start of a run that is not there", lines=(line("start", 50, 4.2),)),
    Plant("rowless", "a script was told another moment", lines=(line("start", 4, 4.05, 0, due=9),)),
    Plant("attempts", "the ledger has more attempts", lines=(line("start", 4, 4.4, 2),), beside=frozenset({"redone"})),
    Plant("ends", "more ends than attempts", lines=(line("end", 4, 4.3),)),
    Plant("at most once", "an at-most-once run started twice", ONCE),
    Plant("at most once", "given back at a stop, and not started yet", f"{ONCE}; UPDATE run SET state = 'due' WHERE id = 5",
          without=("start 3 ", "end 3 ", "end 5 "), beside=frozenset({"unproven"})),
    Plant("double", "the number of an attempt is used again after a stop",
          lines=(*stopped(2.12, 98), line("start", 2, 2.2, parent=99)), without=("start 3 2026-09-21T14:14:03Z 1",)),
    Plant("after stop", "a start by a scheduler that was asked to stop", lines=(f"stop {BASE + 4.2} 99",)),
    Plant("stop", "a stop that is counted as a death", lines=stopped(3.2, 98)),
    Plant("stop", "more stops than starts", "UPDATE run SET stops = 1 WHERE id = 2"),
    Plant("late record", "a step ended after the next attempt began", first_step_of_run_3("failed", 3.45)),
    Plant("late record", "a step ended after its run", "UPDATE step_run SET finished = finished + 600 WHERE run_id = 4"),
    Plant("late record", "a step of an attempt that is not there", "UPDATE step_run SET attempt = 2 WHERE run_id = 4"),
    Plant("twin", "two attempts live at one time", lines=(line("tick", 3, 3.6),)),
    Plant("unproven", "success without an end", without=("end 2 ",)),
    Plant("redone", "a recorded step started again", first_step_of_run_3("succeeded", 3.2)),
    Plant("ran", "a skipped run was started", "UPDATE run SET state = 'skipped', reason = 'x' WHERE id = 2"),
    Plant("changed", "a finished run changed", "UPDATE run SET reason = 'other' WHERE id = 2", options=LOOK),
    Plant("changed", "a finished run is gone", "DELETE FROM run WHERE id = 4", without=("start 4 ", "end 4 "),
          beside=GAP, options=LOOK),
    Plant("policy", "nothing was made up", "UPDATE run SET state = 'skipped', reason = 'x' WHERE id = 7", options=DOWN),
    Plant("policy", "too much was made up", "UPDATE run SET state = 'failed', late = 1, through = NULL WHERE id = 6",
          beside=GAP, options=DOWN),
    Plant("unreadable", "a torn line", lines=("start 4 20",)),
    Plant("broken", "a row points nowhere", "INSERT INTO job_trigger VALUES (9, 77, 'manual', '{}', NULL, 0)"),
    Plant("invented", "armed for what has a row", armed_for(180)),
    Plant("changed", "a skip is gone, and no clock was moved", "DELETE FROM run WHERE id = 6", beside=GAP, options=LOOK),
    Plant("changed", "a skip is gone that lies before the new clock", "DELETE FROM run WHERE id = 6",
          lines=set_back(500), beside=GAP, options=LOOK),
    Plant("changed", "a skip is gone after 1 s back", "DELETE FROM run WHERE id = 6",
          lines=(f"clock {BASE + 10} 51", f"clock {BASE + 11} 50"), beside=GAP, options=LOOK),
    Plant("changed", "what a skip said of earlier moments is gone", f"DELETE FROM run WHERE id = 6; {armed_for(120)}",
          lines=set_back(100), beside=GAP, options=LOOK),
    Plant("changed", "a run is gone that was no skip", f"DELETE FROM run WHERE id = 7; {TRIMMED}", lines=set_back(100),
          options=LOOK),
    Plant("kept back", "a moment that comes again is skipped still", armed_for(120), lines=set_back(100)),
    Plant("lost", "armed too late after the clock was set back", f"{TRIMMED}; {armed_for(180)}", lines=set_back(100)),
]  # fmt: skip

SOUND = [
    Plant("", "as it is", options={**LOOK, **DOWN, "expect_from": instant(1)}),
    Plant("", "a skip ends where the clock was set back to", TRIMMED, lines=set_back(100), options=LOOK),
    Plant("", "a skip is taken back as a whole", f"DELETE FROM run WHERE id = 6; {armed_for(60)}", lines=set_back(50),
          options=LOOK),
    Plant("", "a stop, and a further attempt", "UPDATE run SET deaths = 0, stops = 1 WHERE id = 3", lines=stopped(3.2, 98)),
]  # fmt: skip
