"""A store whose header, page, log or length is damaged.

Holds when it is refused (exit code 1, one sentence that names the file), or set aside under another name and said so;
the damaged bytes are still there afterwards, and no empty store has taken their place.
"""

import pathlib
import sqlite3
import time

BAD = ("Fatal", "Stack dump", "SQLITE_", "Error Domain", "Illegal instruction")


def header(home):
    overwrite(home.store, 0, b"this is no database, it is a text" * 4)


def schema_page(home):
    overwrite(home.store, 100, bytes(3000))


def middle_page(home):
    overwrite(home.store, 4096 * 2, bytes(range(256)) * 16)
    overwrite(home.store, 4096 * 4, b"\xff" * 4096 * 8)


def cut_short(home):
    with home.store.open("r+b") as file:
        file.truncate(home.store.stat().st_size // 2)


def emptied(home):
    home.store.write_bytes(b"")


def log_header(home):
    overwrite(pathlib.Path(f"{home.store}-wal"), 0, b"\xaa" * 32)


def log_frame(home):
    log = pathlib.Path(f"{home.store}-wal")
    overwrite(log, log.stat().st_size // 2, b"\x55" * 8192)


DAMAGES = {
    "header": (header, True), "schema page": (schema_page, True), "pages": (middle_page, True),
    "cut short": (cut_short, True), "emptied": (emptied, True), "log header": (log_header, False),
    "log frame": (log_frame, False),
}  # fmt: skip


def overwrite(path, offset, content):
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


def corrupt_header(world):
    damaged(world, "header")


def corrupt_files(world):
    names = list(DAMAGES)
    world.in_parallel(lambda index: damaged(world, names[index]), len(names))


def damaged(world, name):
    damage, in_file = DAMAGES[name]
    with world.home("corrupt") as home:
        for number in range(8):
            home.job(f"every 1 second remind me to do number {number}")
        scheduler = home.start()
        time.sleep(2.5)
        scheduler.kill()
        if in_file:
            fold_log(home)
        damage(home)
        suspect = home.store if in_file else pathlib.Path(f"{home.store}-wal")
        before = suspect.read_bytes()
        for words in (["list my jobs"], ["start", "--for", "3s"], ["status"], ["doctor"]):
            answered(world, home, name, words, suspect, before)


def fold_log(home):
    """Moves the log into the file, so that the damage is where the program looks."""
    database = sqlite3.connect(home.store)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def answered(world, home, name, words, suspect, before):
    """A damaged file is refused or set aside, and said; its bytes stay."""
    result = home.rota(*words, seconds=30)
    said = (result.stdout + result.stderr).strip()
    kept = any(path.is_file() and is_kept(path, before) for path in home.home.iterdir())
    forgotten = result.returncode == 0 and words == ["list my jobs"] and "number 7" not in said.lower()
    told = str(home.home) in said and not any(word in said for word in BAD)
    what = f"corrupt {name}: rota {words[0]} (exit {result.returncode}): {said.splitlines()[0][:150] if said else 'silent'}"
    is_whole = result.returncode == 0 and not forgotten and suspect.name.endswith("-wal") is False
    if words == ["doctor"]:
        return world.check(result.returncode in (0, 1) and not any(word in said for word in BAD), what, home)
    fine = (result.returncode == 1 and told) or (result.returncode == 0 and not forgotten and (told or is_whole or kept))
    world.check(fine and (kept or suspect.suffix == ".db-wal" and fine), what + ("" if kept else " (the bytes are gone)"), home)


def is_kept(path, before):
    """The bytes are there, perhaps with more behind them."""
    return path.stat().st_size >= len(before) and path.read_bytes()[: len(before)] == before
