"""SIGTERM under load.

Holds when nothing starts after the signal, the program ends within its grace time, and what was running is finished or
back in the queue without a penalty: a stop is counted, and no death. A second signal ends it at once.
"""

import signal
import sqlite3
import time

from fault_injection import processes

GRACE = 10.0
SLACK = 0.25


def add_jobs(home):
    home.script_job("short", "short", seconds=0.3)
    home.script_job("steady", "steady", "every 2 seconds", 1.8)
    home.script_job("long", "steady", "every 3 seconds", 25.0)
    home.job("every 1 second remind me to blink")


def graceful(world):
    tries = world.amount(6, 1)
    world.in_parallel(lambda number: stopped(world, number), tries, 3)


def stopped(world, number):
    choices, what = world.random("stop", number), f"stop {number + 1}"
    with world.home("stop") as home:
        add_jobs(home)
        scheduler = home.start()
        home.wait_for_start(10)
        time.sleep(choices.uniform(3.2, 5))
        moment = time.time()
        taken = home.stop(scheduler, 40)
        after = len(home.starts_since(moment + SLACK))
        world.check(after == 0, f"{what}: nothing starts after the signal ({after} starts)", home)
        world.check(taken <= GRACE + 6, f"{what}: it ends after {taken:.1f} s", home)
        world.check(scheduler.process.returncode == 0, f"{what}: exit code {scheduler.process.returncode}", home)
        world.check(not processes.inside(home.folder), f"{what}: no process is left", home)
        unpenalised(world, home, what)
        again = home.start()
        time.sleep(4)
        again.kill()
        world.judged(home, what, "--tail", 25)


def unpenalised(world, home, what):
    """What had begun waits with a stop counted, and no death."""
    database = sqlite3.connect(f"file:{home.store}?mode=ro", uri=True)
    try:
        rows = database.execute("SELECT state, attempt, deaths, stops FROM run WHERE finished IS NULL").fetchall()
        deaths = database.execute("SELECT sum(deaths) FROM run").fetchone()[0]
    finally:
        database.close()
    states, begun = {row[0] for row in rows}, [row for row in rows if row[1]]
    world.check(states <= {"due", "retrying"}, f"{what}: what was running is finished or waits ({states})", home)
    stopped = all(row[3] >= 1 for row in begun)
    world.check(begun and stopped, f"{what}: {len(begun)} runs were given back, each as a stop", home)
    world.check(deaths == 0, f"{what}: no death is counted ({deaths})", home)


def second_signal(world):
    with world.home("second-signal") as home:
        home.script_job("long", "steady", "in 1 second", 30.0)
        scheduler = home.start()
        home.wait_for_start(10)
        home.tell(f"stop {time.time():.6f} {scheduler.pid}")
        scheduler.signal(signal.SIGTERM)
        time.sleep(1)
        alive, moment = scheduler.is_alive, time.monotonic()
        scheduler.signal(signal.SIGTERM)
        scheduler.wait(20)
        taken = time.monotonic() - moment
        world.check(alive and taken <= 2, f"second signal: it ends at once ({taken:.1f} s)", home)
        scheduler.kill()
        again = home.start()
        time.sleep(1.5)
        again.kill()
        world.judged(home, "second signal")


def stopped_at_most_once(world):
    """A run that may start once, and outlasts the grace time of a stop."""
    if not world.has_policies:
        return world.unsupported("a stop in a run that may start once (jobs edit --guarantee)")
    with world.home("stop-once") as home:
        home.script_job("long", "steady", "in 1 second", 30.0, ("--guarantee", "at-most-once"))
        scheduler = home.start()
        home.wait_for_start(10)
        home.stop(scheduler, 40)
        again = home.start()
        time.sleep(3)
        again.kill()
        states = [run["state"] for run in home.runs()]
        world.check(states in (["failed"], ["cancelled"]), f"stop, at most once: it is over, and said ({states})", home)
        world.judged(home, "stop, at most once", "--settled")
