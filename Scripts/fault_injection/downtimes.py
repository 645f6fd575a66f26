"""Nobody is in charge for one second to one year, with each policy for what is missed.

Holds when exactly those late runs are made up that the policy names (the judge computes them), all other moments are
named as skipped, and a year is dealt with within ten seconds.
"""

import time

from fault_injection.world import wait_for

LENGTHS = [("1 s", 1), ("40 s", 40), ("10 min", 600), ("3 h", 3 * 3600), ("1 day", 86_400), ("30 days", 30 * 86_400),
           ("1 year", 366 * 86_400)]  # fmt: skip
POLICIES = [("skip",), ("once",), ("all",), ("all", "--missed-cap", "3"), ("all", "--missed-window", "2h")]
LIMIT = 10.0


def downtimes(world):
    if not (world.has_clock_file and world.has_policies):
        return world.unsupported("downtimes (ROTA_CLOCK_OFFSET_FILE and jobs edit --missed)")
    chosen = LENGTHS if not world.options.short else LENGTHS[-1:]
    world.in_parallel(lambda index: downtime(world, *chosen[index]), len(chosen), 3)


def downtime(world, name, seconds):
    with world.home("downtime") as home:
        home.set_clock(0)
        add_jobs(home)
        first = home.start()
        home.wait_for_start(10)
        # What was due before its start is made up, and lies well before the time away.
        time.sleep(4)
        home.stop(first)
        left = time.time()
        time.sleep(1)
        home.set_clock(seconds)
        began = time.time()
        second = home.start()
        world.check(home.wait_for_start(30, began), f"away {name}: something starts again", home)
        taken = time.time() - began
        world.check(taken <= LIMIT, f"away {name}: first start after {taken:.1f} s, at most {LIMIT:g} s", home)
        wait_for(lambda: not any(run["state"] in ("due", "claimed", "running") for run in home.runs(50)), 20, 0.5)
        time.sleep(2)
        home.stop(second)
        found = world.judged(home, f"away {name}", "--down", left, began + seconds, "--tail", 12)
        world.say(f"      away {name}: {found.get('rows')} rows stand for {found.get('moments')} moments")


def add_jobs(home):
    for number, policy in enumerate(POLICIES):
        flags = ("--missed", *policy)
        home.script_job(f"second{number}", "instant", policies=flags)
        home.job(f"every minute remind me to look at number {number}", *flags)
        home.job(f"every hour remind me to see number {number}", *flags)
