"""OpenAI's client against the fake's Responses."""

import openai

from .fake import SCHEMA, fake
from .judges import Intent, is_intent, is_parsed, is_whole
from .openai_chat import client
from .report import Failure, expect, raises

FORMAT = {"format": {"type": "json_schema", "name": "intent", "strict": True, "schema": SCHEMA}}
TOOL = {"type": "function", "name": "intent", "parameters": SCHEMA, "strict": True}
FORCED = {"tools": [TOOL], "tool_choice": {"type": "function", "name": "intent"}}


def create(provider, **more):
    return client(provider).responses.create(model="M", instructions="S", input="U", store=False, **more)


def whole():
    with fake() as provider:
        answer = is_whole(create(provider, text=FORMAT))
    is_intent(answer.output_text)
    expect("usage", (answer.usage.input_tokens, answer.usage.output_tokens), (90, 14))
    expect("requests", provider.asked, [["openai-responses", "whole", "M"]])


def parsed():
    with fake() as provider:
        answer = client(provider).responses.parse(model="M", input="U", text_format=Intent)
    is_parsed(answer.output_parsed)


def streamed():
    with fake() as provider:
        events = [is_whole(event) for event in create(provider, text=FORMAT, stream=True)]
    expect("numbers", [event.sequence_number for event in events], list(range(len(events))))
    is_intent("".join(event.delta for event in events if event.type == "response.output_text.delta"))
    expect("the last event", events[-1].type, "response.completed")
    is_intent(events[-1].response.output_text)


def streamed_and_parsed():
    with fake() as provider:
        with client(provider).responses.stream(model="M", input="U", text_format=Intent) as stream:
            for _ in stream:
                pass
            is_parsed(stream.get_final_response().output_parsed)


def tool_call():
    with fake() as provider:
        answer = is_whole(create(provider, **FORCED))
    expect("items", [(item.type, item.name) for item in answer.output], [("function_call", "intent")])
    is_intent(answer.output[0].arguments)


def streamed_tool_call():
    with fake() as provider:
        events = [is_whole(event) for event in create(provider, stream=True, **FORCED)]
    is_intent("".join(event.delta for event in events if event.type == "response.function_call_arguments.delta"))
    is_intent(events[-1].response.output[0].arguments)


def truncated():
    with fake("--fault", "truncated") as provider:
        answer = is_whole(create(provider, text=FORMAT))
        last = [is_whole(event) for event in create(provider, text=FORMAT, stream=True)][-1]
    expect("status", (answer.status, answer.incomplete_details.reason), ("incomplete", "max_output_tokens"))
    expect("the last event", last.type, "response.incomplete")


def refused():
    with fake("--fault", "refusal") as provider:
        answer = is_whole(create(provider, text=FORMAT))
        events = [is_whole(event) for event in create(provider, text=FORMAT, stream=True)]
    expect("part", answer.output[0].content[0].type, "refusal")
    if not [event for event in events if event.type == "response.refusal.done"]:
        raise Failure("the stream has no refusal")


def errors():
    for fault, kind in {
        "unauthorized": openai.AuthenticationError, "rate-limited:2": openai.RateLimitError,
        "out-of-quota": openai.RateLimitError, "overloaded": openai.InternalServerError,
        "format-unsupported": openai.BadRequestError,
    }.items():
        with fake("--fault", fault) as provider, raises(kind):
            create(provider, text=FORMAT, stream=True)


def error_in_stream():
    """Here the client raises nothing: the error is an event among the others."""
    with fake("--fault", "error-in-stream") as provider:
        events = [is_whole(event) for event in create(provider, stream=True)]
    expect("the last events", [event.type for event in events[-2:]], ["error", "response.failed"])
    expect("code", (events[-2].code, events[-1].response.error.code), ("server_error", "server_error"))


CHECKS = [
    ("a whole answer", whole), ("a parsed answer", parsed), ("a stream", streamed),
    ("a stream, parsed", streamed_and_parsed), ("a forced tool", tool_call),
    ("a forced tool, streamed", streamed_tool_call), ("an answer that was cut short", truncated),
    ("a refusal", refused), ("errors", errors), ("an error inside a stream", error_in_stream),
]
