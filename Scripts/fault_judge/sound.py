"""A store and a ledger that keep every promise: what violations are planted into.

A script each second (runs 1 to 5; run 3 needed two attempts, because its scheduler died), and a reminder each minute: a
moment that was missed and skipped (run 0), three more as one span (run 6), then a late run (run 7).
"""

import datetime
import json

from fault_judge import moments

BASE = 1_790_000_040  # a whole minute
SCHEMA = """
    CREATE TABLE job (id INTEGER PRIMARY KEY, name TEXT, status TEXT, steps TEXT, policies TEXT, created_at INTEGER);
    CREATE TABLE job_trigger (id INTEGER PRIMARY KEY, job_id INTEGER REFERENCES job (id), kind TEXT, definition TEXT,
        next_due INTEGER, removed INTEGER);
    CREATE TABLE run (id INTEGER PRIMARY KEY, job_id INTEGER REFERENCES job (id), trigger_id INTEGER, cause TEXT,
        due INTEGER, state TEXT, late INTEGER, attempt INTEGER, started INTEGER, finished INTEGER, reason TEXT,
        output TEXT, through INTEGER, deaths INTEGER DEFAULT 0, stops INTEGER DEFAULT 0);
    CREATE TABLE step_run (run_id INTEGER, position INTEGER, attempt INTEGER, state TEXT, started INTEGER,
        finished INTEGER);
    CREATE TABLE message (run_id INTEGER, text TEXT);
"""


def instant(seconds):
    """Milliseconds, as the store has them."""
    return round((BASE + seconds) * 1000)


def fill(database):
    database.executescript(SCHEMA)
    every_second = {"interval": {"seconds": 1, "anchor": BASE - moments.REFERENCE}}
    insert_job(database, 1, "X", {"script": {"path": "x.sh"}}, every_second, armed_for=6)
    insert_job(database, 2, "Blink", {"notify": {"text": "blink"}}, {"cron": {"_0": ["* * * * *"]}}, armed_for=300)
    for number in range(1, 6):
        at, attempt = ended(number)
        insert_run(database, number, 1, number, "succeeded", attempt)
        database.execute(
            "INSERT INTO step_run VALUES (?, 0, ?, 'succeeded', ?, ?)", (number, attempt, instant(at), instant(at + 0.05)))
        database.execute("INSERT INTO message VALUES (?, 'X done')", (number,))
    database.execute("UPDATE run SET deaths = 1 WHERE id = 3")
    insert_run(database, 0, 2, 0, "skipped", 0, reason="missed")
    insert_run(database, 6, 2, 60, "skipped", 0, reason="missed", through=instant(180))
    insert_run(database, 7, 2, 240, "succeeded", 1, late=1)


def insert_job(database, number, name, action, pattern, armed_for):
    schedule = {"schedule": {"_0": {"pattern": pattern, "exclusions": [], "zone": "UTC"}}}
    policies = {"missed": "all", "missedCap": 1, "missedWindow": 1 if number == 1 else None, "atMostOnce": False}
    database.execute(
        "INSERT INTO job VALUES (?, ?, 'active', ?, ?, 0)",
        (number, name, json.dumps([{"action": action}]), json.dumps(policies)))
    database.execute(
        "INSERT INTO job_trigger VALUES (?, ?, 'schedule', ?, ?, 0)",
        (number, number, json.dumps(schedule), instant(armed_for)))


def insert_run(database, number, job, due, state, attempt, late=0, reason=None, through=None):
    started = instant(due + 0.1) if attempt else None
    database.execute(
        "INSERT INTO run VALUES (?, ?, ?, 'schedule', ?, ?, ?, ?, ?, ?, ?, NULL, ?, 0, 0)",
        (number, job, job, instant(due), state, late, attempt, started, instant(due + 0.5), reason, through))


def ended(number):
    """When the last attempt of a run began, and which one that was."""
    return (3.4, 2) if number == 3 else (number + 0.1, 1)


def ledger():
    lines = [line("start", 3, 3.1)]
    for number in range(1, 6):
        at, attempt = ended(number)
        lines += [line("start", number, at, attempt), line("end", number, at + 0.05, attempt)]
    return lines


def line(kind, run, at, attempt=1, due=None, parent=None):
    """The scheduler 98 died in the first attempt of run 3; 99 came after it."""
    moment = datetime.datetime.fromtimestamp(BASE + (due or run), datetime.timezone.utc)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    parent = parent or (98 if (run, attempt) < (3, 2) else 99)
    return f"{kind} {run} {stamp} {attempt} {100 + run * 10 + attempt} {parent} {BASE + at:.3f} 0 x.sh"
