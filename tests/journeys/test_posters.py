"""Posters and pocket cards, as an organisation prints them."""

import re
import resource
import subprocess
import zlib
from dataclasses import replace

import pytest
import segno
from running import the_book
from typer.testing import CliRunner

from bot.cli.root import app
from bot.domain.errors import ConfigError
from bot.posters.draw import SIZES, draw, lay_out
from bot.posters.order import Order, faults_of, telegram_name
from bot.posters.paper import QUIET, Paper
from bot.posters.words import words_for

pytestmark = pytest.mark.rare

URL = "https://lantern.example.org"
GIVES_AWAY = (
    "虐待",
    "家暴",
    "性侵",
    "自杀",
    "举报",
    "受害",
    "abuse",
    "violence",
    "suicide",
    "victim",
)
LANGUAGES = ("zh_CN", "en")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def poster(*words, env=None):
    return CliRunner().invoke(app, ["poster", *words], env=env)


def words(language="zh_CN", *, url=URL, telegram="lantern_bot"):
    book = the_book()
    return words_for(book.directory, book.wording, language, url=url, telegram=telegram)


def streams(pdf):
    """What is drawn, as the PDF spells it."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return [_inflated(each) for each in found]


def _inflated(content):
    try:
        return zlib.decompress(content)
    except zlib.error:
        return content


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_where_to_ask_and_whom_to_call_and_gives_nobody_away(language):
    printed = words(language)
    everything = " ".join(
        [*map(str, (printed.title, printed.ask, printed.for_whom, printed.learn))]
        + [line.told for line in printed.lines]
    )

    assert [line.number for line in printed.lines] == ["110", "120", "12356", "12345"]
    assert printed.telegram.endswith("@lantern_bot")
    assert printed.organisation in {"小橘灯", "Lantern"}
    assert not [word for word in GIVES_AWAY if word in everything]


def test_a_number_that_is_not_answered_all_night_says_so():
    crisis = words("en").lines[2]

    assert "not all night; at night call 110 or 120" in crisis.told


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Mental health line (at night 110)"), ("zh_CN", "心理援助热线（夜里打110）")],
)
def test_a_card_says_what_to_call_at_night_where_a_line_is_not_answered(language, told):
    police, _, crisis, government = words(language).lines

    assert crisis.short == told
    assert (police.short, government.short) == (police.name, government.name)


@pytest.mark.parametrize(("size", "box"), [("A4", (595.28, 841.89)), ("A6", (297.64, 419.53))])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_page_of_its_size_with_its_font_embedded(language, size, box):
    pdf = draw(words(language), language, size)

    [found] = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert tuple(map(float, found)) == box
    assert pdf.startswith(b"%PDF-")
    assert b"/FontFile3" in pdf
    assert len(pdf) < 200_000


@pytest.mark.parametrize("size", SIZES)
def test_the_longest_name_and_address_still_fit(size):
    long = words(url=f"https://{'lantern.' * 13}org/", telegram="l" * 32)

    paper = lay_out(long, "zh_CN", size)
    paper.close()

    assert paper.y <= paper.height


def with_more(printed, *, lines=2, hours=""):
    """Return the words with so many more lines, all of them with *hours*."""
    line = printed.lines[2]
    more = [replace(line, told=f"{line.told} {hours}", short=f"{line.short} {hours}")] * lines
    return replace(printed, lines=[*printed.lines, *more], read_by=f"{printed.read_by} {hours}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_what_is_a_little_more_is_printed_smaller_and_stays_on_the_page(size, language):
    more = with_more(words(language), hours="Monday to Friday 9 to 12 and 14 to 17")
    paper = lay_out(more, language, size)
    paper.close()

    assert paper.room + 0.01 >= 0


@pytest.mark.parametrize(
    ("size", "advice"),
    [("A6", "or print it with --size A4"), ("A4", "shorten the hours")],
)
def test_what_does_not_fit_is_refused_with_how_much_it_is_too_long(size, advice):
    long = with_more(
        words(), lines=6, hours="星期一到星期五上午9点到12点、下午2点到6点，节假日除外" * 4
    )

    with pytest.raises(ConfigError) as refused:
        draw(long, "zh_CN", size)

    [fault] = refused.value.faults
    assert re.match(rf"--size: what is to be printed is \d+ mm too long for {size};", fault)
    assert advice in fault


@pytest.mark.parametrize("telegram", ["", "lantern_bot"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_page_is_full_down_to_its_margin(size, language, telegram):
    paper = lay_out(words(language, telegram=telegram), language, size)
    paper.close()

    assert 0 <= paper.room + 0.01 < 1


def test_the_code_leads_to_the_address():
    paper = Paper(width=105, height=148, margin=7, title="t", language="en")
    paper.code(URL, 40)
    drawn = max(streams(paper.finish()), key=lambda each: each.count(b" re f"))
    boxes = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) -?([\d.]+) re f", drawn)

    rows = [bytes(row) for row in segno.make_qr(URL, error="q").matrix]
    module = 40 / (len(rows) + 2 * QUIET)
    dark = sum(round(float(width) / 72 * 25.4 / module) for _, _, width, _ in boxes)
    assert dark == sum(sum(row) for row in rows)


@pytest.mark.rare
def test_what_is_printed_can_be_read(here):
    assert poster("--lang", "zh_CN", "--url", URL, "--out", "p.pdf").exit_code == 0

    found = subprocess.run(["pdftotext", "p.pdf", "-"], capture_output=True, check=True)  # noqa: S607

    assert "想问就问" in found.stdout.decode()
    assert URL in found.stdout.decode()
    assert here


def test_the_command_writes_a_file_and_says_which(here):
    done = poster("--lang", "en", "--url", URL, "--telegram", "@lantern_bot", "--size", "a6")

    assert (done.exit_code, done.stdout) == (0, "Wrote lantern-A6-en.pdf.\n")
    assert (here / "lantern-A6-en.pdf").read_bytes().startswith(b"%PDF-")


def test_the_address_and_the_name_come_from_the_settings(here):
    env = {"LANTERN_PUBLIC_ADDRESS": URL, "LANTERN_ORGANISATION": "凯里社工中心"}

    assert poster("--out", "p.pdf", env=env).exit_code == 0
    assert (here / "p.pdf").exists()


def test_the_help_shows_examples():
    shown = CliRunner().invoke(app, ["poster", "--help"], env={"COLUMNS": "200"}).stdout

    assert "lantern poster --lang zh_CN --url https://lantern.example.org" in shown
    for option in ("--lang", "--url", "--telegram", "--size", "--out"):
        assert option in shown


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"url": ""}, "--url: say where the web chat is"),
        ({"url": "lantern.example.org"}, "is not an address"),
        ({"url": "ftp://lantern.example.org"}, "is not an address"),
        ({"url": "https://"}, "is not an address"),
        ({"url": "https://a b.org"}, "is not an address"),
        ({"url": "https://user:password@example.org"}, "is not an address"),
        ({"url": "https://example.org:port"}, "is not an address"),
        ({"url": f"{URL}/{'x' * 120}"}, "at most 120 characters"),
        ({"url": "http://127.0.0.1:8440"}, "127.0.0.1 is reached from this computer only"),
        ({"url": "http://localhost:8440"}, "localhost is reached from this computer only"),
        ({"url": "http://[::1]:8440"}, "::1 is reached from this computer only"),
        ({"url": "http://0.0.0.0:8440"}, "0.0.0.0 is reached from this computer only"),
        ({"url": "http://192.168.1.7"}, "192.168.1.7 is reached from this house's network only"),
        ({"url": "http://lantern"}, "lantern is reached from this house's network only"),
        ({"url": "http://lantern.local:8440"}, "from this house's network only"),
        ({"url": "https://lantern.lan./"}, "from this house's network only"),
        ({"url": "https://chat.internal"}, "from this house's network only"),
        ({"url": "https://chat.home.arpa"}, "from this house's network only"),
        ({"url": "http://100.64.1.2"}, "from this house's network only"),
        ({"url": "https://.."}, "is not an address"),
        ({"url": "https://lantern..org"}, "is not an address"),
        ({"url": "https://-lantern.org"}, "is not an address"),
        ({"url": "http://127.1"}, "is not an address"),
        ({"url": "http://0x7f.1"}, "is not an address"),
        ({"language": "xx"}, 'there is no language "xx"; there are zh_CN, en'),
        ({"telegram": "@no"}, "is not a name on Telegram"),
        ({"size": "A3"}, "there are A4, A6"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(changed, says):
    order = {"language": "zh_CN", "url": URL, "telegram": "", "size": "A4", **changed}

    [fault] = faults_of(Order(**order), LANGUAGES)

    assert says in fault


@pytest.mark.rare
def test_a_trial_may_be_printed_with_an_address_of_this_computer(here):
    words = ("--url", "http://127.0.0.1:8440", "--out", "p.pdf")

    refused = poster(*words)
    printed = poster(*words, "--trial")

    assert "from no family's phone" in str(refused.exception)
    assert printed.exit_code == 0
    assert (here / "p.pdf").exists()


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(here):
    done = poster("--lang", "xx", "--url", "nowhere", "--size", "A3")

    assert isinstance(done.exception, ConfigError)
    assert len(done.exception.faults) == 3
    assert not list(here.glob("*.pdf"))


def test_a_file_that_cannot_be_written_is_said(here):
    done = poster("--url", URL, "--out", "no/such/folder/p.pdf")

    assert isinstance(done.exception, ConfigError)
    assert "no/such/folder/p.pdf cannot be written (No such file or directory)" in str(
        done.exception
    )
    assert here


def test_a_link_that_leads_to_itself_is_said(here):
    (here / "p.pdf").symlink_to("p.pdf")
    done = poster("--url", URL, "--out", "p.pdf")

    assert isinstance(done.exception, ConfigError)
    assert "p.pdf cannot be written (it is a link that leads to itself)" in str(done.exception)


def test_where_there_is_no_room_the_poster_from_before_stays(here):
    assert poster("--url", URL, "--out", "p.pdf").exit_code == 0
    old = (here / "p.pdf").read_bytes()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        done = poster("--url", URL, "--out", "p.pdf")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert "p.pdf cannot be written (File too large)" in str(done.exception)
    assert [path.read_bytes() for path in here.iterdir()] == [old]


def test_a_name_on_telegram_may_be_written_with_or_without_its_sign():
    assert telegram_name("@lantern_bot") == telegram_name("lantern_bot") == "lantern_bot"
