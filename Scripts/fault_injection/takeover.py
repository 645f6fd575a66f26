"""An owner that dies or stalls, with a standby beside it.

Holds when the standby starts what is due within ten seconds, and what the old owner does when it wakes up is refused.
A plain `start` beside a live owner is refused with exit code 1.
"""

import signal
import time

from fault_injection.world import wait_for

LIMIT = 10.0


def add_jobs(world, home):
    home.script_job("short", "short", seconds=0.1, policies=world.policies("--missed", "all"))
    home.script_job("steady", "steady", "every 3 seconds", 2.0)
    home.job("every 1 second remind me to blink")


def second_owner(world):
    with world.home("second-owner") as home:
        home.job("every 1 second remind me to blink")
        owner = home.start()
        time.sleep(1.5)
        refused = home.start()
        code = refused.wait(10)
        said = refused.said()
        shown = f"a second start is refused (exit {code}: {said.strip()[:100]})"
        world.check(code == 1 and "already" in said, shown, home)
        refused.kill()
        world.check(owner.is_alive, "the owner goes on", home)
        home.stop(owner)
        world.judged(home, "second start")


def killed_owner(world):
    if not world.has_standby:
        return world.unsupported("takeover (start --standby)")
    choices, measured = world.random("takeover"), []
    with world.home("takeover") as home:
        add_jobs(world, home)
        owner, standby = pair(world, home, "takeover")
        for _ in range(world.amount(20, 1)):
            time.sleep(choices.uniform(0.5, 3))
            moment = owner.kill()
            if not world.check(moment is not None, "takeover: the owner was alive until it was killed", home):
                break
            measured += [taken] if (taken := taken_over(home, standby, moment)) is not None else []
            owner, standby = standby, home.start("--standby")
            time.sleep(0.5)
        all_taken = len(measured) == world.amount(20, 1)
        world.check(all_taken, f"takeover: {len(measured)} kills were followed by a start", home)
        world.figures("takeover after kill -9", measured, LIMIT)
        standby.kill()
        finish(world, home, owner, "takeover after kill -9")


def pair(world, home, what):
    """An owner, and then a standby beside it."""
    owner = home.start()
    world.check(home.wait_for_start(10, owner.began), f"{what}: the owner starts", home)
    standby = home.start("--standby")
    time.sleep(0.5)
    return owner, standby


def taken_over(home, standby, moment, seconds=20):
    """Seconds from the fault to the first start by the standby."""

    def starts():
        return [float(words[6]) for words in home.lines("start", parent=standby.pid) if float(words[6]) >= moment]

    return min(starts()) - moment if wait_for(lambda: bool(starts()), seconds) else None


def finish(world, home, owner, what):
    time.sleep(3)
    until = time.time() - 1
    home.stop(owner)
    world.judged(home, what, "--until", until, "--tail", 8)


def stalled_owner(world):
    if not world.has_standby:
        return world.unsupported("zombie (start --standby)")
    choices, measured = world.random("zombie"), []
    for number in range(world.amount(20, 1)):
        with world.home("zombie") as home:
            taken = stalled_once(world, home, choices, f"zombie {number + 1}")
            measured += [taken] if taken is not None else []
    world.figures("takeover after SIGSTOP", measured, LIMIT)


def stalled_once(world, home, choices, what):
    add_jobs(world, home)
    owner, standby = pair(world, home, what)
    wait_for(lambda: any(words[8] == "steady.sh" for words in home.lines("start")), 10)
    time.sleep(choices.uniform(0.1, 1.8))
    moment = time.time()
    owner.signal(signal.SIGSTOP)
    taken = taken_over(home, standby, moment)
    world.check(taken is not None, f"{what}: the standby takes over", home)
    time.sleep(choices.uniform(0.5, 4))
    woken = time.time()
    owner.signal(signal.SIGCONT)
    time.sleep(4)
    late = [words for words in home.lines("start", parent=owner.pid) if float(words[6]) > woken + 0.3]
    world.check(not late, f"{what}: the old owner starts nothing when it wakes up ({len(late)} starts)", home)
    end = "still runs" if owner.is_alive else f"ended with {owner.process.returncode}"
    world.say(f"      {what}: the old owner {end}")
    owner.kill()
    finish(world, home, standby, what)
    return taken
