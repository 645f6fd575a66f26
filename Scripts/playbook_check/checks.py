"""The playbooks one by one, then the price watch with the program killed between its steps."""

import subprocess

from provider_check.report import Failure, expect

from playbook_check.home import Home
from playbook_check.site import Site

BOUNDARIES = ("before-claim", "after-claim", "before-spawn", "before-exit", "after-exit", "before-finish", "after-finish")
STEPS = 3


class Check:
    def __init__(self, program, files):
        self.program, self.files = program, files

    def home(self, name):
        home = Home(self.program, Site())
        home.script("clean-tmp.sh", "#!/bin/sh\necho \"$2: 12 files\"\n")
        home.add(self.files / f"{name}.yaml")
        return home

    def run(self, home, name, count=1):
        home.rota("playbooks", "run", name)
        return home.ended(count)

    def prices(self):
        home = self.home("competitor-prices")
        home.start()
        try:
            says = []
            # Above; 15 % lower and still above; ours rises; nothing changes; exactly 10 %.
            for count, (theirs, ours) in enumerate(
                [("120.00", "100.00"), ("102.00", "100.00"), ("102.00", "120.00"), ("102.00", "120.00"),
                 ("108.00", "120.00")], 1):
                home.site.price("/rival/kettle", theirs)
                home.site.price("/shop/kettle", ours)
                expect("state", self.run(home, "competitor-prices", count)["state"], "succeeded")
                says.append(home.told("email").count("Theirs is at"))
            expect("mails after each run", says, [0, 0, 1, 1, 1])
        finally:
            home.stop()

    def endpoint(self):
        home = self.home("endpoint-watch")
        home.start()
        try:
            says = []
            for count, status in enumerate([200, 503, 503, 200], 1):
                home.site.pages["/shop/health"] = (status, "fine")
                self.run(home, "shop is up", count)
                says.append(home.told("telegram").count("\n"))
            expect("messages after each look", says, [0, 1, 1, 2])
        finally:
            home.stop()

    def inventory(self):
        home = self.home("low-inventory")
        home.start()
        try:
            home.rota("emit", "inventory.low_stock", "--data", '{"sku": "B2", "stock": 2}')
            home.rota("emit", "inventory.low_stock", "--data", '{"sku": "C3", "stock": 40}')
            expect("state", home.ended(1)["state"], "succeeded")
            for gateway in ("slack", "telegram"):
                expect(gateway, home.told(gateway).count("B2 is almost gone: 2 left."), 1)
            expect("runs", len(home.runs()), 1)
        finally:
            home.stop()

    def cleaning(self):
        home = self.home("clean-temp-files")
        home.start()
        try:
            run = self.run(home, "clean temporary files")
            expect("state", run["state"], "succeeded")
            expect("steps", [step["state"] for step in run["steps"]], ["succeeded", "succeeded", "succeeded"])
        finally:
            home.stop()

    def report(self):
        home = self.home("weekly-report")
        home.start()
        try:
            self.run(home, "weekly report")
            # The first report knows of no run but itself.
            self.run(home, "weekly report", 2)
            expect("table", home.told("email").count("| 0 | Weekly report |") >= 1, True)
        finally:
            home.stop()

    def stand_up(self):
        home = Home(self.program, Site())
        repository = home.folder / "work" / "shop"
        repository.mkdir(parents=True)
        for words in (["init", "-q"], ["-c", "user.name=Ana", "-c", "user.email=a@example.test", "commit", "-q",
                                       "--allow-empty", "-m", "Prices in cents"]):
            subprocess.run(["git", *words], cwd=repository, env=home.environment, check=True)
        home.add(self.files / "stand-up.yaml")
        home.start()
        try:
            # Without a model the commits themselves are told.
            expect("state", self.run(home, "daily stand-up")["state"], "succeeded")
            expect("told", home.told("telegram").count("Prices in cents"), 1)
        finally:
            home.stop()

    def killed(self, place):
        """The mail is the same and comes once; pages that were read before the end of a step was lost are read once."""
        home = self.home("competitor-prices")
        home.site.price("/rival/kettle", "85.00")
        home.site.price("/shop/kettle", "100.00")
        home.start(crash=place)
        home.rota("playbooks", "run", "competitor-prices")
        try:
            home.scheduler.wait(20)
        except subprocess.TimeoutExpired as error:
            home.stop()
            raise Failure(f"the program did not die at {place}") from error
        if home.scheduler.returncode != -9:
            raise Failure(f"it ended with {home.scheduler.returncode}")
        home.start()
        try:
            run = home.ended(1)
            expect("state", run["state"], "succeeded")
            expect("runs", len(home.runs()), 1)
            expect("mails", home.told("email").count("Theirs is at 85.00, ours at 100.00"), 1)
            states = {}
            for step in run["steps"]:
                states.setdefault(step["name"], []).append(step["state"])
            expect("successes", {name: found.count("succeeded") for name, found in states.items()},
                   {"theirs": 1, "ours": 1, "mail": 1})
        finally:
            home.stop()


def all_of(program, files):
    check = Check(program, files)
    places = [f"{boundary}:{count}" for boundary in BOUNDARIES
              for count in range(1, STEPS + 1 if boundary in ("before-spawn", "before-exit", "after-exit") else 2)]
    return {
        "playbooks": [
            ("competitor prices", check.prices), ("endpoint watch", check.endpoint),
            ("low inventory", check.inventory), ("temporary files", check.cleaning),
            ("weekly report", check.report), ("stand-up", check.stand_up),
        ],
        "killed": [(place, lambda place=place: check.killed(place)) for place in places],
    }
