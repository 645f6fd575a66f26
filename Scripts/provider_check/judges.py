"""What the checks with the official clients have in common."""

import json
from typing import Literal, Optional

import pydantic

from .fake import INTENT
from .report import expect


class Intent(pydantic.BaseModel):
    """The shape of every answer, as the clients of OpenAI and Anthropic take it."""

    model_config = pydantic.ConfigDict(extra="forbid")
    kind: Literal["create_job", "none"]
    when: Optional[str]


def is_whole(thing):
    """The clients build their objects without looking; this holds one to its class: members, types, known words."""
    type(thing).model_validate(thing.to_dict())
    return thing


def is_intent(text):
    expect("the answer", json.loads(text), INTENT)


def is_parsed(thing):
    expect("the parsed answer", thing, Intent(**INTENT))
