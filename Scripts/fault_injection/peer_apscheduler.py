"""apscheduler 3 with its SQLAlchemy job store on SQLite, for the comparison in `peers`.

Chosen in its favour: the job store that survives a restart, on a file with SQLite's own full syncs; no limit to how late
a moment may be (`misfire_grace_time=None`), each missed moment by itself (`coalesce=False`), room for all of them at once
(`max_instances`). Jobs are added once; a restart finds them in the store. The library does not tell a job which moment it
runs for: an executor that is the library's own but for that sets it beside the call.

usage: peer_apscheduler.py FOLDER prepare SECONDS | run
"""

import contextvars
import datetime
import os
import pathlib
import sys
import time

from apscheduler.events import EVENT_SCHEDULER_STARTED
from apscheduler.executors.base import run_job
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.blocking import BlockingScheduler

FOLDER = pathlib.Path(sys.argv[1])
JOBS = ["one", "two", "three"]
moment = contextvars.ContextVar("moment")


def note(kind, job):
    due = moment.get().astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    with open(FOLDER / "ledger", "a") as ledger:
        ledger.write(f"{kind} 0 {due} 1 {os.getpid()} 0 {time.time()} 0 {job}\n")


def work(job):
    note("start", job)
    time.sleep(0.05)
    note("end", job)


class TellingExecutor(ThreadPoolExecutor):
    """Runs each moment as the library does, and lets the job know which one it is."""

    def _do_submit_job(self, job, run_times):
        def run():
            events = []
            for run_time in run_times:
                moment.set(run_time)
                events += run_job(job, job._jobstore_alias, [run_time], self._logger.name)
            return events

        def done(future):
            error = future.exception()
            if error:
                self._run_job_error(job.id, error, error.__traceback__)
            else:
                self._run_job_success(job.id, future.result())

        self._pool.submit(contextvars.copy_context().run, run).add_done_callback(done)


def scheduler(kind):
    return kind(
        timezone="UTC", jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{FOLDER}/jobs.sqlite")},
        executors={"default": TellingExecutor(10)},
        job_defaults={"misfire_grace_time": None, "coalesce": False, "max_instances": 1000})


def prepare():
    """Jobs reach the store when a scheduler starts: one is started that runs nothing, and ended."""
    paused = scheduler(BackgroundScheduler)
    paused.start(paused=True)
    start = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    for job in JOBS:
        paused.add_job("__main__:work", "interval", args=[job], id=job, seconds=1, start_date=start)
    paused.shutdown()


def run():
    made = scheduler(BlockingScheduler)
    made.add_listener(lambda _: print("ready", flush=True), EVENT_SCHEDULER_STARTED)
    made.start()


if __name__ == "__main__":
    prepare() if sys.argv[2] == "prepare" else run()
