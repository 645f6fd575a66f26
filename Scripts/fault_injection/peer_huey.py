"""huey with its SQLite storage, for the comparison in `peers`.

Chosen in its favour: `fsync=True`, its own consumer with four threads and the shortest interval of its scheduler (one
second). Its periodic tasks know minutes only, so each moment is a task of its own, scheduled ahead (`schedule(eta=…)`)
for the whole time of the comparison, with two retries allowed; nothing expires, so whatever was missed is made up.

usage: peer_huey.py FOLDER prepare SECONDS | run
"""

import datetime
import os
import pathlib
import sys
import time

from huey import SqliteHuey

FOLDER = pathlib.Path(sys.argv[1])
JOBS = ["one", "two", "three"]
huey = SqliteHuey(filename=str(FOLDER / "huey.sqlite"), fsync=True, utc=True, results=False)


def note(kind, job, due):
    with open(FOLDER / "ledger", "a") as ledger:
        ledger.write(f"{kind} 0 {due} 1 {os.getpid()} 0 {time.time()} 0 {job}\n")


@huey.task(retries=2, retry_delay=0)
def work(job, due):
    note("start", job, due)
    time.sleep(0.05)
    note("end", job, due)


def prepare(seconds):
    start = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0, tzinfo=None)
    for second in range(1, int(seconds)):
        due = start + datetime.timedelta(seconds=second)
        for job in JOBS:
            work.schedule(args=(job, due.strftime("%Y-%m-%dT%H:%M:%SZ")), eta=due)


@huey.on_startup()
def tell():
    print("ready", flush=True)


def run():
    huey.create_consumer(workers=4, worker_type="thread", periodic=False, scheduler_interval=1).run()


if __name__ == "__main__":
    prepare(float(sys.argv[3])) if sys.argv[2] == "prepare" else run()
