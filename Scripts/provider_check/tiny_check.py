"""A llama.cpp server with a model of random numbers: whatever it says has the shape that was asked for."""

import contextlib
import json
import subprocess
import sys
import tempfile

import jsonschema

from . import recorder, rota_client
from .fake import SCHEMA
from .report import Failure, expect

SENTENCES = [
    "let the wind blow sometime", "what did it do to my house", "the dragon ought to be made to dance now and then",
    "is there anything about the garden", "never mind the other one, rather the blue one",
]
ROUNDS = 4
ENOUGH = 5
"""Complete answers without which nothing was seen."""


@contextlib.contextmanager
def tiny_model():
    """The address of the server."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "provider_check.tiny_model", folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise Failure("the server did not start")
            yield address
        finally:
            process.stdin.close()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def holds(exchanges):
    """The complete answers satisfy the schema of their requests, and there are enough of them."""
    complete = [exchange for exchange in exchanges if exchange.status == 200 and exchange.is_complete]
    for exchange in complete:
        if not exchange.schema:
            raise Failure("a request without a schema")
        jsonschema.validate(json.loads(exchange.text), exchange.schema)
    print(f"        {len(complete)} complete answers of {len(exchanges)} satisfy the schema of their request")
    if len(complete) < ENOUGH:
        raise Failure(f"too few answers: {[(exchange.status, exchange.answer[-200:]) for exchange in exchanges]}")


def small_schema():
    body = {
        "model": "tiny", "messages": [{"role": "user", "content": "U"}], "max_completion_tokens": 400,
        "response_format": {"type": "json_schema", "json_schema": {"name": "n", "strict": True, "schema": SCHEMA}},
    }
    with tiny_model() as address, recorder.recorder(address) as (url, exchanges):
        for seed in range(20):
            recorder.ask(f"{url}/v1/chat/completions", json.dumps({**body, "seed": seed}).encode())
    holds(exchanges)


def program():
    """The program's own schema, all of the contract, and a program that takes what comes as it comes.

    Nonsense ends in a question or in words about it, never in a job that runs.
    """
    with tiny_model() as address, recorder.recorder(address) as (url, exchanges), rota_client.rota() as rota:
        rota.choose(rota_client.address("openai", url, model="tiny"))
        for sentence in SENTENCES * ROUNDS:
            result = rota.run("ask", "--json", sentence)
            if result.returncode not in (0, 2, 3, 4, 5, 6):
                raise Failure(f"exit code {result.returncode} for {sentence!r}: {result.stdout} {result.stderr}")
            json.loads(result.stdout.splitlines()[0])
        listed = [json.loads(line) for line in rota.run("jobs", "list", "--json").stdout.splitlines()]
        expect("active jobs", [job for job in listed if job["type"] == "job" and job["status"] == "active"], [])
    holds(exchanges)


CHECKS = [("a small schema", small_schema)]
if rota_client.Rota.program:
    CHECKS.append(("the program and its contract", program))
