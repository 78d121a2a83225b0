"""What families are answered, asked in a terminal: lantern ask."""

import json
from functools import cache

import orjson
import pytest
from typer.testing import CliRunner

from bot.advising.asking import read_advice
from bot.cli.root import app
from bot.domain.errors import ConfigError
from bot.guidance.language import language_of

pytestmark = pytest.mark.long


@pytest.fixture(scope="module", autouse=True)
def read_once():
    """What answers questions is read once, with nothing of one's own over it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.cli.ask.read_advice", cache(read_advice))
        yield


def ask(*words, **more):
    return CliRunner().invoke(app, ["ask", *words], **more)


def answered(lines, *words):
    result = ask("--jsonl", *words, input="\n".join(map(json.dumps, lines)))
    return [orjson.loads(line) for line in result.stdout.splitlines()], result.exit_code


def test_a_sure_answer_is_shown_whole_as_in_the_chat():
    result = ask("同学欺负我怎么办")

    assert result.exit_code == 0
    assert "依据：《未成年人保护法》第39、77条" in result.stdout
    assert "报警电话 110" in result.stdout


def test_an_adult_is_answered_as_an_adult_and_in_the_language_asked_for():
    child = ask("can my parents read my diary").stdout
    adult = ask("can my parents read my diary", "--for", "adult").stdout
    chinese = ask("can my parents read my diary", "--lang", "zh_CN").stdout

    assert "Law:" in child
    assert child != adult
    assert "依据" in chinese


def test_what_is_not_sure_is_offered_to_choose_from():
    shown = ask("my uncle hits me. can i tell my teacher?").stdout.splitlines()

    assert shown[0] == (
        "Which of these is closest to your question? You can also write it in other words."
    )
    assert shown[1] == "1. Someone hits me at home"
    assert [line[:3] for line in shown[1:]] == ["1. ", "2. ", "3. "]


def test_what_no_topic_answers_is_said_honestly_with_a_number():
    beside = ask("how far is the moon").stdout

    assert "I have no good answer to this" in beside
    assert "12345" in beside


def test_lines_of_json_are_answered_line_by_line():
    lines, code = answered(
        [
            {"id": 1, "text": "同学欺负我"},
            {"id": "two", "text": "can my parents read my diary", "lang": "en"},
            {"id": 3, "text": "how far is the moon"},
        ]
    )

    assert code == 0
    first, second, third = lines
    assert (first["id"], first["answered"]) == (1, True)
    assert first["topics"][0]["id"] == "bullying"
    assert {"law": "MPL", "article": 39} in first["topics"][0]["citations"]
    assert set(first["topics"][0]) == {"id", "title", "citations", "text"}
    assert len(first["topics"]) <= 3
    assert second["topics"][0]["title"] == "Diaries, chats and messages"
    assert third == {"id": 3, "answered": False, "topics": []}


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("not json", None),
        ("[1]", None),
        ('{"id": 7}', 7),
        ('{"text": "x"}', None),
        ('{"id": 8, "text": 9}', 8),
        ('{"id": 8, "text": "x", "lang": "fr"}', 8),
        ('{"id": 8, "text": "x", "for": "dog"}', 8),
        ("[" * 100_000, None),
        ('{{"id": {}9{}, "text": "x"}}'.format("[" * 300, "]" * 300), None),
        ('{{"id": 8, "text": "x", "for": {}9{}}}'.format("[" * 990, "]" * 990), 8),
        ('{"id": %s, "text": "x"}' % ("7" * 30), None),
        ('{"id": %s, "text": "x"}' % ("7" * 400), None),
        ('{"id": -%s, "text": "x"}' % ("7" * 30), None),
        (r'{"id": {"a": ["\ud83d"]}, "text": "x"}', None),
    ],
)
def test_a_bad_line_is_told_stops_nothing_and_ends_with_one(line, known):
    result = ask("--jsonl", input=f'{line}\n\n{{"id": 2, "text": "同学欺负我"}}\n')

    bad, good = [orjson.loads(each) for each in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert bad["id"] == known
    assert set(bad) == {"id", "error"}
    assert good["answered"]


def test_a_mark_before_the_first_line_loses_no_question():
    line = '{"id": 1, "text": "同学欺负我怎么办"}\n'
    result = ask("--jsonl", input=f"\ufeff{line}{line}")
    first, second = map(json.loads, result.stdout.splitlines())

    assert result.exit_code == 0, result.output
    assert first == second
    assert first["answered"]


@pytest.mark.parametrize(
    ("line", "id_", "says"),
    [
        (
            '{"id": 1, "text": "x", "for": "kid"}',
            1,
            'there is no "for" "kid"; write child or adult',
        ),
        ('{"id": 1, "text": "x", "for": ["child"]}', 1, "write child or adult"),
        (r'{"id": 1, "text": "x\ud83d"}', 1, "half a character"),
        (r'{"id": "a\ud83d", "text": "x"}', None, "half a character"),
        ("[1", None, "not a line of JSON"),
        (b'{"id": 1, "text": "\xff"}', None, "not text in UTF-8"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line, id_, says):
    written = line if isinstance(line, bytes) else line.encode()
    result = ask("--jsonl", input=written)
    told = json.loads(result.stdout)

    assert result.exit_code == 1
    assert told["id"] == id_
    assert says in told["error"]


@pytest.mark.parametrize("words", [(), ("",), ("a question", "--jsonl"), ("x", "--lang", "fr")])
def test_what_cannot_be_asked_says_how(words):
    assert isinstance(ask(*words).exception, ConfigError)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("爸爸打我", "zh_CN"),
        ("my father hits me", "en"),
        ("老师打我 cuo le", "zh_CN"),
        ("my 妈妈 reads my diary every day", "en"),
        ("QQ被盗了怎么办", "zh_CN"),
        ("???", "zh_CN"),
        ("", "zh_CN"),
    ],
)
def test_the_language_is_told_from_the_text(text, language):
    assert language_of(text, ("zh_CN", "en")) == language


@pytest.mark.parametrize(
    "question", ["may I read my daughter's diary", "我家娃的日记我能看吗", "孩子的日记家长能看吗"]
)
def test_whoever_asks_about_their_child_is_answered_as_an_adult(question):
    assert ask(question).stdout == ask(question, "--for", "adult").stdout
    assert ask(question).stdout != ask(question, "--for", "child").stdout


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("我老公打孩子犯法吗", "打孩子是违法的"),
        ("my husband hits our son, is it a crime", "Hitting a child is against the law"),
    ],
)
def test_whoever_speaks_of_husband_or_wife_is_answered_as_an_adult(question, said):
    assert ask(question).stdout.startswith(said)


def test_an_adult_is_offered_what_is_near_in_an_adults_words():
    offered = ask("my husband took her diary and hit the teacher").stdout

    assert "1. A child's diary and chats\n2. Someone hits the child\n" in offered
