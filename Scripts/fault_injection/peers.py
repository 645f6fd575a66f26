"""The same random kill loop pointed at other schedulers that keep their jobs in SQLite, their counts beside ours.

Each system has three jobs each second. A job writes its start and its end, 50 ms apart, into a ledger. The process is
killed with SIGKILL at a random moment 0.05 to 1.5 s after it said that it is ready, and started again at once, as many
times for each system and with the same choices. What is counted is read from the ledgers by one function:

    lost       a due moment without an end, and without a record of the system that says why
    double     a second start of a due moment that is not marked as a further attempt
    attempts   a second start that is marked as one: the job can see it, and act on it
    named      no end, but a record says why (skipped, or failed at most once)
    unfinished started and never ended, among the lost

How the peers are set up, each as durable as its own documentation goes, is told in `peer_apscheduler` and `peer_huey`.
They are installed from PyPI into .venv-peers.
"""

import collections
import contextlib
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from fault_injection import processes
from fault_injection.world import wait_for

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv-peers"
PACKAGES = ["huey<3", "apscheduler<4", "sqlalchemy<3"]
JOBS = ["one", "two", "three"]
SETTLE = 8
COLUMNS = ["system", "kills", "moments", "lost", "double", "attempts", "named", "unfinished"]


class Peer:
    """A program of ours around a library; it keeps everything in one folder."""

    def __init__(self, name, program):
        self.name, self.program = name, pathlib.Path(__file__).with_name(program)

    @contextlib.contextmanager
    def prepared(self, world, seconds):
        folder = pathlib.Path(tempfile.mkdtemp(prefix=f"rota-faults-{self.name}-"))
        (folder / "ledger").touch()
        self.environment = {**os.environ, "TZ": "UTC", "PYTHONDONTWRITEBYTECODE": "1"}
        self.folder, self.lives = folder, 0
        try:
            words = self.words("prepare", str(seconds))
            subprocess.run(words, env=self.environment, check=True, timeout=600)
            yield self
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def words(self, *more):
        return [str(VENV / "bin" / "python"), str(self.program), str(self.folder), *more]

    def start(self):
        self.lives += 1
        return processes.Started(self.words("run"), self.environment, self.folder / f"log-{self.lives}")

    def is_ready(self, started):
        return "ready" in started.said()

    def ledger(self):
        return self.folder / "ledger"

    def named(self):
        return set()


class Ours:
    """A real `rota`, in one of its two guarantees."""

    def __init__(self, guarantee):
        self.name, self.guarantee = f"rota ({guarantee.replace('-', ' ')})", guarantee

    @contextlib.contextmanager
    def prepared(self, world, seconds):
        with world.home("peer") as home:
            self.home = home
            flags = world.policies("--missed", "all", "--missed-cap", "1000", "--missed-window", "unlimited", "--guarantee",
                                   self.guarantee, "--pause-after", "0", "--overlap", "allow")  # fmt: skip
            for job in JOBS:
                home.script_job(job, "short", seconds=0.05, policies=flags)
            yield self
            world.judged(home, f"{self.name}: the judge")

    def start(self):
        return self.home.start()

    def is_ready(self, started):
        return "runs (process" in started.said()

    def ledger(self):
        return self.home.ledger

    def named(self):
        """Due moments with a row that says why nothing came of it."""
        database = sqlite3.connect(f"file:{self.home.store}?mode=ro", uri=True)
        try:
            rows = database.execute(
                "SELECT job.name, due / 1000, count(*) FROM run JOIN job ON job.id = job_id "
                "WHERE run.state IN ('skipped', 'failed') AND reason <> '' GROUP BY 1, 2")
            return {(name.lower(), due) for name, due, _ in rows}
        finally:
            database.close()


def compare(world):
    install(world)
    guarantees = ["at-least-once"] + (["at-most-once"] if world.has_policies else [])
    systems = [Ours(guarantee) for guarantee in guarantees]
    systems += [Peer("apscheduler", "peer_apscheduler.py"), Peer("huey", "peer_huey.py")]
    at_once = min(world.options.jobs_in_parallel, len(systems))
    table = world.in_parallel(lambda index: measured(world, systems[index]), len(systems), at_once)
    widths = [max(len(str(row[column])) for row in [dict(zip(COLUMNS, COLUMNS)), *table]) for column in COLUMNS]
    for row in [dict(zip(COLUMNS, COLUMNS)), *table]:
        cells = [str(row[column]).ljust(width) if not index else str(row[column]).rjust(width)
                 for index, (column, width) in enumerate(zip(COLUMNS, widths))]  # fmt: skip
        world.say("  ".join(cells))
    for row in table[: len(guarantees)]:
        world.check(row["lost"] == 0 and row["double"] == 0, f"{row['system']}: {row['lost']} lost, {row['double']} double")


def install(world):
    python = VENV / "bin" / "python"
    if not python.exists():
        world.say("faults: installing the peers from PyPI into .venv-peers")
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    if subprocess.run([python, "-c", "import huey, apscheduler, sqlalchemy"], capture_output=True).returncode:
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True)


def measured(world, system):
    kills = world.options.kills
    with system.prepared(world, seconds=kills * 2.5 + 60):
        choices, done = world.random("peers"), 0
        while done < kills:
            life = choices.uniform(0.05, 1.5)
            started = system.start()
            if not wait_for(lambda: system.is_ready(started) or not started.is_alive, 30, 0.01):
                world.check(False, f"{system.name}: it was not ready within 30 s")
            started.wait(life)
            done += started.kill() is not None
        last = system.start()
        time.sleep(SETTLE)
        until = time.time() - SETTLE / 2
        last.stop()
        return {"system": system.name, "kills": done, **counted(system.ledger().read_text(), system.named(), until)}


def counted(text, named, until):
    """The figures of one ledger, for the moments from the first that it knows to `until`."""
    starts, ends = collections.defaultdict(list), collections.Counter()
    for words in map(str.split, text.splitlines()):
        key = (words[8].removesuffix(".sh"), due_second(words[2]))
        starts[key].append(int(words[3])) if words[0] == "start" else ends.update([key])
    expected = [(job, second) for job in JOBS for second in range(first_second(starts, job), int(until))]
    without = [key for key in expected if not ends[key]]
    lost = [key for key in without if key not in named]
    again = sum(len(attempts) - len(set(attempts)) for attempts in starts.values())
    return {
        "moments": len(expected), "lost": len(lost), "double": again,
        "attempts": sum(len(set(attempts)) - 1 for attempts in starts.values() if attempts),
        "named": len(without) - len(lost), "unfinished": sum(key in starts for key in lost),
    }  # fmt: skip


def first_second(starts, job):
    return min((second for name, second in starts if name == job), default=0)


def due_second(text):
    import datetime

    return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())
