"""Sixteen processes on one store: an owner, and others that add jobs, ask, run jobs and try to process.

Holds when nobody is told of a lock, each added job is there and ran once, and no due moment has two rows.
"""

import time

from fault_injection.world import wait_for

LOCKED = ("is locked", "SQLITE_BUSY", "database is busy", "SQLite error")


def beside_an_owner(world):
    with world.home("sixteen") as home:
        home.script_job("short", "short", seconds=0.1)
        home.job("every 1 second remind me to blink")
        owner = home.start()
        time.sleep(1)
        rounds = world.amount(12, 2)
        added = sum(world.in_parallel(lambda number: member(world, home, number, rounds), 15, at_once=15))
        last = time.time()
        wait_for(lambda: reminders(home) >= added, 20, 0.5)
        world.check(reminders(home) == added, f"sixteen: {added} jobs were added, {reminders(home)} ran", home)
        sentences(world, home, "sixteen")
        home.stop(owner)
        world.judged(home, "sixteen processes", "--until", last, "--tail", 8)


def reminders(home):
    return sum("walk" in run["job"]["name"].lower() for run in home.runs(5000) if run["state"] == "succeeded")


def member(world, home, number, rounds):
    """One of the others; returns how many jobs it added."""
    choices, added = world.random("sixteen", number), 0
    for turn in range(rounds):
        what = choices.choice(["add", "add", "ask", "runs", "status", "process", "run", "doctor"])
        if what == "add":
            added += home.rota(f"in 2 seconds remind me to walk number {number} {turn}").returncode == 0
        elif what == "run":
            home.rota("jobs", "run", "Blink")
        else:
            home.rota(*{"ask": ["list my jobs"], "runs": ["runs", "--json"], "status": ["status", "--json"],
                        "process": ["process"], "doctor": ["doctor"]}[what])  # fmt: skip
    return added


def sentences(world, home, what):
    said = home.said()
    found = [text for text in LOCKED if text in said]
    world.check(not found, f"{what}: nobody was told of a lock ({len(home.outputs)} commands)", home)
    codes = sorted({code for _, code, _ in home.outputs if code not in (0, 1, 4)})
    world.check(not codes, f"{what}: exit codes are 0, 1 or 4 ({codes} beside)", home)


def without_an_owner(world):
    """Sixteen times `rota process` at once, again and again."""
    with world.home("processes") as home:
        home.script_job("short", "instant")
        home.script_job("other", "short", seconds=0.05)
        home.job("every 1 second remind me to blink")
        time.sleep(1.2)
        for _ in range(world.amount(10, 2)):
            world.in_parallel(lambda number: home.rota("process"), 16, at_once=16)
        sentences(world, home, "16 × process")
        world.judged(home, "16 × process", "--tail", 8)
