"""The program as a client: which model it was told, and who read the sentence."""

import contextlib
import json
import os
import subprocess
import tempfile

from .fake import fake
from .report import Failure, expect

SENTENCE = "every day at 9 the dragon ought to be made to dance"
"""The offline reading names the job after all of its words, the answer below in one."""

INTENTS = {
    "intents": [{
        "intent": "create_job", "when": "every day at 9", "action": {"type": "notify", "text": "dance"}, "deliver": [],
    }],
    "question": None,
}
ANSWER = json.dumps(INTENTS)
MODELS_NAME = "Dance"
KEY = "sk-canary-4711-of-no-use-anywhere-but-in-these-checks"
DEADLINE = 120

DIALECTS = {
    "openai": ("openai:{model}@{url}/v1", "openai-chat"),
    "responses": ("openai-responses:{model}@{url}/v1", "openai-responses"),
    "anthropic": ("anthropic:{model}@{url}", "anthropic"),
    "ollama": ("ollama:{model}@{url}", "ollama"),
}
"""How the program is told of a model at a server, and what the fake calls the dialect it then speaks."""


class Rota:
    """The program with its data in a folder of its own."""

    program = None

    def __init__(self, home):
        self.environment = {
            "HOME": home, "ROTA_HOME": os.path.join(home, "rota"), "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "TZ": "UTC", "LC_ALL": "C.UTF-8", "ROTA_MODEL_KEY": KEY,
        }

    def run(self, *arguments):
        return subprocess.run(
            [self.program, *arguments], env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=DEADLINE)

    def choose(self, model):
        """False where the program does not know the model's provider."""
        result = self.run("config", "set", "model", model)
        if "is not right for 'model'" in result.stderr:
            return False
        if result.returncode != 0:
            raise Failure(f"config set model {model}: {result.stderr.strip()}")
        return True

    def ask(self):
        """The document of the job that the sentence made."""
        result = self.run("ask", "--json", SENTENCE)
        if KEY in result.stdout + result.stderr:
            raise Failure("the key was shown")
        if result.returncode != 0:
            raise Failure(f"exit code {result.returncode}: {result.stdout.strip()} {result.stderr.strip()}")
        rows = [json.loads(line) for line in result.stdout.splitlines()]
        return next(row for row in rows if row["type"] == "job")


    def ask_without_model(self):
        """The document of the job that the sentence made: a guess, which waits for a yes."""
        result = self.run("ask", "--json", SENTENCE)
        if KEY in result.stdout + result.stderr:
            raise Failure("the key was shown")
        expect("the exit code", result.returncode, 4)
        rows = [json.loads(line) for line in self.run("jobs", "--json").stdout.splitlines()]
        expect("the jobs", [row["status"] for row in rows], ["draft"])
        return rows[0]


@contextlib.contextmanager
def rota():
    with tempfile.TemporaryDirectory() as home:
        yield Rota(home)


def address(dialect, url, model="M"):
    return DIALECTS[dialect][0].format(model=model, url=url)


def knows(dialect):
    with rota() as program:
        return program.choose(address(dialect, "http://127.0.0.1:9"))


def read_by_model(dialect, *options, requests=1):
    with fake(*options, text=ANSWER) as provider, rota() as program:
        program.choose(address(dialect, provider.url))
        job = program.ask()
    expect("the job", job["name"], MODELS_NAME)
    expect("the schedule", job["schedule"][0]["cron"], "0 9 * * *")
    expect("requests", [asked[0] for asked in provider.asked], [DIALECTS[dialect][1]] * requests)


def read_offline(dialect, fault, requests):
    """The model is of no use: the sentence is read all the same, and the model is not asked for ever."""
    with fake("--fault", fault, text=ANSWER) as provider, rota() as program:
        program.choose(address(dialect, provider.url))
        job = program.ask_without_model()
    if job["name"] == MODELS_NAME:
        raise Failure(f"an answer with {fault} was taken")
    expect("the schedule", job["schedule"][0]["cron"], "0 9 * * *")
    if len(provider.asked) > requests:
        raise Failure(f"{len(provider.asked)} requests with {fault}")


def checks(dialect):
    """Faults after which the answer still comes, and those after which none does, with the most requests."""
    helped = [("overloaded", 2), ("server-error", 2), ("rate-limited:0", 2), ("none", 1)]
    for fault, requests in helped:
        yield f"first {fault}", lambda f=fault, n=requests: read_by_model(dialect, "--first", f, requests=n)
    for fault in ("plain-answer", "slow:1"):
        yield fault, lambda f=fault: read_by_model(dialect, "--fault", f)
    lost = [
        # Ollama has no code that tells an empty purse from too many requests.
        ("unauthorized", 1), ("out-of-quota", 3 if dialect == "ollama" else 1), ("truncated", 2), ("cut-stream", 2),
        ("error-in-stream", 3),
        ("wrong-schema", 2), ("refusal", 2), ("nonsense", 2), ("redirect:http://127.0.0.1:9/", 1),
    ]
    for fault, requests in lost:
        yield f"always {fault}", lambda f=fault, n=requests: read_offline(dialect, f, n)


def run(report, program):
    Rota.program = program
    for dialect in DIALECTS:
        if knows(dialect):
            report.run(f"rota, {dialect}", checks(dialect))
        else:
            report.leave_out(f"rota, {dialect}", "this program does not know the provider")
