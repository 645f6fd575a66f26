"""What was checked, and what came of it."""

import contextlib
import time
import traceback


class Failure(Exception):
    """Something else came than was expected."""


def expect(what, value, wanted):
    if value != wanted:
        raise Failure(f"{what}: {value!r} instead of {wanted!r}")


@contextlib.contextmanager
def raises(*kinds):
    """The block must raise one of these, exactly; the error itself is in the list that comes back."""
    caught = []
    try:
        yield caught
    except kinds as error:
        if type(error) not in kinds:
            raise Failure(f"{type(error).__name__} instead of {names(kinds)}: {error}") from error
        caught.append(error)
    else:
        raise Failure(f"nothing was raised; {names(kinds)} was expected")


def names(kinds):
    return " or ".join(kind.__name__ for kind in kinds)


class Report:
    def __init__(self, name="check-providers"):
        self.name = name
        self.passed = 0
        self.failed = []
        self.left_out = []

    def run(self, part, checks):
        """Runs each of the (name, function) pairs and prints a line for it."""
        for name, check in checks:
            start = time.monotonic()
            try:
                check()
            except Exception as error:  # Whatever a client raises is the answer to the question.
                self.failed.append(f"{part}: {name}")
                print(f"FAILED  {part}: {name}: {type(error).__name__}: {error}", flush=True)
                if not isinstance(error, Failure):
                    traceback.print_exc()
            else:
                self.passed += 1
                print(f"ok      {part}: {name} ({time.monotonic() - start:.2f} s)", flush=True)

    def add(self, part, counts, code):
        """What another process found, whose last line was `PASSED FAILED`."""
        words = counts.split()
        if code != 0 or len(words) != 2:
            self.failed.append(f"{part}: the checks ended with exit code {code}")
            return
        self.passed += int(words[0])
        if int(words[1]):
            self.failed.append(f"{part}: {words[1]} of the checks above")

    def leave_out(self, part, reason):
        self.left_out.append(f"{part}: {reason}")
        print(f"LEFT OUT {part}: {reason}", flush=True)

    def finish(self):
        """The exit code: 0 when all that could be checked passed, and that was something."""
        print(f"{self.name}: {self.passed} passed, {len(self.failed)} failed, {len(self.left_out)} left out")
        for line in self.left_out:
            print(f"  left out: {line}")
        for line in self.failed:
            print(f"  failed: {line}")
        return 0 if self.passed and not self.failed else 1
