"""Scripts that print without end, never end a line, ignore TERM, or leave processes behind.

Holds when the program's memory stays bounded, what is kept of the output is cut, and the script's processes are gone
after the run, also after a stop within its grace time.
"""

import time

from fault_injection import processes
from fault_injection.world import wait_for

MEMORY = 160  # MiB; the program alone has 50
KEPT = 70_000
PRINTING = {"flood": "100 MB/s", "line-flood": "never a newline", "error-flood": "errors"}


def floods(world):
    kinds = list(PRINTING)[: world.amount(3, 1)]
    for kind in kinds:
        flood(world, kind)


def flood(world, kind):
    what = f"flood of {PRINTING[kind]}" if kind != "line-flood" else "flood without a newline"
    with world.home("flood") as home:
        home.script_job("work", kind, "in 1 second", world.amount(5, 2))
        scheduler = home.start()
        world.check(home.wait_for_start(10), f"{what}: it starts", home)
        done = wait_for(lambda: [run["state"] for run in home.runs()] == ["succeeded"], 25, 0.2)
        memory = scheduler.memory() or 0
        world.check(done, f"{what}: the run comes to its end", home)
        world.check(memory <= MEMORY, f"{what}: {memory:.0f} MiB at most in memory, {MEMORY} allowed", home)
        home.stop(scheduler)
        kept = longest_output(home)
        world.check(kept <= KEPT, f"{what}: {kept} characters are kept, {KEPT} allowed", home)
        world.check(not processes.inside(home.folder), f"{what}: no process is left", home)
        world.judged(home, what, "--settled")


def longest_output(home):
    import sqlite3

    database = sqlite3.connect(f"file:{home.store}?mode=ro", uri=True)
    try:
        return database.execute("SELECT coalesce(max(length(output)), 0) FROM run").fetchone()[0]
    finally:
        database.close()


def litter(world):
    """A script ends, and a child of it would go on."""
    for kind in ("litter", "daemon-litter"):
        with world.home(kind) as home:
            home.script_job("work", kind, "in 1 second")
            scheduler = home.start()
            done = wait_for(lambda: [run["state"] for run in home.runs()] == ["succeeded"], 15, 0.2)
            world.check(done, f"{kind}: the run ends although a child goes on", home)
            gone = wait_for(lambda: not processes.inside(home.folder), 8)
            world.check(gone, f"{kind}: its processes are gone after the run", home)
            home.stop(scheduler)
            world.judged(home, kind, "--settled")


def deaf(world):
    """A script that ignores TERM is killed after its grace time: at its timeout, and at a stop."""
    if world.has_policies:
        with world.home("deaf") as home:
            home.script_job("work", "deaf", "in 1 second", 60, ("--timeout", "2s"))
            scheduler = home.start()
            home.wait_for_start(10)
            began = time.monotonic()
            failed = wait_for(lambda: [run["state"] for run in home.runs()] == ["failed"], 20, 0.2)
            taken = time.monotonic() - began
            world.check(failed, f"deaf: stopped {taken:.1f} s after its start (2 s timeout, 5 s grace)", home)
            world.check(wait_for(lambda: not processes.inside(home.folder), 3), "deaf: its processes are gone", home)
            home.stop(scheduler)
            world.judged(home, "deaf", "--settled")
    else:
        world.unsupported("deaf scripts and a timeout (jobs edit --timeout)")
    with world.home("deaf-stop") as home:
        home.script_job("work", "deaf", "in 1 second", 60)
        scheduler = home.start()
        home.wait_for_start(10)
        time.sleep(0.5)
        taken = home.stop(scheduler, 40)
        world.check(taken <= 20, f"deaf: a stop ends after {taken:.1f} s (10 s grace, 5 s to the kill)", home)
        world.check(not processes.inside(home.folder), "deaf: its processes are gone after the stop", home)
        world.judged(home, "deaf, stopped")
