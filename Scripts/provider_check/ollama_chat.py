"""Ollama's client against the fake's chat."""

import ollama

from .fake import INTENT, SCHEMA, fake
from .judges import is_intent
from .report import Failure, expect, raises

MESSAGES = [{"role": "system", "content": "S"}, {"role": "user", "content": "U"}]
TOOL = {"type": "function", "function": {"name": "intent", "description": "Record it", "parameters": SCHEMA}}


def chat(provider, **more):
    return ollama.Client(host=provider.url, timeout=10).chat(model="M", messages=MESSAGES, **more)


def whole():
    with fake() as provider:
        answer = chat(provider, format=SCHEMA)
    is_intent(answer.message.content)
    expect("ending", (answer.done, answer.done_reason), (True, "stop"))
    expect("usage", (answer.prompt_eval_count, answer.eval_count), (90, 14))
    expect("requests", provider.asked, [["ollama", "whole", "M"]])


def streamed():
    with fake() as provider:
        parts = list(chat(provider, format=SCHEMA, stream=True))
    is_intent("".join(part.message.content for part in parts))
    expect("endings", [part.done for part in parts], [False] * (len(parts) - 1) + [True])
    expect("usage", parts[-1].eval_count, 14)


def tool_call():
    for stream in (False, True):
        with fake("--call", "intent") as provider:
            answer = chat(provider, tools=[TOOL], stream=stream)
            parts = list(answer) if stream else [answer]
        calls = [call.function for part in parts for call in part.message.tool_calls or []]
        expect("calls", [(call.name, dict(call.arguments)) for call in calls], [("intent", INTENT)])


def models():
    with fake("--model", "A", "--model", "B") as provider:
        listed = ollama.Client(host=provider.url).list().models
    expect("models", [model.model for model in listed], ["A", "B"])
    expect("family", listed[0].details.family, "llama")


def truncated():
    with fake("--fault", "truncated") as provider:
        expect("ending", chat(provider, format=SCHEMA).done_reason, "length")


def errors():
    for fault, status in {
        "unauthorized": 401, "rate-limited": 429, "server-error": 500, "overloaded": 503, "unknown-model": 404,
        "format-unsupported": 400,
    }.items():
        with fake("--fault", fault) as provider, raises(ollama.ResponseError) as caught:
            chat(provider, format=SCHEMA)
        expect(f"status of {fault}", caught[0].status_code, status)
        if not caught[0].error or "{" in caught[0].error:
            raise Failure(f"{fault} has no words of its own: {caught[0].error}")


def tools_refused():
    with fake("--fault", "tools-unsupported") as provider, raises(ollama.ResponseError):
        chat(provider, tools=[TOOL])


def error_in_stream():
    with fake("--fault", "error-in-stream") as provider, raises(ollama.ResponseError):
        list(chat(provider, stream=True))


CHECKS = [
    ("a whole answer", whole), ("a stream", streamed), ("a tool", tool_call), ("the list of models", models),
    ("an answer that was cut short", truncated), ("errors", errors), ("tools refused", tools_refused),
    ("an error inside a stream", error_in_stream),
]
