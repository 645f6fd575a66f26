"""The program's clock is moved while the scheduler runs, and while it does not.

Holds when nothing runs twice, nothing is lost (a row, or a span of skips that names what was passed over), and no jump
causes a burst: in the seconds after it, hardly more starts than the jobs' own pace.
"""

import datetime
import time

HOUR, YEAR = 3600, 366 * 86_400
JUMPS = [
    ("+1 h", HOUR), ("-1 h", -HOUR), ("+1 year", YEAR), ("-1 year", -YEAR), ("-1 s", -1), ("+1 min", 60),
    ("+30 days", 30 * 86_400),
]  # fmt: skip
WATCHED = 5


def jumps(world):
    if not world.has_clock_file:
        return world.unsupported("clock jumps (ROTA_CLOCK_OFFSET_FILE)")
    chosen = JUMPS[: world.amount(len(JUMPS), 2)]
    world.in_parallel(lambda index: jump(world, *chosen[index]), len(chosen), 3)


def jump(world, name, seconds):
    """There, back again after a while, and there once more: what ran there has its row already."""
    with world.home("clock") as home:
        home.set_clock(0)
        home.script_job("short", "short", seconds=0.1)
        home.script_job("makeup", "instant", policies=world.policies("--missed", "all"))
        home.job("every minute remind me to blink")
        home.job("every hour remind me to breathe")
        scheduler = home.start()
        world.check(home.wait_for_start(10), f"clock {name}: it starts", home)
        time.sleep(2)
        world.judged(home, f"clock {name}, before", "--tail", 12, look=True)
        moved(world, home, name, seconds)
        world.judged(home, f"clock {name}, there", "--tail", 12, look=True)
        moved(world, home, f"{name}, and back", 0)
        world.check(home.wait_for_start(10, time.time()), f"clock {name}, and back: it goes on", home)
        time.sleep(2)
        home.stop(scheduler)
        world.judged(home, f"clock {name}, and back", "--tail", 12, look=True)
        again(world, home, name, seconds)


def again(world, home, name, seconds):
    scheduler = home.start()
    time.sleep(2)
    moved(world, home, f"{name}, once more", seconds)
    home.stop(scheduler)
    world.judged(home, f"clock {name}, once more", "--tail", 12, look=True)


def moved(world, home, name, offset):
    if abs(offset) == 1:
        until_due(home)
    home.set_clock(offset)
    moment = time.time()
    time.sleep(WATCHED)
    started = len(home.starts_since(moment))
    # Two jobs a second, a late run for what one of them missed, and up to ten for the other.
    limit = 2 * (WATCHED + 1) + 1 + 10
    world.check(started <= limit, f"clock {name}: no burst ({started} starts in {WATCHED} s)", home)


def until_due(home):
    """Sleeps until a job is due, as exactly as one can."""
    due = datetime.datetime.fromisoformat(home.runs(1)[0]["due"].replace("Z", "+00:00")).timestamp()
    time.sleep((due - time.time()) % 1)


def back_at_due_moments(world):
    """Back by one second at a due moment, again and again."""
    if not world.has_clock_file:
        return world.unsupported("back by 1 s at a due moment (ROTA_CLOCK_OFFSET_FILE)")
    with world.home("back") as home:
        home.set_clock(0)
        home.script_job("short", "instant")
        scheduler = home.start()
        world.check(home.wait_for_start(10), "back by 1 s: it starts", home)
        time.sleep(1)
        for number in range(1, world.amount(10, 3) + 1):
            until_due(home)
            home.set_clock(-number)
            time.sleep(1.7)
        world.check(home.wait_for_start(10, time.time()), "back by 1 s: it goes on", home)
        home.stop(scheduler)
        world.judged(home, "back by 1 s at due moments", "--tail", 12)
