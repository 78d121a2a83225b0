"""The indexes by which topics are found are kept between starts, and never believed if in doubt."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.building import read_book
from bot.guidance.index import Indexes, score
from bot.guidance.indexing import build_index
from bot.guidance.packing import pack, unpack
from bot.guidance.words import Words, pieces
from bot.keeping import are_indexes_kept, indexes_kept, key_of_all
from bot.shelf import keep

ASKED = {
    "bullying": ["Others hit me at school", "同学在学校打我"],
    "divorce": ["My parents split up", "爸爸妈妈要离婚了"],
    "/0": ["What is the weather like at school", "今天天气怎么样"],
}
WORDS = Words(concepts={"parent": ["parents", "mother", "爸爸", "妈妈"]}, little=["the", "is"])
QUESTIONS = ["They hit me", "my mother", "weather at school", "妈妈走了", "学校", "zzz", ""]


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.delenv("CACHE_DIRECTORY", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches" / "lantern"


class Maker:
    """Makes the index, and counts how often."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return build_index(ASKED, WORDS)


def test_nearness_is_what_the_vectors_written_out_give():
    index = build_index(ASKED, WORDS)
    examples = {topic: [pieces(text, index.lexicon) for text in ASKED[topic]] for topic in ASKED}
    every = [found for each in examples.values() for found in each]
    telling = {
        piece: math.log((1 + len(every)) / (1 + sum(piece in found for found in every))) + 1
        for piece in set().union(*every)
    }

    def unit(vector):
        length = math.hypot(*vector.values())
        return {piece: weight / length for piece, weight in vector.items()} if length else {}

    def told(found):
        least = max(telling.values())
        return unit({piece: weight * telling.get(piece, least) for piece, weight in found.items()})

    for question in QUESTIONS:
        asked, expected = told(pieces(question, index.lexicon)), {}
        for topic, each in examples.items():
            sums = {}
            for piece, weight in (known for found in each for known in told(found).items()):
                sums[piece] = sums.get(piece, 0.0) + weight
            centre = unit({piece: math.log1p(10 * weight) for piece, weight in sums.items()})
            if near := sum(weight * centre.get(piece, 0.0) for piece, weight in asked.items()):
                expected[topic] = pytest.approx(near, abs=1e-6)
        assert score(question, index) == expected, question


def test_a_packed_index_is_the_same_and_anything_else_is_nothing():
    index = build_index(ASKED, WORDS)

    assert unpack(pack(index)) == index
    assert unpack(b"") is None
    assert unpack(b"{}") is None
    assert unpack(pack(index)[:-1]) is None
    assert unpack(pack(replace(index, whose=index.whose[:-1]))) is None
    assert unpack(pack(replace(index, starts=index.starts[:-1]))) is None
    assert unpack(pack(replace(index, topics=index.topics[:-1]))) is None


def test_an_index_is_made_once_and_anew_when_a_text_changes(shelf):
    make = Maker()
    made = [indexes_kept(key_of_all({"a.md": "one"}))("en", make) for _ in range(3)]

    assert make.times == 1
    assert made[0] == made[1] == made[2]
    indexes_kept(key_of_all({"a.md": "one"}))("zh_CN", make)
    indexes_kept(key_of_all({"a.md": "two"}))("en", make)
    assert make.times == 3
    assert len(list(shelf.iterdir())) == 3


def test_a_damaged_index_is_made_anew(shelf):
    make = Maker()
    indexes_kept(key_of_all({"a.md": "one"}))("en", make)
    [path] = shelf.iterdir()
    path.write_bytes(path.read_bytes()[:-4])
    indexes_kept(key_of_all({"a.md": "one"}))("en", make)
    assert make.times == 2
    keep(shelf, path.name, b"sealed, but no index")

    assert indexes_kept(key_of_all({"a.md": "one"}))("en", make) == build_index(ASKED, WORDS)
    assert make.times == 3


@pytest.mark.usefixtures("shelf")
def test_what_is_kept_is_known_before_it_is_read():
    key = key_of_all({"a.md": "one"})
    indexes_kept(key)("en", Maker())

    assert are_indexes_kept(key, ["en"])
    assert not are_indexes_kept(key, ["en", "zh_CN"])
    assert not are_indexes_kept(key_of_all({"a.md": "two"}), ["en"])
    assert not are_indexes_kept("", ["en"])


@pytest.mark.rare
@pytest.mark.usefixtures("shelf")
def test_a_book_whose_indexes_are_kept_has_them_at_once():
    # each of another organisation, so that it is read and not what another test has read
    first = read_book(organisation="the first that reads it")
    assert not first.topics.are_ready
    first.topics.make_ready()

    assert read_book(organisation="the second").topics.are_ready


def test_without_a_folder_an_index_is_made_each_time(monkeypatch):
    for name in ("CACHE_DIRECTORY", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    make = Maker()
    for _ in range(2):
        indexes_kept(key_of_all({"a.md": "one"}))("en", make)

    assert make.times == 2


def test_an_index_is_made_once_whichever_threads_look_first():
    maker = Maker()
    indexes = Indexes({"en": maker, "zh_CN": maker})
    assert not indexes.are_made

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: indexes["en"], range(8)))

    assert maker.times == 1
    assert len({id(index) for index in found}) == 1
    assert not indexes.are_made
    assert indexes["zh_CN"] is indexes["zh_CN"]
    assert indexes.are_made
    assert list(indexes) == ["en", "zh_CN"]
