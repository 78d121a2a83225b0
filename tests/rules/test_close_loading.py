"""Whatever is wrong with the close reading becomes one finding, once, that says what to do."""

from dataclasses import replace

import numpy as np
import pytest
from running import the_book

from bot.close_network import load_network
from bot.content import Content, content_root
from bot.doctor.close_reading import check_close_reading
from bot.domain.errors import FlowError
from bot.once import once
from bot.risk_check import read_close_reading, read_triage
from bot.triage.close import ENGLISH, NETWORK, TABLE, proving
from bot.triage.rules import with_close_reading

pytestmark = pytest.mark.rare


class Reads:
    """What reads anything, unless it is told to fail."""

    def __init__(self, *, answering=None, telling=None):
        self.answering, self.failing = answering, telling

    def answer(self, texts):
        if self.answering is not None:
            raise self.answering
        return [[0.0] for _ in texts]

    def telling(self, _text, _question=0):
        if self.failing is not None:
            raise self.failing
        return ()


def codes(load):
    with pytest.raises(FlowError) as raised:
        load()
    return [finding.code for finding in raised.value.findings]


def failing(error):
    def load():
        raise error

    return load


FAULTS = [
    ImportError("no module", name="sentencepiece"),
    ValueError("我爸打我"),
    KeyError("proj2"),
    EOFError(),
    TypeError("b"),
    RuntimeError("c"),
    OSError("d"),
    MemoryError(),
]


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: type(error).__name__)
def test_every_fault_of_loading_and_of_a_first_reading_is_one_finding(error):
    answering = Reads(answering=error)
    telling = Reads(telling=error)
    for load in (failing(error), lambda: answering, lambda: telling):
        with pytest.raises(FlowError) as raised:
            proving(load)()
        [finding] = raised.value.findings
        assert finding.code == "T906"
        assert type(error).__name__ in finding.text
        assert "install Lantern again" in finding.text
        assert "我爸打我" not in str(raised.value)


def test_a_package_that_is_missing_is_named():
    error = ImportError("no module", name="sentencepiece")
    with pytest.raises(FlowError, match=r"ImportError \(sentencepiece\)"):
        proving(failing(error))()


def test_what_reads_is_handed_on_once_it_was_tried():
    network = Reads()
    assert proving(lambda: network)() is network


def test_what_failed_is_not_tried_again():
    tries = []

    def load():
        tries.append(1)
        raise ValueError

    network = once(proving(load))
    for _ in range(3):
        assert codes(network) == ["T906"]
    assert len(tries) == 1


def test_what_is_made_is_made_once():
    made = once(object)
    assert made() is made()


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder with a table and a network of the close reading that may be damaged."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    root = tmp_path / "own"
    for name in (TABLE, NETWORK):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((content_root() / name).read_bytes())
    return root


def saved(path, **changes):
    """The network in *path* with *changes*; nothing takes a part away."""
    with np.load(path) as known:
        parts = {name: known[name] for name in known.files}
    parts |= changes
    np.savez(path, allow_pickle=False, **{n: p for n, p in parts.items() if p is not None})


def test_the_network_that_ships_is_loaded_and_knows_the_categories_of_its_table(own):
    closely = read_triage(own).closely
    assert closely.network().kinds == closely.kinds


@pytest.mark.parametrize("content", [b"", b"PK nothing", b"\x93NUMPY", b"PK\x03\x04" * 50])
def test_a_damaged_network_stops_no_start(own, content):
    (own / NETWORK).write_bytes(content)
    closely = read_triage(own).closely
    assert codes(closely.network) == ["T902"]


def test_a_network_that_was_cut_off_stops_no_start(own):
    whole = (own / NETWORK).read_bytes()
    (own / NETWORK).write_bytes(whole[: len(whole) // 2])
    assert codes(read_triage(own).closely.network) == ["T902"]


@pytest.mark.rare
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kinds": None}, "T902"),
        ({"held": None}, "T902"),
        ({"bias": None}, "T902"),
        ({"kinds": np.array(["neglect", "missing"])}, "T904"),
        ({"proj2": None}, "T906"),
        ({"w1_3": np.zeros((3, 3), np.float32)}, "T902"),
        ({"cnn_b": np.zeros(3, np.float32)}, "T906"),
    ],
)
def test_a_network_that_lacks_a_part_or_has_another_is_told(own, changes, code):
    saved(own / NETWORK, **changes)
    assert codes(read_triage(own).closely.network) == [code]


def test_a_table_of_other_categories_is_told(own):
    table = (own / TABLE).read_text(encoding="utf-8")
    (own / TABLE).write_text(table.replace("bullying,", ""), encoding="utf-8")
    assert codes(read_triage(own).closely.network) == ["T904"]


def test_a_network_that_cannot_be_opened_is_told_and_stops_no_start(tmp_path):
    table = (content_root() / TABLE).read_text(encoding="utf-8")
    content = Content(texts={TABLE: table}, networks={NETWORK: tmp_path})
    assert codes(read_close_reading(content).network) == ["T905"]


@pytest.mark.rare
def test_a_network_that_was_replaced_since_the_start_is_not_read_with(own):
    closely = read_triage(own).closely
    other = closely.version
    saved(own / NETWORK, held=np.array([7], np.uint32))
    assert codes(closely.network) == ["T905"]
    again = read_triage(own).closely
    assert again.version != other
    assert again.network().kinds == again.kinds


@pytest.mark.rare
def test_a_network_for_english_that_lacks_a_part_is_named_by_its_own_file(own):
    path = own / ENGLISH
    path.write_bytes((content_root() / ENGLISH).read_bytes())
    with np.load(path) as known:
        parts = {name: known[name] for name in known.files if not name.startswith("asks.3")}
    np.savez(path, allow_pickle=False, **parts)
    with pytest.raises(FlowError) as raised:
        read_triage(own).closely.network()
    assert [(finding.code, finding.file) for finding in raised.value.findings] == [
        ("T906", ENGLISH)
    ]


def test_the_doctor_says_what_is_wrong_and_what_to_do():
    book = the_book()
    for error in FAULTS:
        reading = replace(book.rules.closely, network=proving(failing(error)))
        rules = with_close_reading(replace(book.rules, closely=None), reading)
        check = check_close_reading(replace(book, rules=rules))
        assert not check.is_well
        assert type(error).__name__ in check.says


def table_on(shelf):
    [path] = shelf.iterdir()
    return path


def content():
    return (content_root() / NETWORK).read_bytes()


def damaged_by(how, path):
    whole = path.read_bytes()
    match how:
        case "empty":
            path.write_bytes(b"")
        case "cut off":
            path.write_bytes(whole[: len(whole) // 2])
        case "something else":
            path.write_bytes(b"PK" + whole[2:])
        case "another shape":
            np.save(path, np.zeros((5, 512), np.uint8))
        case "other numbers":
            path.write_bytes(whole[:128] + bytes(len(whole) - 128))
        case "another kind of number":
            np.save(path, np.zeros((5, 512), np.float32))


@pytest.mark.rare
@pytest.mark.parametrize(
    "how",
    ["empty", "cut off", "something else", "another shape", "other numbers"],
)
def test_a_table_on_the_shelf_that_is_damaged_is_made_anew(tmp_path, how):
    shelf = tmp_path / "shelf"
    said = load_network(content(), shelf).answer(["你好"])
    path = table_on(shelf)
    whole = path.read_bytes()
    damaged_by(how, path)
    assert load_network(content(), shelf).answer(["你好"]) == said
    assert table_on(shelf).read_bytes() == whole


@pytest.mark.rare
def test_where_the_shelf_cannot_be_written_the_table_is_held_in_memory(tmp_path):
    shelf = tmp_path / "shelf"
    shelf.write_bytes(b"a file, and no folder")
    kept = load_network(content(), shelf).answer(["你好"])
    assert kept == load_network(content(), None).answer(["你好"])


def test_the_table_is_named_after_the_package_that_it_came_with(tmp_path):
    load_network(content(), tmp_path)
    assert table_on(tmp_path).name == "tokens-use-m3-0.2.1.npy"
    assert table_on(tmp_path).stat().st_mode & 0o077 == 0
