"""Anthropic's client against the fake's Messages."""

import anthropic

from .fake import INTENT, SCHEMA, fake
from .judges import Intent, is_intent, is_parsed, is_whole
from .report import Failure, expect, raises

MESSAGES = [{"role": "user", "content": "U"}]
FORMAT = {"format": {"type": "json_schema", "schema": SCHEMA}}
FORCED = {
    "tools": [{"name": "intent", "description": "Record the intent", "input_schema": SCHEMA}],
    "tool_choice": {"type": "tool", "name": "intent", "disable_parallel_tool_use": True},
}


def client(provider, retries=0, timeout=10.0):
    return anthropic.Anthropic(api_key="sk-1", base_url=provider.url, max_retries=retries, timeout=timeout)


def create(provider, **more):
    return client(provider, more.pop("retries", 0)).messages.create(
        model="M", max_tokens=400, system="S", messages=MESSAGES, **more)


def open_stream(provider, **more):
    return client(provider).messages.stream(model="M", max_tokens=400, messages=MESSAGES, **more)


def whole():
    with fake() as provider:
        answer = is_whole(create(provider, output_config=FORMAT))
    is_intent(answer.content[0].text)
    expect("ending", answer.stop_reason, "end_turn")
    expect("usage", (answer.usage.input_tokens, answer.usage.output_tokens), (90, 14))
    expect("requests", provider.asked, [["anthropic", "whole", "M"]])


def parsed():
    with fake() as provider:
        answer = client(provider).messages.parse(model="M", max_tokens=400, messages=MESSAGES, output_format=Intent)
    is_parsed(answer.parsed_output)


def streamed():
    with fake() as provider:
        events = [is_whole(event) for event in create(provider, output_config=FORMAT, stream=True)]
    expect("first and last", (events[0].type, events[-1].type), ("message_start", "message_stop"))
    is_intent("".join(event.delta.text for event in events if event.type == "content_block_delta"))


def streamed_and_gathered():
    with fake() as provider:
        with open_stream(provider, output_config=FORMAT) as stream:
            is_intent("".join(stream.text_stream))
            answer = stream.get_final_message()
    is_intent(answer.content[0].text)
    expect("ending", (answer.stop_reason, answer.usage.output_tokens), ("end_turn", 14))


def tool_call():
    with fake() as provider:
        answer = is_whole(create(provider, **FORCED))
    expect("ending", answer.stop_reason, "tool_use")
    calls = [(block.type, block.name, block.input) for block in answer.content]
    expect("calls", calls, [("tool_use", "intent", INTENT)])


def streamed_tool_call():
    with fake() as provider:
        with open_stream(provider, **FORCED) as stream:
            answer = stream.get_final_message()
    expect("call", [(block.type, block.input) for block in answer.content], [("tool_use", INTENT)])


def models():
    with fake("--model", "A", "--model", "B") as provider:
        expect("models", [is_whole(model).id for model in client(provider).models.list()], ["A", "B"])


def truncated():
    with fake("--fault", "truncated") as provider:
        expect("ending", is_whole(create(provider, output_config=FORMAT)).stop_reason, "max_tokens")
        expect("ending with a tool", is_whole(create(provider, **FORCED)).stop_reason, "max_tokens")


def refused():
    with fake("--fault", "refusal") as provider:
        answer = is_whole(create(provider, output_config=FORMAT))
        with open_stream(provider, output_config=FORMAT) as stream:
            gathered = stream.get_final_message()
    for message in (answer, gathered):
        expect("ending", (message.stop_reason, message.content), ("refusal", []))
        expect("details", message.stop_details.type, "refusal")


ERRORS = {
    "unauthorized": (anthropic.AuthenticationError, "authentication_error"),
    "rate-limited": (anthropic.RateLimitError, "rate_limit_error"),
    "rate-limited:2": (anthropic.RateLimitError, "rate_limit_error"),
    "out-of-quota": (anthropic.RateLimitError, "rate_limit_error"),
    "server-error": (anthropic.InternalServerError, "api_error"),
    "overloaded": (anthropic._exceptions.OverloadedError, "overloaded_error"),
    "unknown-model": (anthropic.NotFoundError, "not_found_error"),
    "format-unsupported": (anthropic.BadRequestError, "invalid_request_error"),
}


def errors():
    for fault, (kind, word) in ERRORS.items():
        with fake("--fault", fault) as provider:
            for stream in (False, True):
                with raises(kind, *kind.__subclasses__()) as caught:
                    create(provider, output_config=FORMAT, stream=stream)
                expect(f"type of {fault}", caught[0].body["error"]["type"], word)
                if not caught[0].request_id:
                    raise Failure(f"{fault} has no request id")


def retries():
    with fake("--first", "rate-limited:0", "--first", "overloaded") as provider:
        is_intent(create(provider, output_config=FORMAT, retries=2).content[0].text)
    expect("requests", len(provider.asked), 3)


def error_in_stream():
    with fake("--fault", "error-in-stream") as provider:
        try:
            list(create(provider, stream=True))
        except anthropic.APIStatusError as error:
            expect("type", error.body["error"]["type"], "overloaded_error")
        else:
            raise Failure("the error in the stream went unnoticed")


CHECKS = [
    ("a whole answer", whole), ("a parsed answer", parsed), ("a stream", streamed),
    ("a stream, gathered", streamed_and_gathered), ("a forced tool", tool_call),
    ("a forced tool, streamed", streamed_tool_call), ("the list of models", models),
    ("an answer that was cut short", truncated), ("a refusal", refused), ("errors", errors), ("retries", retries),
    ("an error inside a stream", error_in_stream),
]
