"""A fresh home with a store, jobs that write a ledger, and the schedulers that were started on it.

Ledger, clock and logs lie beside the home (`folder` holds all of it), so that a full disk or a folder that nobody may
write to strikes the program and not the observer. A home is removed at the end, unless a check failed in it.
"""

import json
import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from fault_injection import processes, scripts

JUDGE = pathlib.Path(__file__).resolve().parent.parent / "judge"
NEEDS_APPROVAL = 4


class Home:
    def __init__(self, rota, name, user=None):
        self.rota_path, self.name, self.user = rota, name, user
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"rota-faults-{name}-"))
        self.home = self.folder / "home"
        self.ledger, self.clock, self.look = (self.folder / part for part in ("ledger", "clock", "look"))
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("ROTA_")}
        self.environment.update(ROTA_HOME=str(self.home), TZ="UTC", ROTA_CLOCK_OFFSET_FILE=str(self.clock))
        self.outputs, self.failed, self.logs = [], False, 0
        self._lock = threading.Lock()
        self.home.mkdir(mode=0o700)
        (self.home / "scripts").mkdir(mode=0o700)
        self.ledger.touch()

    # MARK: Commands

    def command(self, *words):
        before = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"] if self.user else []
        return [*before, str(self.rota_path), *words]

    def rota(self, *words, seconds=60):
        """One command to its end; what it said is kept, to be searched for what nobody should see."""
        result = subprocess.run(
            self.command(*words), env=self.environment, capture_output=True, text=True, errors="replace",
            stdin=subprocess.DEVNULL, timeout=seconds)
        self.outputs.append((words, result.returncode, result.stdout + result.stderr))
        return result

    def ask(self, *words, allowed=(0,)):
        result = self.rota(*words)
        if result.returncode not in allowed:
            raise RuntimeError(f"rota {' '.join(words)}: exit {result.returncode}: {result.stdout}{result.stderr}")
        return result.stdout

    def approve(self, number):
        """Approvals are given at a terminal only: this is one."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            self.command("approve", str(number)), env=self.environment, stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True)
        os.close(theirs)
        said = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:
                break
            if not part:
                break
            said += part
        os.close(ours)
        if process.wait(60):
            raise RuntimeError(f"rota approve {number}: {said.decode(errors='replace')}")

    # MARK: Jobs

    def script(self, name, kind, seconds=1.0):
        path = self.home / "scripts" / f"{name}.sh"
        path.write_text(scripts.text(kind, self.ledger, self.clock, seconds))
        path.chmod(0o700)
        if self.user:
            self.hand_over()

    def job(self, sentence, *policies):
        """Adds a job and releases it. `policies` are flags of `jobs edit`, where this build has them."""
        said = self.ask(sentence, allowed=(0, NEEDS_APPROVAL))
        for number in re.findall(r"rota approve (\d+)", said):
            self.approve(int(number))
        name = said.split(":", 1)[0].strip()
        if policies:
            self.change(name, *policies)
        return name

    def change(self, name, *policies):
        """What a job does already is no failure."""
        result = self.rota("jobs", "edit", name, *policies)
        said = result.stdout + result.stderr
        if result.returncode and "behaves that way already" not in said:
            raise RuntimeError(f"rota jobs edit {name} {' '.join(policies)}: exit {result.returncode}: {said}")

    def script_job(self, name, kind, when="every 1 second", seconds=1.0, policies=()):
        self.script(name, kind, seconds)
        return self.job(f"{when} run scripts/{name}.sh", *policies)

    # MARK: Schedulers

    def start(self, *words, command="start", crash=None, options=None, **variables):
        environment = {**self.environment, **variables, **({"ROTA_CRASH_AT": crash} if crash else {})}
        with self._lock:
            self.logs += 1
            log = self.folder / f"log-{self.logs}"
        return processes.Started(self.command(command, *words), environment, log, **(options or {}))

    def stop(self, started, seconds=30):
        """Asks a scheduler to end; tells the judge so, and that it ended well; returns how long it took."""
        self.tell(f"stop {time.time():.6f} {started.pid}")
        taken = started.stop(seconds)
        if started.process.returncode == 0:
            self.tell(f"stopped {time.time():.6f} {started.pid}")
        return taken

    def tell(self, line):
        with self.ledger.open("a") as ledger:
            ledger.write(line + "\n")

    def said(self):
        """Everything that any process said."""
        logs = [path.read_text(errors="replace") for path in self.folder.glob("log-*")]
        return "\n".join(logs + [output for _, _, output in self.outputs])

    # MARK: Observing

    @property
    def store(self):
        return self.home / "rota.db"

    def runs(self, limit=1000):
        return [json.loads(line) for line in self.ask("runs", "--json", "--limit", str(limit)).splitlines()]

    def lines(self, kind=None, parent=None):
        """Words of the ledger's lines: kind, run, due, attempt, pid, parent, real time, offset, script."""
        found = [words for words in map(str.split, self.ledger.read_text().splitlines()) if len(words) == 9]
        return [words for words in found if kind in (None, words[0]) and parent in (None, int(words[5]))]

    def starts_since(self, moment):
        return [words for words in self.lines("start") if float(words[6]) >= moment]

    def wait_for_start(self, seconds, since=0.0):
        return processes.wait_for(lambda: bool(self.starts_since(since)), seconds)

    def set_clock(self, offset):
        """Moves the program's clock; the ledger says so, for the judge."""
        temporary = self.folder / "clock.new"
        temporary.write_text(f"{offset}\n")
        temporary.chmod(0o644)
        temporary.rename(self.clock)
        self.tell(f"clock {time.time():.6f} {offset}")

    def judge(self, *words, look=False):
        """What the judge found, as its figures; with `look` also against the last look."""
        looks = ["--previous", str(self.look), "--save", str(self.look)] if look else []
        command = [sys.executable, str(JUDGE), str(self.store), str(self.ledger), "--json", *looks, *map(str, words)]
        result = subprocess.run(command, capture_output=True, text=True)
        if not result.stdout:
            return {"violations": 1, "found": [["unreadable", result.stderr[-500:], 1]]}
        return json.loads(result.stdout)

    def hand_over(self):
        for path in [self.folder, *self.folder.rglob("*")]:
            os.chown(path, self.user, self.user)

    def remove(self):
        processes.end_inside(self.folder)
        if self.failed:
            print(f"      kept: {self.folder}", flush=True)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
