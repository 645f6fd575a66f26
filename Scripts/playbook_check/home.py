"""A person's machine in a temporary folder, with the program at work in it."""

import json
import os
import pathlib
import pty
import subprocess
import tempfile
import time

from provider_check.report import Failure

LIMIT = 30


class Home:
    def __init__(self, program, site):
        self.program, self.site = program, site
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="rota-playbooks-"))
        self.scheduler = None
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "ROTA_HOME": str(self.folder / "rota"), "TZ": "UTC",
            "GIT_CONFIG_GLOBAL": "/dev/null",
        }
        (self.folder / "rota" / "scripts").mkdir(parents=True)
        (self.folder / "rota").chmod(0o700)
        gateways = "".join(
            f"  {name}: {{type: file, path: {self.folder}/{name}.log}}\n" for name in ("email", "telegram", "slack"))
        (self.folder / "rota" / "config.yaml").write_text(
            f"timezone: Europe/Berlin\nhttp.grants: {site.address}\ngateways:\n{gateways}")

    def script(self, name, text):
        file = self.folder / "rota" / "scripts" / name
        file.write_text(text)
        file.chmod(0o755)

    def rota(self, *words, wanted=(0,)):
        done = subprocess.run(
            [self.program, *words], env=self.environment, cwd=self.folder, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=LIMIT)
        if done.returncode not in wanted:
            raise Failure(f"rota {' '.join(words)} exited with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def release(self, number):
        """A yes is only taken at a terminal."""
        parent, child = pty.openpty()
        done = subprocess.run(
            [self.program, "approve", str(number)], env=self.environment, cwd=self.folder, stdin=child, stdout=child,
            stderr=child, timeout=LIMIT)
        os.close(child)
        said = os.read(parent, 65536).decode(errors="replace")
        os.close(parent)
        if done.returncode != 0:
            raise Failure(f"rota approve {number} exited with {done.returncode}: {said}")

    def add(self, file):
        """The playbook of a file, with the example hosts replaced by this machine, released."""
        text = file.read_text()
        for host in ("rival.example.test", "shop.example.test"):
            text = text.replace(f"https://{host}/", f"http://{self.site.address}/{host.split('.')[0]}/")
        copy = self.folder / file.name
        copy.write_text(text)
        self.rota("playbooks", "add", str(copy), wanted=(0, 4))
        for line in self.rota("approvals", "--json").splitlines():
            self.release(json.loads(line)["id"])

    # The scheduler

    def start(self, crash=None):
        environment = dict(self.environment, **({"ROTA_CRASH_AT": crash} if crash else {}))
        log = (self.folder / "start.log").open("a")
        self.scheduler = subprocess.Popen(
            [self.program, "start"], env=environment, cwd=self.folder, stdout=log, stderr=log,
            stdin=subprocess.DEVNULL)

    def died(self):
        return self.scheduler is not None and self.scheduler.poll() is not None

    def stop(self):
        if self.scheduler and self.scheduler.poll() is None:
            self.scheduler.terminate()
            self.scheduler.wait(LIMIT)
        self.scheduler = None

    # What came of it

    def runs(self):
        return [json.loads(line) for line in self.rota("runs", "--json", "--steps").splitlines() if line]

    def ended(self, count):
        """The latest run, as soon as so many have ended; the scheduler may be dead meanwhile."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            runs = self.runs()
            over = [run for run in runs if run["state"] in ("succeeded", "failed", "cancelled")]
            if len(over) >= count:
                return max(over, key=lambda run: run["id"])
            time.sleep(0.05)
        raise Failure(f"no run ended: {runs}")

    def told(self, gateway):
        """What left by a gateway, once the outbox is empty."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end and '"queued"' in self.rota("deliveries", "--json"):
            time.sleep(0.05)
        file = self.folder / f"{gateway}.log"
        return file.read_text() if file.exists() else ""
