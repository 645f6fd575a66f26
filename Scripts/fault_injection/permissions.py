"""Stores and folders that may not be written to, as another user than root (whom nothing would be forbidden).

Holds when each command says in one sentence what is wrong and with which file, with exit code 1, and nothing changes.
"""

import hashlib
import os
import shutil
import stat
import time

NOBODY = 65534
BAD = ("Fatal", "fatalError", "Stack dump", "NSCocoa", "SQLITE_", "Error Domain", "errno")


def read_only(world):
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return world.unsupported("read-only stores", "setpriv is missing, and nothing is read-only for root")
    user = NOBODY if os.geteuid() == 0 else None
    for what, mode in [("store", stat.S_IRUSR), ("folder", stat.S_IRUSR | stat.S_IXUSR), ("closed store", 0)]:
        with world.home("read-only", user=user) as home:
            home.hand_over() if user else None
            home.script_job("short", "instant")
            home.job("every 1 second remind me to blink")
            refused(world, home, what, mode)


def refused(world, home, what, mode):
    path = home.home if what == "folder" else home.store
    usual = stat.S_IMODE(path.stat().st_mode)
    path.chmod(mode)
    before = digest(home)
    try:
        for words in (["start"], ["process"], ["in 1 hour remind me to walk"], ["jobs", "run", "Blink"]):
            result = home.rota(*words, seconds=30)
            said = (result.stdout + result.stderr).strip()
            clear = said and not any(word in said for word in BAD) and str(home.home) in said
            world.check(result.returncode == 1 and clear,
                        f"read-only {what}: rota {words[0]} (exit {result.returncode}): {said[:160]}", home)  # fmt: skip
        result = home.rota("list my jobs")
        said = (result.stdout + result.stderr).strip().replace("\n", " / ")
        readable = result.returncode == 0 and "Blink" in said
        refusal = result.returncode == 1 and not any(word in said for word in BAD)
        world.check(readable or refusal, f"read-only {what}: list (exit {result.returncode}): {said[:160]}", home)
        world.check(digest(home) == before, f"read-only {what}: nothing changed", home)
    finally:
        path.chmod(usual)
    again = home.start()
    world.check(home.wait_for_start(10, again.began), f"read-only {what}: writable again, it runs", home)
    time.sleep(1)
    home.stop(again)
    world.judged(home, f"read-only {what}")


def digest(home):
    return hashlib.sha256(home.store.read_bytes()).hexdigest()


def became_read_only(world):
    """The folder becomes read-only under a scheduler that runs."""
    user = NOBODY if os.geteuid() == 0 else None
    if user and not shutil.which("setpriv"):
        return world.unsupported("a folder that becomes read-only", "setpriv is missing")
    with world.home("read-only-later", user=user) as home:
        home.hand_over() if user else None
        home.script_job("short", "instant")
        scheduler = home.start()
        world.check(home.wait_for_start(10), "read-only later: it starts", home)
        home.home.chmod(0o500)
        home.store.chmod(0o400)
        time.sleep(4)
        alive = scheduler.is_alive
        home.home.chmod(0o700)
        home.store.chmod(0o600)
        world.check(alive, "read-only later: the scheduler lives on", home)
        world.check(home.wait_for_start(70, time.time()), "read-only later: it runs when it may write", home)
        time.sleep(1)
        home.stop(scheduler)
        world.judged(home, "read-only later")
