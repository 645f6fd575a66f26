"""Starting, observing and ending processes.

Only processes that were started here are ever signalled, by their number: those of `Started`, and scripts whose working
folder lies within a home of ours. Whatever happens, `end_all` leaves none of them.
"""

import contextlib
import os
import pathlib
import signal
import subprocess
import threading
import time

_started = []
_lock = threading.Lock()


class Started:
    """A process of ours; what it says goes into a file."""

    def __init__(self, words, environment, log, **options):
        self.log = pathlib.Path(log)
        self.began = time.time()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                words, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options)
        self.pid = self.process.pid
        with _lock:
            _started.append(self)

    @property
    def is_alive(self):
        return self.process.poll() is None

    def said(self):
        return self.log.read_text(errors="replace")

    def signal(self, number):
        if self.is_alive:
            self.process.send_signal(number)

    def kill(self):
        """Kills it with SIGKILL; returns when, or `None` where it had ended before."""
        was_alive, moment = self.is_alive, time.time()
        self.signal(signal.SIGKILL)
        self.process.wait()
        self.forget()
        return moment if was_alive and self.process.returncode == -signal.SIGKILL else None

    def stop(self, seconds=30):
        """Asks it to end; returns how long that took. It is killed where it does not (`Home.stop` tells the judge too)."""
        began = time.monotonic()
        self.signal(signal.SIGTERM)
        if self.wait(seconds) is None:
            self.kill()
        return time.monotonic() - began

    def wait(self, seconds):
        """Its exit code, or `None` where it still lives."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
            self.forget()
        return self.process.returncode

    def forget(self):
        with _lock, contextlib.suppress(ValueError):
            _started.remove(self)

    def memory(self):
        """The most memory that it ever had, in MiB."""
        with contextlib.suppress(OSError):
            for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) / 1024
        return None


def end_all():
    with _lock:
        left = list(_started)
    for started in left:
        with contextlib.suppress(OSError):
            started.signal(signal.SIGCONT)
            started.kill()


def inside(folder):
    """Numbers of the processes whose working folder lies within `folder`."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and os.readlink(entry / "cwd").startswith(f"{folder}/"):
                found.append(int(entry.name))
    return found


def end_inside(folder):
    for pid in inside(folder):
        kill(pid)


def kill(pid, number=signal.SIGKILL):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def is_alive(pid):
    """Whether the process is there and more than a name (a zombie is not)."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def wait_for(condition, seconds, pause=0.02):
    """Looks until the condition holds; says whether it did in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(pause)
    return bool(condition())
