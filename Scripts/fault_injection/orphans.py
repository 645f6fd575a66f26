"""Scripts that die, and scripts that outlive their scheduler.

A script that is killed is a failed run, and the next one comes. A scheduler that dies leaves its script behind: whatever
became of that (a child, a session of its own, a grandchild), it is gone before the next attempt begins: no twin.
"""

import os
import signal
import time

from fault_injection import processes
from fault_injection.world import wait_for

LASTING = ["steady", "child", "setsid", "double-fork", "daemon"]


def killed_scripts(world):
    targets = ("script", "child", "group")
    world.in_parallel(lambda index: killed_script(world, targets[index]), len(targets))


def killed_script(world, target):
    """kill -9 of the shell, of its child, or of all of them."""
    choices = world.random("script", target)
    with world.home(f"killed-{target}") as home:
        home.script_job("work", "child", "every 2 seconds", 1.2, world.policies("--pause-after", "0"))
        scheduler, killed = home.start(), []
        for _ in range(world.amount(8, 1)):
            began = time.time()
            if not home.wait_for_start(10, began):
                break
            words = home.starts_since(began)[-1]
            time.sleep(choices.uniform(0.1, 0.9))
            killed.append(int(words[1]))
            kill_target(int(words[4]), target)
            wait_for(lambda: state(home, killed[-1]) not in ("running", None), 8, 0.1)
        states = [state(home, run) for run in killed]
        expected = "succeeded" if target == "child" else "failed"
        what = f"{target} killed {len(killed)} times: {sorted(set(map(str, states)))}"
        world.check(killed and set(states) == {expected}, what, home)
        world.check(home.wait_for_start(10, time.time()), f"{target} killed: the next run comes", home)
        home.stop(scheduler)
        gone = wait_for(lambda: not processes.inside(home.folder), 3)
        world.check(gone, f"{target} killed: nothing of it is left", home)
        if target != "child":
            world.judged(home, f"{target} killed")


def kill_target(shell, target):
    """The shell leads the group; what works is its child."""
    if target == "group":
        try:
            os.killpg(shell, signal.SIGKILL)
        except ProcessLookupError:
            pass
        return
    with open(f"/proc/{shell}/task/{shell}/children") as children:
        child = (children.read().split() or [None])[0]
    processes.kill(int(child) if target == "child" and child else shell)


def state(home, run):
    return next((row["state"] for row in home.runs() if row["id"] == run), None)


def outliving_scripts(world):
    tries = [(kind, number) for number in range(world.amount(4, 1)) for kind in LASTING]
    world.in_parallel(lambda index: outliving(world, *tries[index]), len(tries), world.amount(4, 5))


def outliving(world, kind, number):
    choices = world.random("orphan", kind, number)
    what = f"{kind} outlives its scheduler ({number + 1})"
    with world.home(f"orphan-{kind}") as home:
        home.script_job("work", kind, "in 2 seconds", 3.0)
        first = home.start()
        world.check(home.wait_for_start(10), f"{what}: it started", home)
        time.sleep(choices.uniform(0.3, 2))
        first.kill()
        time.sleep(choices.choice([0, 0, 0.5]))
        second = home.start()
        done = wait_for(lambda: [run["state"] for run in home.runs()] == ["succeeded"], 20, 0.1)
        world.check(done, f"{what}: it is done after the restart", home)
        time.sleep(0.5)
        home.stop(second)
        attempts = sorted({int(words[3]) for words in home.lines("start")})
        world.check(attempts == [1, 2], f"{what}: its second start is counted ({attempts})", home)
        world.check(not processes.inside(home.folder), f"{what}: no process of it is left", home)
        world.judged(home, what, "--settled")


def at_most_once(world):
    if not world.has_policies:
        return world.unsupported("at most once (jobs edit --guarantee)")
    with world.home("at-most-once") as home:
        home.script_job("work", "steady", "in 2 seconds", 2.0, ("--guarantee", "at-most-once"))
        first = home.start()
        home.wait_for_start(10)
        time.sleep(0.5)
        first.kill()
        second = home.start()
        failed = wait_for(lambda: [run["state"] for run in home.runs()] == ["failed"], 15, 0.1)
        home.stop(second)
        world.check(failed, "at most once: a run whose scheduler died is reported as failed", home)
        world.judged(home, "at most once", "--settled")
