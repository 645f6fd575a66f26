"""OpenAI's client against the fake's chat completions."""

import openai

from .fake import INTENT, SCHEMA, fake
from .judges import Intent, is_intent, is_parsed, is_whole
from .report import Failure, expect, raises

MESSAGES = [{"role": "system", "content": "S"}, {"role": "user", "content": "U"}]
FORMAT = {"type": "json_schema", "json_schema": {"name": "intent", "strict": True, "schema": SCHEMA}}
TOOL = {"type": "function", "function": {"name": "intent", "parameters": SCHEMA, "strict": True}}
FORCED = {"tools": [TOOL], "tool_choice": {"type": "function", "function": {"name": "intent"}}}


def client(provider, retries=0, timeout=10.0):
    return openai.OpenAI(api_key="sk-1", base_url=f"{provider.url}/v1", max_retries=retries, timeout=timeout)


def create(provider, **more):
    return client(provider, more.pop("retries", 0)).chat.completions.create(model="M", messages=MESSAGES, **more)


def whole():
    with fake() as provider:
        answer = is_whole(create(provider, response_format=FORMAT))
    is_intent(answer.choices[0].message.content)
    expect("usage", (answer.usage.prompt_tokens, answer.usage.completion_tokens), (90, 14))
    expect("requests", provider.asked, [["openai-chat", "whole", "M"]])


def parsed():
    with fake() as provider:
        answer = client(provider).chat.completions.parse(model="M", messages=MESSAGES, response_format=Intent)
    is_parsed(answer.choices[0].message.parsed)


def streamed():
    with fake() as provider:
        stream = create(provider, response_format=FORMAT, stream=True, stream_options={"include_usage": True})
        chunks = [is_whole(chunk) for chunk in stream]
    is_intent("".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices))
    expect("usage", chunks[-1].usage.total_tokens, 104)


def streamed_and_parsed():
    with fake() as provider:
        with client(provider).chat.completions.stream(
                model="M", messages=MESSAGES, response_format=Intent) as stream:
            for _ in stream:
                pass
            answer = stream.get_final_completion()
    is_parsed(answer.choices[0].message.parsed)


def tool_call():
    with fake() as provider:
        answer = is_whole(create(provider, **FORCED))
    call = answer.choices[0].message.tool_calls[0]
    expect("tool", (call.type, call.function.name), ("function", "intent"))
    is_intent(call.function.arguments)


def streamed_tool_call():
    with fake() as provider:
        with client(provider).chat.completions.stream(model="M", messages=MESSAGES, **FORCED) as stream:
            done = [event for event in stream if event.type == "tool_calls.function.arguments.done"]
            answer = stream.get_final_completion()
    expect("finished calls", [(event.name, event.parsed_arguments) for event in done], [("intent", INTENT)])
    is_intent(answer.choices[0].message.tool_calls[0].function.arguments)


def models():
    with fake("--model", "A", "--model", "B") as provider:
        expect("models", [is_whole(model).id for model in client(provider).models.list()], ["A", "B"])


def truncated():
    with fake("--fault", "truncated") as provider, raises(openai.LengthFinishReasonError):
        client(provider).chat.completions.parse(model="M", messages=MESSAGES, response_format=Intent)


def refused():
    for stream in (False, True):
        with fake("--fault", "refusal") as provider:
            answer = create(provider, response_format=FORMAT, stream=stream)
            parts = [c.choices[0].delta for c in answer] if stream else [answer.choices[0].message]
        expect("content", "".join(part.content or "" for part in parts), "")
        if not "".join(part.refusal or "" for part in parts).startswith("I'm sorry"):
            raise Failure("the refusal is not where it belongs")


ERRORS = {
    "unauthorized": openai.AuthenticationError, "rate-limited": openai.RateLimitError,
    "rate-limited:2": openai.RateLimitError, "out-of-quota": openai.RateLimitError,
    "server-error": openai.InternalServerError, "overloaded": openai.InternalServerError,
    "status:529": openai.InternalServerError, "unknown-model": openai.NotFoundError,
    "format-unsupported": openai.BadRequestError,
}
CODES = {"unauthorized": "invalid_api_key", "out-of-quota": "insufficient_quota", "rate-limited": "rate_limit_exceeded"}


def errors():
    for fault, kind in ERRORS.items():
        with fake("--fault", fault) as provider:
            for stream in (False, True):
                with raises(kind) as caught:
                    create(provider, response_format=FORMAT, stream=stream)
                if fault in CODES:
                    expect(f"code of {fault}", caught[0].code, CODES[fault])
                if not caught[0].request_id:
                    raise Failure(f"{fault} has no request id")


def retries():
    with fake("--first", "rate-limited:0", "--first", "overloaded") as provider:
        is_intent(create(provider, response_format=FORMAT, retries=2).choices[0].message.content)
    expect("requests", len(provider.asked), 3)


def error_in_stream():
    with fake("--fault", "error-in-stream") as provider, raises(openai.APIError):
        list(create(provider, stream=True))


def cut_stream():
    with fake("--fault", "cut-stream") as provider:
        try:
            list(create(provider, stream=True))
        except Exception as error:  # The client passes its transport's error on.
            if type(error).__name__ not in ("RemoteProtocolError", "APIConnectionError"):
                raise
        else:
            raise Failure("the end of the stream was taken for whole")


def hang():
    with fake("--fault", "hang") as provider, raises(openai.APITimeoutError):
        client(provider, timeout=0.3).chat.completions.create(model="M", messages=MESSAGES)


CHECKS = [
    ("a whole answer", whole), ("a parsed answer", parsed), ("a stream", streamed),
    ("a stream, parsed", streamed_and_parsed), ("a forced tool", tool_call),
    ("a forced tool, streamed", streamed_tool_call), ("the list of models", models),
    ("an answer that was cut short", truncated), ("a refusal", refused), ("errors", errors), ("retries", retries),
    ("an error inside a stream", error_in_stream), ("a cut stream", cut_stream), ("a hang", hang),
]
