"""Plants each kind of violation into a sound store and ledger, and sees that the judge finds that kind and no other."""

import argparse
import dataclasses
import datetime
import pathlib
import sqlite3
import tempfile

from fault_judge import evidence, history, moments, sound
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
        "NULL FROM run WHERE id = 4")  # fmt: skip


LOOK, DOWN = {"previous": "look"}, {"down": [[instant(30), instant(270)]]}
PLANTS = [
    Plant("lost", "a row is missing in the middle", "DELETE FROM run WHERE id = 2", without=("start 2 ", "end 2 ")),
    Plant("lost", "a trigger is armed too late", f"UPDATE job_trigger SET next_due = {instant(8)} WHERE id = 1"),
    Plant("lost", "a span of skips ends too early", f"UPDATE run SET through = {instant(120)} WHERE id = 6"),
    Plant("lost", "nothing was claimed until the end", options={"until": instant(9)}),
    Plant("lost", "the first moments have no row", options={"expect_from": instant(-3)}),
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
    Plant("at most once", "an at-most-once run started twice",
          """UPDATE job SET policies = '{"missed":"all","atMostOnce":true}' WHERE id = 1"""),
    Plant("at most once", "given back at a stop, and started again",
          """UPDATE job SET policies = '{"missed":"all","atMostOnce":true}' WHERE id = 1""", lines=(f"stop {BASE + 3.2} 99",)),
    Plant("twin", "two attempts live at one time", lines=(line("tick", 3, 3.6),)),
    Plant("unproven", "success without an end", without=("end 2 ",)),
    Plant("redone", "a recorded step started again", "INSERT INTO step_run VALUES (3, 0, 1, 'succeeded')"),
    Plant("ran", "a skipped run was started", "UPDATE run SET state = 'skipped', reason = 'x' WHERE id = 2"),
    Plant("changed", "a finished run changed", "UPDATE run SET reason = 'other' WHERE id = 2", options=LOOK),
    Plant("changed", "a finished run is gone", "DELETE FROM run WHERE id = 4", without=("start 4 ", "end 4 "),
          beside=frozenset({"lost"}), options=LOOK),
    Plant("policy", "nothing was made up", "UPDATE run SET state = 'skipped', reason = 'x' WHERE id = 7", options=DOWN),
    Plant("policy", "too much was made up", "UPDATE run SET state = 'failed', late = 1, through = NULL WHERE id = 6",
          beside=frozenset({"lost"}), options=DOWN),
    Plant("unreadable", "a torn line", lines=("start 4 20",)),
    Plant("broken", "a row points nowhere", "INSERT INTO job_trigger VALUES (9, 77, 'manual', '{}', NULL, 0)"),
]  # fmt: skip


def run(violations):
    """Prints what was missed or wrongly found; 0 when every kind was found."""
    with tempfile.TemporaryDirectory(prefix="judge-test-") as folder:
        history.save(built(folder, Plant("", "")), f"{folder}/look")
        failures = [problem for plant in PLANTS if (problem := missed(violations, folder, plant))]
        clean = kinds(violations, folder, Plant("", "", options={**LOOK, **DOWN, "expect_from": instant(1)}))
        if clean:
            failures.append(f"the sound store is said to be wrong: {sorted(clean)}")
    failures += schedule_failures()
    for failure in failures:
        print(f"FAIL  {failure}")
    print(f"judge: {len(PLANTS)} planted violations, " + (f"{len(failures)} wrong" if failures else "each was found"))
    return 1 if failures else 0


def missed(violations, folder, plant):
    found = kinds(violations, folder, plant)
    if plant.kind not in found or not found <= {plant.kind} | plant.beside:
        return f"{plant.what}: expected {plant.kind}, found {sorted(found)}"
    return None


def kinds(violations, folder, plant):
    store = built(folder, plant)
    usual = {"expect_from": None, "until": None, "tail": 2000, "settled": False, "previous": None, "down": []}
    options = argparse.Namespace(**{**usual, **plant.options})
    if options.previous:
        options.previous = f"{folder}/look"
    return {kind for kind, _, _ in violations(store, evidence.read_ledger(f"{folder}/ledger"), options)}


def built(folder, plant):
    """The store that the judge reads, with the plant in it; the ledger is written beside it."""
    path = pathlib.Path(folder, "store")
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    sound.fill(database)
    if plant.sql:
        database.execute(plant.sql)
    database.commit()
    database.close()
    lines = [text for text in sound.ledger() if not text.startswith(plant.without)]
    pathlib.Path(folder, "ledger").write_text("\n".join([*lines, *plant.lines]) + "\n")
    return evidence.read_store(path)


def schedule_failures():
    """Moments that the judge computes, against known ones."""
    for text, after, expected in [
        ("0 9 * * MON", "2026-03-06T10:00:00", "2026-03-09T09:00:00"),
        ("*/20 * * * * *", "2026-01-01T00:00:41", "2026-01-01T00:01:00"),
        ("0 0 13 * 5", "2026-03-06T00:00:00", "2026-03-13T00:00:00"),
        ("30 2 29 2 *", "2026-01-01T00:00:00", "2028-02-29T02:30:00"),
    ]:
        found = moments.Cron(text).next_after(stamp(after))
        if found != stamp(expected):
            yield f"{text} after {after}: {found}"


def stamp(text):
    return round(datetime.datetime.fromisoformat(text + "+00:00").timestamp() * 1000)
