"""A store whose header, page, log or length is damaged.

Holds when it is refused (exit code 1, one sentence that names the file), or set aside under another name and said so;
the damaged bytes are still there afterwards, and no empty store has taken their place.
"""

import pathlib
import sqlite3
import time

TOLD = ("cannot be read", "cannot be used", "damaged", "corrupt", "set aside", "cut short")
BAD = ("Fatal", "Stack dump", "SQLITE_", "Error Domain", "Illegal instruction")


MARK = b"these bytes were damaged by a test " * 4


def header(home):
    return overwrite(home.store, 0, MARK)


def schema_page(home):
    return overwrite(home.store, 100, MARK * 20)


def middle_pages(home):
    overwrite(home.store, 4096 * 2, MARK * 20)
    return overwrite(home.store, 4096 * 4, MARK * 240)


def cut_short(home):
    with home.store.open("r+b") as file:
        file.truncate(home.store.stat().st_size // 2)
    return home.store.read_bytes()[:4096]


def emptied(home):
    home.store.write_bytes(b"")
    return b""


def log_header(home):
    return overwrite(log_of(home), 0, MARK)


def log_frame(home):
    """In the middle: what was committed before it is whole, and so is what came after."""
    return overwrite(log_of(home), log_of(home).stat().st_size // 2, MARK * 60)


def log_of(home):
    return pathlib.Path(f"{home.store}-wal")


DAMAGES = {
    "header": header, "schema page": schema_page, "pages": middle_pages, "cut short": cut_short, "emptied": emptied,
    "log header": log_header, "log frame": log_frame,
}  # fmt: skip


def overwrite(path, offset, content):
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)
    return content


def corrupt_header(world):
    damaged(world, "header")


def corrupt_files(world):
    names = list(DAMAGES)
    world.in_parallel(lambda index: damaged(world, names[index]), len(names))


def damaged(world, name):
    with world.home("hurt") as home:
        for number in range(8):
            home.job(f"every 1 second remind me to do number {number}")
        scheduler = home.start()
        time.sleep(2.5)
        scheduler.kill()
        if not name.startswith("log"):
            fold_log(home)
        mark = DAMAGES[name](home)
        is_told = False
        for words in (["list my jobs"], ["start", "--for", "3s"], ["status"], ["doctor"]):
            if not answered(world, home, name, words, mark, is_told):
                break
            # A damaged log is put aside by whoever meets it first: from then on the store is whole.
            is_told = name.startswith("log")


def fold_log(home):
    """Moves the log into the file, so that the damage is where the program looks."""
    database = sqlite3.connect(home.store)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def answered(world, home, name, words, mark, is_told):
    result = home.rota(*words, seconds=30)
    said = (result.stdout + result.stderr).strip()
    telling = [line for line in said.splitlines() if any(word in line for word in TOLD)]
    shown = (telling or said.splitlines() or ["silent"])[0][:150]
    what = f"corrupt {name}: rota {words[0]} (exit {result.returncode}): {shown}"
    clear = (is_told or (telling and str(home.home) in said)) and not any(word in said for word in BAD)
    if not world.check(clear and result.returncode in (0, 1), what, home):
        return False
    kept = any(path.is_file() and mark in path.read_bytes() for path in home.home.iterdir())
    return world.check(kept, f"corrupt {name}: after rota {words[0]}, the damaged bytes are still there", home)
