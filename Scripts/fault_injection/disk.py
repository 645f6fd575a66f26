"""A disk that is full, and writes that fail.

Holds when the scheduler says so loudly, starts nothing that it cannot record, goes on by itself when there is room
again, and every moment has its row then: nothing is lost. The full disk is a small tmpfs; where none can be mounted, a
file as a loop device; where neither can be had, a limit on the size of files stands in, and the test says so.
"""

import contextlib
import pathlib
import resource
import shutil
import subprocess
import time

from fault_injection.world import wait_for

SIZE = 8 << 20
# With these a moment has no reason to be skipped, however long it had to wait.
MAKE_UP = ("--missed", "all", "--missed-cap", "100", "--missed-window", "unlimited", "--overlap", "allow")
# None of these words is in the path of a home.
LOUD = (" is full", "cannot be written", "cannot be used")


@contextlib.contextmanager
def small_disk(folder, size=SIZE):
    """Mounts a small file system at `folder`; yields what it is, or `None` where nothing could be mounted."""
    loop = pathlib.Path(f"{folder}.image")
    kind = None
    if mounted("-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", folder):
        kind = "a tmpfs"
    else:
        with loop.open("wb") as image:
            image.truncate(size * 2)
        made = subprocess.run(["mkfs.ext4", "-q", "-m", "0", loop], capture_output=True).returncode == 0
        kind = "a loop device" if made and mounted("-o", "loop", loop, folder) else None
    try:
        yield kind
    finally:
        if kind:
            for _ in range(20):
                if subprocess.run(["umount", folder], capture_output=True).returncode == 0:
                    break
                time.sleep(0.2)
        loop.unlink(missing_ok=True)


def mounted(*words):
    try:
        return subprocess.run(["mount", *map(str, words)], capture_output=True).returncode == 0
    except OSError:
        return False


def full_disk(world):
    with world.home("full") as home, small_disk(home.home) as kind:
        if kind is None:
            return world.unsupported("full disk", "neither a tmpfs nor a loop device can be mounted here")
        (home.home / "scripts").mkdir(mode=0o700, exist_ok=True)
        home.script_job("short", "short", seconds=0.1, policies=world.policies(*MAKE_UP))
        home.job("every 1 second remind me to blink", *world.policies(*MAKE_UP))
        try:
            with_full_disk(world, home, f"full disk ({kind})")
        finally:
            if home.failed:
                shutil.copytree(home.home, home.folder / "kept", ignore=shutil.ignore_patterns("filler", "run"))


def with_full_disk(world, home, what):
    scheduler = home.start()
    world.check(home.wait_for_start(10), f"{what}: it starts", home)
    time.sleep(1)
    fill(home.home / "filler")
    filled = time.time()
    said = wait_for(lambda: any(word in scheduler.said() for word in LOUD), 30)
    world.check(said, f"{what}: the scheduler says so: {telling(scheduler)}", home)
    time.sleep(3)
    quiet = time.time()
    time.sleep(5)
    world.check(scheduler.is_alive, f"{what}: the scheduler lives on", home)
    started = len(home.starts_since(quiet))
    world.check(started <= 1, f"{what}: it starts nothing that it cannot record ({started} starts in 5 s)", home)
    asked = home.rota("in 1 hour remind me to breathe")
    world.check(asked.returncode == 1 and any(word in asked.stdout + asked.stderr for word in LOUD),
                f"{what}: a request says so too (exit {asked.returncode}): {sentence(asked)}", home)  # fmt: skip
    shown = home.rota("list my jobs")
    world.check(shown.returncode == 0, f"{what}: jobs can be read (exit {shown.returncode}): {sentence(shown)}", home)
    resumes(world, home, scheduler, what, filled)


def telling(scheduler):
    lines = [line for line in scheduler.said().splitlines() if any(word in line for word in LOUD)]
    return lines[0][:200] if lines else "silent"


def sentence(result):
    return (result.stderr or result.stdout).strip().splitlines()[-1][:160] if result.stderr or result.stdout else ""


def resumes(world, home, scheduler, what, filled):
    (home.home / "filler").unlink()
    freed = time.time()
    world.check(home.wait_for_start(70, freed), f"{what}: it goes on by itself when there is room", home)
    world.say(f"      {what}: full for {freed - filled:.0f} s, first start after {time.time() - freed:.1f} s of room")
    time.sleep(3)
    until = time.time() - 1
    home.stop(scheduler)
    made_up(world, home, what, until)


def made_up(world, home, what, until):
    """Each moment has its run; where the jobs can be told to make up everything, none is skipped."""
    found = world.judged(home, what, "--until", until, "--tail", 8)
    if world.has_policies:
        lacking = found.get("skipped", 0) + found.get("failed", 0)
        world.check(lacking == 0, f"{what}: everything is made up ({lacking} skipped or failed)", home)


def fill(path):
    """Writes until there is no room for a single byte."""
    size = 1 << 20
    with path.open("ab", buffering=0) as file:
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2


def failing_writes(world):
    """The size of files is limited while the scheduler runs: each write beyond it fails, as on a broken disk."""
    with world.home("writes") as home:
        home.script_job("short", "short", seconds=0.1, policies=world.policies(*MAKE_UP))
        # Python ignores SIGXFSZ, and so does a child to which the signals are passed on as they are.
        scheduler = home.start(options={"restore_signals": False})
        world.check(home.wait_for_start(10), "failing writes: it starts", home)
        resource.prlimit(scheduler.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        said = wait_for(lambda: len(scheduler.said().splitlines()) > 3 and "cannot" in scheduler.said(), 15)
        world.check(said, f"failing writes: the scheduler says so: {telling(scheduler)}", home)
        time.sleep(5)
        resource.prlimit(scheduler.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        world.check(home.wait_for_start(70, time.time()), "failing writes: it goes on by itself", home)
        time.sleep(3)
        until = time.time() - 1
        home.stop(scheduler)
        made_up(world, home, "failing writes", until)
