"""The events as an AsyncAPI 3.0 document: what is sent by which module, received by which group, and its form."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from pydantic import TypeAdapter

from berth import contracts
from berth.app.data_dir import read_secrets
from berth.app.events.vocabulary import Word, vocabulary
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.module import Module
from berth.kit.origin import TRACE_PARENT

Json = Mapping[str, Any]

MESSAGE = "application/cloudevents-batch+json"
SCHEMAS = "#/components/schemas/{model}"
DESCRIPTION = (
    "Every event is a CloudEvent in JSON. Those of one type that are published together travel as one message, a "
    "list in their order. Each event reaches each group that listens at least once, and is "
    "handled once in effect, told by its id; those of one subject come in their order. A type only grows by "
    "members that may be missing: any other change makes a new version beside it."
)


def events_document() -> str:
    """Answer the document of this Berth as JSON; the same contracts answer the same text."""
    with TemporaryDirectory() as passing:
        everything = modules(Settings.model_construct(), read_secrets(Path(passing)))
    return orjson.dumps(describe(vocabulary(contracts), everything), option=orjson.OPT_INDENT_2).decode()


def describe(words: Sequence[Word], everything: Sequence[Module]) -> dict[str, Any]:
    """Answer the document: a channel and a message for each event, and who sends and receives it."""
    references, schemas = _schemas(words)
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Berth", "version": "1", "description": DESCRIPTION},
        "defaultContentType": MESSAGE,
        "channels": {word.type: _channel(word) for word in words},
        "operations": _operations(words, everything),
        "components": {
            "messages": {word.type: _message(word, references[word.type]) for word in words},
            "schemas": schemas,
        },
    }


def _schemas(words: Sequence[Word]) -> tuple[dict[str, Json], Json]:
    """Answer for each type the schema of its data, and the definitions that these refer to.

    They describe what a listener reads: a member with a default may be missing, since older events lack it.
    """
    found, definitions = TypeAdapter.json_schemas(
        [(word.type, "validation", TypeAdapter(word.kind)) for word in words], ref_template=SCHEMAS
    )
    return {type_: schema for (type_, _), schema in found.items()}, definitions.get("$defs", {})


def _channel(word: Word) -> Json:
    return {
        "address": word.type,
        "title": word.kind.__name__,
        "messages": {word.type: {"$ref": f"#/components/messages/{word.type}"}},
    }


def _message(word: Word, data: Json) -> Json:
    return {
        "name": word.type,
        "title": word.kind.__name__,
        "summary": _first_paragraph(word.kind),
        "contentType": MESSAGE,
        "payload": {"type": "array", "minItems": 1, "items": _event(word, data)},
    }


def _event(word: Word, data: Json) -> Json:
    return {
        "type": "object",
        "required": ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"],
        "properties": {
            "specversion": {"type": "string", "const": "1.0"},
            "id": {
                "type": "string",
                "description": "The source and a number that grows with the events of one subject.",
                "pattern": f"^{word.owner}/[0-9]+$",
            },
            "source": {"type": "string", "const": word.owner},
            "type": {"type": "string", "const": word.type},
            "subject": {
                "type": "string",
                "description": f"What it happened to: {word.subject_form}.",
                "x-form": word.subject_form,
            },
            "time": {"type": "string", "format": "date-time"},
            "datacontenttype": {"type": "string", "const": "application/json"},
            "traceparent": {
                "type": "string",
                "description": "The W3C trace context of the request that caused it.",
                "pattern": f"^{TRACE_PARENT.pattern}$",
            },
            "address": {"type": "string", "description": "The network address of who sent that request."},
            "data": data,
        },
    }


def _first_paragraph(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def _operations(words: Sequence[Word], everything: Sequence[Module]) -> Json:
    operations = {
        f"{word.owner}.sends.{word.type}": _operation(word, "send", f"{word.owner} writes it.") for word in words
    }
    for module in sorted(everything, key=lambda one: one.name):
        for group in module.groups:
            operations |= {
                f"{module.name}.{group.name}.receives.{word.type}": _operation(
                    word, "receive", f"The group {group.name} of {module.name} handles it."
                )
                for word in words
                if group.wants(word.type)
            }
    return operations


def _operation(word: Word, action: str, summary: str) -> Json:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{word.type}"},
        "summary": summary,
        "messages": [{"$ref": f"#/channels/{word.type}/messages/{word.type}"}],
    }
