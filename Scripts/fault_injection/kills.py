"""kill -9 of the scheduler: at random moments, and at each boundary between two commits.

Holds when each due moment has one row, no attempt starts twice, what was finished stays so, every life that lasts long
enough starts something, and it does so within a second.
"""

import signal
import time

BOUNDARIES = [
    "before-claim", "after-claim", "before-spawn", "after-spawn", "before-exit", "after-exit", "before-finish",
    "after-finish",
]  # fmt: skip
LOOK_EACH = 40
START_LIMIT = 1.0
LONG_LIFE = 2.0


def add_jobs(world, home, choices):
    """Some jobs each second, so that there is always something to be killed in; their moments are spread."""
    every = world.policies("--missed", "all", "--missed-window", "unlimited", "--pause-after", "0")
    home.script_job("instant", "instant", policies=every)
    home.script_job("short", "short", seconds=0.15, policies=every)
    home.script_job("usual", "short", seconds=0.05, policies=world.policies("--pause-after", "0"))
    home.script_job("longer", "steady", "every 2 seconds", 0.6, policies=world.policies("--overlap", "queue-one"))
    home.script_job("once", "short", "every 2 seconds", 0.1, policies=world.policies(
        "--guarantee", "at-most-once", "--pause-after", "0"))
    home.job("every 1 second remind me to blink", *every)
    time.sleep(choices.random() / 4)
    home.job("every 2 seconds remind me to breathe", *world.policies("--missed", "skip"))


def random_kills(world):
    kills, homes = world.options.kills, world.options.jobs_in_parallel
    shares = [kills // homes + (number < kills % homes) for number in range(homes)]
    lags = world.in_parallel(lambda number: random_home(world, number, shares[number]), homes)
    started = [lag for home in lags for lag in home if lag is not None]
    world.check(sum(map(len, lags)) >= kills, f"random: {sum(map(len, lags))} kills in {homes} homes")
    world.figures("random: from a restart to its first start", started, START_LIMIT, share=0.99)


def random_home(world, number, kills):
    choices, lags = world.random("random", number), []
    with world.home(f"random-{number}") as home:
        add_jobs(world, home, choices)
        while len(lags) < kills:
            life = one_life(home, choices)
            if life:
                lags.append(life[0])
            if len(lags) % LOOK_EACH == LOOK_EACH - 1:
                world.judged(home, f"random, home {number}, {len(lags)} kills", look=True)
        settle(world, home, f"random, home {number}")
    return lags


def one_life(home, choices):
    """Starts a scheduler and kills it; returns (seconds to its first start or None,), or None where it had ended."""
    is_cycle, pause = choices.random() < 0.1, choices.random()
    life = choices.uniform(0.02, 0.5) if is_cycle else choices.uniform(0.05, 1.5)
    later = choices.uniform(0, 2.5) if pause < 0.05 else 0
    started = home.start(command="process" if is_cycle else "start")
    started.wait(life)
    moment = started.kill()
    lag = first_start(home, started)
    time.sleep(later)
    return None if moment is None else (None if is_cycle else lag,)


def first_start(home, started):
    moments = [float(words[6]) for words in home.lines("start", parent=started.pid) if float(words[6]) >= started.began]
    return min(moments) - started.began if moments else None


def settle(world, home, what):
    """A last life without a fault: everything that was interrupted comes to an end."""
    started = home.start()
    world.check(home.wait_for_start(LONG_LIFE + 3, started.began), f"{what}: the last life starts something", home)
    time.sleep(world.amount(4, 2.5))
    until = time.time() - 1
    home.stop(started)
    found = world.judged(home, f"{what}, at the end", "--until", until, "--tail", 8, look=True)
    world.check("is locked" not in home.said(), f"{what}: nobody was told of a lock", home)
    return found


def boundary_kills(world):
    if not world.has_crash_points:
        return world.unsupported("boundaries (ROTA_CRASH_AT)")
    results = world.in_parallel(lambda number: boundary_home(world, BOUNDARIES[number]), len(BOUNDARIES))
    world.figures("boundaries: from a restart to its first start", [lag for lags in results for lag in lags],
                  START_LIMIT, share=0.99)  # fmt: skip


def boundary_home(world, boundary):
    choices, lags, kills = world.random("boundary", boundary), [], 0
    with world.home(boundary) as home:
        add_jobs(world, home, choices)
        for _ in range(world.options.per_boundary):
            started = home.start(crash=f"{boundary}:{choices.randint(1, 8)}")
            code = started.wait(20)
            if code is None:
                world.check(False, f"{boundary}: it was not passed within 20 s", home)
                started.kill()
                break
            kills += code == -signal.SIGKILL
            lag = first_start(home, started)
            lags += [lag] if lag is not None else []
        world.check(kills >= world.options.per_boundary, f"{boundary}: {kills} kills", home)
        settle(world, home, boundary)
    return lags
