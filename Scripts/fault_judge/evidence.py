"""Reads a store and a ledger into plain values. Nothing is written to either.

The store is copied through SQLite's backup, log included, so that a live scheduler may go on writing. Columns that an
older format lacks read as `None`. Moments of the store are whole milliseconds since 1970, those of the ledger seconds.

Lines of the ledger:
    start|tick|end RUN DUE ATTEMPT PID PARENT REAL OFFSET SCRIPT
    clock REAL OFFSET          from this real time on, the program's clock is ahead by OFFSET seconds
    stop REAL PID              the scheduler with this number was asked to stop
    stopped REAL PID           it ended by itself after that, with exit code 0
"""

import dataclasses
import json
import pathlib
import shutil
import sqlite3
import tempfile

# Seconds by which the clock has to be set back before triggers are armed anew; the program says 30, and looks now and then.
NOTICED = 25
FINAL = ("succeeded", "failed", "cancelled", "skipped")


@dataclasses.dataclass
class Job:
    id: int
    name: str
    status: str
    policies: dict
    steps: list
    created_at: int

    def scripts(self):
        """Positions of steps that run a script, by the script's path; a path that occurs twice is left out."""
        paths = [step["action"].get("script", {}).get("path") for step in self.steps]
        return {path: index for index, path in enumerate(paths) if path and paths.count(path) == 1}


@dataclasses.dataclass
class Trigger:
    id: int
    job_id: int
    kind: str
    definition: dict
    next_due: int
    removed: int


@dataclasses.dataclass
class Run:
    id: int
    job_id: int
    trigger_id: int
    cause: str
    due: int
    state: str
    late: int
    attempt: int
    started: int
    finished: int
    reason: str
    output: str
    through: int = None
    deaths: int = None
    stops: int = None

    @property
    def is_final(self):
        return self.state in FINAL

    @property
    def last_moment(self):
        """The last of the moments that this row stands for."""
        return max(self.due, self.through or self.due)


@dataclasses.dataclass
class StepRun:
    run_id: int
    position: int
    attempt: int
    state: str
    started: int = None
    finished: int = None


@dataclasses.dataclass
class Line:
    kind: str
    run: int
    due: str
    attempt: int
    pid: int
    parent: int
    real: float
    offset: float
    script: str


@dataclasses.dataclass
class Store:
    jobs: dict
    triggers: list
    runs: dict
    steps: list
    messages: list
    integrity: str

    def runs_of(self, trigger):
        """Rows of a trigger's due moments, earliest first."""
        rows = [run for run in self.runs.values() if run.trigger_id == trigger.id and run.cause == "schedule"]
        return sorted(rows, key=lambda run: (run.due, run.id))


@dataclasses.dataclass
class Ledger:
    lines: list
    clocks: list
    stops: dict
    unreadable: list
    stopped: dict = dataclasses.field(default_factory=dict)

    def set_backs(self, first=0):
        """Moments (ms) that the program's clock showed after it was set back far enough for the program to take notice;
        only those after the first so many lines about the clock."""
        pairs = zip([(0.0, 0.0), *self.clocks], self.clocks)
        return [round((real + later) * 1000) for number, ((_, before), (real, later)) in enumerate(pairs)
                if number >= first and later <= before - NOTICED]


def read_store(path):
    with tempfile.TemporaryDirectory(prefix="judge-") as folder:
        database = copied(path, folder)
        try:
            return Store(
                jobs={job.id: job for job in rows(database, "job", Job)},
                triggers=rows(database, "job_trigger", Trigger),
                runs={run.id: run for run in rows(database, "run", Run)},
                steps=rows(database, "step_run", StepRun),
                messages=database.execute("SELECT run_id, text FROM message WHERE run_id IS NOT NULL").fetchall(),
                integrity=integrity(database),
            )
        finally:
            database.close()


def copied(path, folder):
    """A connection to a copy; by SQLite where it can, else file by file (a folder that may not be written to)."""
    target = sqlite3.connect(":memory:")
    try:
        source = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
        try:
            source.backup(target)
        finally:
            source.close()
        target.execute("SELECT count(*) FROM job").fetchone()
        return target
    except sqlite3.OperationalError:
        target.close()
    for suffix in ("", "-wal"):
        if pathlib.Path(f"{path}{suffix}").exists():
            shutil.copyfile(f"{path}{suffix}", f"{folder}/store{suffix}")
    return sqlite3.connect(f"{folder}/store")


def rows(database, table, kind):
    cursor = database.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description]
    wanted = {field.name: field for field in dataclasses.fields(kind)}
    found = []
    for values in cursor:
        row = {name: value for name, value in zip(names, values) if name in wanted}
        for name, field in wanted.items():
            if field.type in (dict, list):
                row[name] = json.loads(row[name])
        found.append(kind(**row))
    return found


def integrity(database):
    verdict = database.execute("PRAGMA integrity_check(5)").fetchall()
    orphans = database.execute("PRAGMA foreign_key_check").fetchall()
    texts = [row[0] for row in verdict if row[0] != "ok"] + [f"foreign key: {row}" for row in orphans[:5]]
    return "; ".join(texts)


def read_ledger(path):
    ledger = Ledger([], [], {}, [])
    file = pathlib.Path(path)
    for text in file.read_text(errors="replace").splitlines() if file.exists() else []:
        words = text.split()
        try:
            if words[0] == "clock":
                ledger.clocks.append((float(words[1]), float(words[2])))
            elif words[0] == "stop":
                ledger.stops[int(words[2])] = float(words[1])
            elif words[0] == "stopped":
                ledger.stopped[int(words[2])] = float(words[1])
            elif words[0] in ("start", "tick", "end"):
                ledger.lines.append(line_of(words))
            else:
                ledger.unreadable.append(text)
        except (IndexError, ValueError):
            ledger.unreadable.append(text)
    return ledger


def line_of(words):
    kind, run, due, attempt, pid, parent, real, offset, script = words
    return Line(kind, int(run), due, int(attempt), int(pid), int(parent), float(real), float(offset), script)
