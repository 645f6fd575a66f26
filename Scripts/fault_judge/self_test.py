"""Plants each kind of violation into a sound store and ledger, and sees that the judge finds that kind and no other."""

import argparse
import datetime
import pathlib
import sqlite3
import tempfile

from fault_judge import evidence, history, moments, sound
from fault_judge.plants import PLANTS, SOUND


def run(violations):
    """Prints what was missed or wrongly found; 0 when every kind was found."""
    with tempfile.TemporaryDirectory(prefix="judge-test-") as folder:
        history.save(built(folder, SOUND[0]), evidence.read_ledger(f"{folder}/ledger"), f"{folder}/look")
        failures = [problem for plant in PLANTS if (problem := missed(violations, folder, plant))]
        failures += [problem for plant in SOUND if (problem := wronged(violations, folder, plant))]
    failures += schedule_failures()
    for failure in failures:
        print(f"FAIL  {failure}")
    print(f"judge: {len(PLANTS)} planted violations, " + (f"{len(failures)} wrong" if failures else "each was found"))
    return 1 if failures else 0


def missed(violations, folder, plant):
    found = kinds(violations, folder, plant)
    if plant.kind not in found or not found <= {plant.kind} | plant.beside:
        return f"{plant.what}: expected {plant.kind}, found {sorted(found)}"
    return None


def wronged(violations, folder, plant):
    found = kinds(violations, folder, plant)
    return f"{plant.what}: found {sorted(found)}, and it is sound" if found else None


def kinds(violations, folder, plant):
    store = built(folder, plant)
    usual = {"expect_from": None, "until": None, "tail": 2000, "settled": False, "previous": None, "down": []}
    options = argparse.Namespace(**{**usual, **plant.options})
    if options.previous:
        options.previous = f"{folder}/look"
    return {kind for kind, _, _ in violations(store, evidence.read_ledger(f"{folder}/ledger"), options)}


def built(folder, plant):
    """The store that the judge reads, with the plant in it; the ledger is written beside it."""
    path = pathlib.Path(folder, "store")
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    sound.fill(database)
    if plant.sql:
        database.executescript(plant.sql)
    database.commit()
    database.close()
    lines = [text for text in sound.ledger() if not text.startswith(plant.without)]
    pathlib.Path(folder, "ledger").write_text("\n".join([*lines, *plant.lines]) + "\n")
    return evidence.read_store(path)


def schedule_failures():
    """Moments that the judge computes, against known ones."""
    for text, after, expected in [
        ("0 9 * * MON", "2026-03-06T10:00:00", "2026-03-09T09:00:00"),
        ("*/20 * * * * *", "2026-01-01T00:00:41", "2026-01-01T00:01:00"),
        ("0 0 13 * 5", "2026-03-06T00:00:00", "2026-03-13T00:00:00"),
        ("30 2 29 2 *", "2026-01-01T00:00:00", "2028-02-29T02:30:00"),
    ]:
        found = moments.Cron(text).next_after(stamp(after))
        if found != stamp(expected):
            yield f"{text} after {after}: {found}"


def stamp(text):
    return round(datetime.datetime.fromisoformat(text + "+00:00").timestamp() * 1000)
