"""What all faults share: the choices that a seed makes, the checks, the figures, and what this build can do.

A check prints one line. Whatever a build lacks is named once in each fault that needs it, and is no failure.
"""

import concurrent.futures
import contextlib
import functools
import random
import re
import statistics
import threading
import time

from fault_injection import processes
from fault_injection.home import Home


class World:
    def __init__(self, rota, options):
        self.rota, self.options, self.seed = rota, options, options.seed
        self.failures, self.missing = [], []
        self._lock = threading.Lock()

    def random(self, *names):
        """The same choices for the same seed and names, whatever else runs."""
        return random.Random("/".join(map(str, (self.seed, *names))))

    def amount(self, full, short):
        return short if self.options.short else full

    # MARK: Telling

    def say(self, text):
        with self._lock:
            print(text, flush=True)

    def check(self, holds, what, home=None):
        self.say(("ok    " if holds else "FAIL  ") + what)
        if not holds:
            self.failures.append(what)
            if home:
                home.failed = True
        return holds

    def unsupported(self, what, reason="not supported by this build"):
        self.missing.append(what)
        self.say(f"skip  {what}: {reason}")

    def judged(self, home, what, *words, look=False):
        """Lets the judge look, and prints what it counted."""
        found = home.judge(*words, look=look)
        counted = ", ".join(
            f"{found[name]} {name}" for name in ("moments", "starts", "skipped", "failed", "late", "lost", "double")
            if name in found)
        held = self.check(found["violations"] == 0, f"{what}: {counted}", home)
        if not held:
            for kind, text, _ in found["found"][:5]:
                self.say(f"      {kind}: {text}")
        return found

    def figures(self, what, seconds, limit=None, share=1.0):
        """Prints percentiles; where there is a limit, this share of the values has to keep it."""
        if not seconds:
            return self.check(limit is None, f"{what}: nothing was measured")
        ordered = sorted(seconds)
        text = ", ".join(f"{name} {percentile(ordered, part):.3f} s" for name, part in
                         (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1)))  # fmt: skip
        if limit is None:
            return self.say(f"      {what}: {text} ({len(ordered)} values)")
        worst = percentile(ordered, share)
        return self.check(worst <= limit, f"{what}, at most {limit:g} s: {text} ({len(ordered)} values)")

    # MARK: Homes

    @contextlib.contextmanager
    def home(self, name, **options):
        home = Home(self.rota, name, **options)
        try:
            yield home
        except BaseException:
            home.failed = True
            raise
        finally:
            home.remove()

    def in_parallel(self, work, count, at_once=None):
        """`work(0)` to `work(count - 1)`, several at once; the first error is raised when all have ended."""
        with concurrent.futures.ThreadPoolExecutor(at_once or self.options.jobs_in_parallel) as pool:
            return [future.result() for future in [pool.submit(work, number) for number in range(count)]]

    # MARK: What this build can do

    def can(self, words, flag):
        with self.home("help") as home:
            return flag in home.rota(*words, "--help").stdout

    @functools.cached_property
    def has_standby(self):
        return self.can(["start"], "--standby")

    @functools.cached_property
    def has_policies(self):
        return self.can(["jobs", "edit"], "--missed")

    @functools.cached_property
    def has_crash_points(self):
        with self.home("crash-points") as home:
            home.job("every 1 second remind me to blink")
            started = home.start("--for", "4s", crash="before-claim:1")
            return started.wait(8) == -9

    @functools.cached_property
    def has_clock_file(self):
        with self.home("clock-file") as home:
            home.job("every day at 9 remind me to blink")
            home.set_clock(400 * 86_400)
            now = home.ask("schedule", "next", "0 9 * * *")
            return str(time.gmtime().tm_year + 1) in re.findall(r"\b(20\d\d)\b", now)

    def policies(self, *flags):
        return flags if self.has_policies else ()


def percentile(ordered, part):
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def median(values):
    return statistics.median(values) if values else 0.0


wait_for = processes.wait_for
