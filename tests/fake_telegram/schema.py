"""Every method's parameters, and the check of a call against them.

The table is made out of the published Bot API: ``"!"`` marks what is required, ``"|"`` stands
between types. Unlike the real server, which ignores them, unknown parameters are refused: in a
test they are misspelt ones.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fake_telegram.refusal import RefusalError, bad_request

TABLE = json.loads(Path(__file__).with_name("methods.json").read_text("utf-8"))
METHODS: Mapping[str, Mapping[str, str]] = TABLE["methods"]
TYPES: Mapping[str, Any] = TABLE["types"]
SPELLING = {name.lower(): name for name in METHODS}
SCALARS = {"String", "Integer", "Float", "Boolean", "True", "InputFile"}
TRUTH = {"true": True, "1": True, "false": False, "0": False}


def read_parameters(method: str, raw: Mapping[str, object]) -> dict[str, Any]:
    """Return the parameters of a call in their own types.

    Raises:
        RefusalError: one is missing, unknown or of the wrong type.

    """
    return _fields(raw, METHODS[method], method)


def _fields(raw: Mapping[str, object], fields: Mapping[str, str], place: str) -> dict[str, Any]:
    for name in raw:
        if name not in fields:
            raise bad_request(f'{place} has no field "{name}"')
    for name, spec in fields.items():
        if spec.startswith("!") and name not in raw:
            raise bad_request(f'{place} needs the field "{name}"')
    return {
        name: _value(value, fields[name].lstrip("!"), f"{place}.{name}")
        for name, value in raw.items()
    }


def _value(value: object, spec: str, place: str) -> object:
    kinds = spec.split("|")
    if isinstance(value, str) and not SCALARS & set(kinds):
        value = _json(value, place)
    refusals: list[RefusalError] = []
    for kind in kinds:
        try:
            return _fit(value, kind, place)
        except RefusalError as refusal:
            refusals.append(refusal)
    raise refusals[0]


def _json(text: str, place: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise bad_request(f"can't parse {place} JSON object") from None


def _fit(value: object, kind: str, place: str) -> object:
    if kind.startswith("Array of "):
        return _list(value, kind.removeprefix("Array of "), place)
    if kind in SCALARS:
        return _scalar(value, kind, place)
    if not isinstance(value, dict):
        raise bad_request(f"{place} must be a {kind}")
    shape = TYPES.get(kind, {})
    if isinstance(shape, list):
        return _value(value, "|".join(shape), place)
    return _fields(value, shape, place) if shape else value


def _list(value: object, kind: str, place: str) -> object:
    if not isinstance(value, list):
        raise bad_request(f"{place} must be an array")
    return [_fit(item, kind, f"{place}[{index}]") for index, item in enumerate(value)]


def _scalar(value: object, kind: str, place: str) -> object:
    if kind in {"String", "InputFile"} and isinstance(value, str):
        return value
    if kind in {"Boolean", "True"} and str(value).lower() in TRUTH:
        return TRUTH[str(value).lower()]
    if kind == "Integer" and not isinstance(value, bool) and re.fullmatch(r"-?\d+", str(value)):
        return int(str(value))
    if kind == "Float" and isinstance(value, int | float):
        return float(value)
    raise bad_request(f"{place} must be of type {kind}")
