"""The fake provider as a process of our own."""

import contextlib
import json
import pathlib
import subprocess
import threading

SCHEMA = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "enum": ["create_job", "none"]},
        "when": {"type": ["string", "null"]},
    },
    "required": ["kind", "when"],
    "additionalProperties": False,
}
INTENT = {"kind": "create_job", "when": "täglich um 09:00, \"pünktlich\" 🕘"}
"""Also quotes and letters of several bytes must come through."""

TEXT = json.dumps(INTENT, ensure_ascii=False)
DEADLINE = 10


class Fake:
    """`program` is the path of the built fake-provider; set once, before the first one starts."""

    program = None

    def __init__(self, *options):
        self.process = subprocess.Popen(
            [self.program, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}"
        self.asked = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        """A line a request: dialect, `streamed` or `whole`, model; at the end `refused` and why, for others."""
        for line in self.process.stdout:
            self.asked.append(line.split())

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join(DEADLINE)


@contextlib.contextmanager
def fake(*options, text=TEXT):
    """A fake provider that says `text`; what it was asked is whole after the block."""
    provider = Fake("--answer", text, *options)
    try:
        yield provider
    finally:
        provider.stop()


def build(root, path):
    """The program at `path`, or else built with Scripts/find-swift; returns its path."""
    if path:
        return str(pathlib.Path(path).resolve())
    swift = subprocess.run([root / "Scripts/find-swift"], check=True, capture_output=True, text=True).stdout.strip()
    subprocess.run([swift, "build", "--product", "fake-provider"], cwd=root, check=True, stdout=subprocess.DEVNULL)
    shown = subprocess.run([swift, "build", "--show-bin-path"], cwd=root, check=True, capture_output=True, text=True)
    return f"{shown.stdout.strip()}/fake-provider"
