"""An organisation's own flows and locales, over Lantern's."""

import re
from contextlib import nullcontext
from datetime import date

import pytest
from rights import without_rights
from running import prepare, settings_in
from typer.testing import CliRunner

from bot.app import open_lantern
from bot.authoring.proofs import prove_everything
from bot.building import read_book, rules_as_they_run
from bot.cli.root import app
from bot.content import (
    Content,
    content_root,
    read_content,
    read_directory_texts,
    read_text,
)
from bot.desk.helplines import read_helplines
from bot.desk.places import Known, add_place
from bot.doctor.strays import check_strays
from bot.domain.errors import ConfigError, Finding, FlowError
from bot.risk_check import read_triage
from bot.strays import find_strays

pytestmark = pytest.mark.rare

WELCOME = "flows/conversations/welcome.yaml"
ORGANISATION = "flows/directory/organisation.yaml"
PLACES = "flows/directory/places.yaml"
CATALOG = "locales/zh_CN/LC_MESSAGES/messages.po"
PAGE = "locales/zh_CN/guidance/bullying.md"


@pytest.fixture
def book(tmp_path):
    """A book in which one English sentence is the organisation's own, and has no Chinese."""
    changed = read_content().texts[WELCOME].replace("Who is writing?", "Who writes to us?")
    own = tmp_path / "own" / WELCOME
    own.parent.mkdir(parents=True)
    own.write_text(changed, encoding="utf-8")
    return read_book(tmp_path / "own")


@pytest.mark.rare
@pytest.mark.parametrize(
    ("flow", "name", "kind"),
    [
        ("talk_to_a_person", "what_about", "question"),
        ("report_a_concern", "both", "answer"),
    ],
)
def test_a_name_that_the_desk_relies_on_is_missed_when_it_is_renamed(tmp_path, flow, name, kind):
    file = f"flows/conversations/{flow}.yaml"
    renamed = re.sub(rf"\b{name}(?=:)", f"{name}_2", read_content().texts[file])
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(renamed.replace(f": {name}\n", f": {name}_2\n"), encoding="utf-8")

    found = [each for each in prove_everything((), tmp_path).findings if each.code == "F112"]

    assert [each.text.partition(",")[0] for each in found] == [f'the {kind} "{name}"']


async def test_it_does_not_start_when_an_own_sentence_would_take_a_language_away(tmp_path, book):
    settings = settings_in(tmp_path)
    prepare(settings)

    with pytest.raises(ConfigError, match="language zh_CN is not complete"):
        async with open_lantern(settings, book):
            pass


async def test_a_language_that_is_not_complete_can_be_left_out(tmp_path, book):
    settings = settings_in(tmp_path, LANTERN_LANGUAGES="en")
    prepare(settings)

    async with open_lantern(settings, book) as lantern:
        assert lantern.house.languages == ("en",)


def test_a_folder_that_cannot_be_read_is_a_finding_and_not_left_out(tmp_path):
    folder = (tmp_path / ORGANISATION).parent
    folder.mkdir(parents=True)
    folder.chmod(0)

    with without_rights():
        found = read_content(tmp_path).findings
        with pytest.raises(FlowError, match="F001 the folder cannot be read"):
            read_directory_texts(tmp_path)
    folder.chmod(0o700)

    assert any(each.file.startswith(str(tmp_path)) and each.code == "F001" for each in found)


def test_a_file_that_lantern_may_not_read_is_told_as_that(tmp_path):
    path = put(tmp_path, ORGANISATION, "names: {en: Ours}")
    path.chmod(0)

    with without_rights(), pytest.raises(FlowError, match=r"Permission denied.*Lantern's user"):
        read_text(path)


@pytest.mark.parametrize("broken", ["flows", "flows/directory", ORGANISATION])
def test_a_link_that_leads_nowhere_is_a_finding_and_not_left_out(tmp_path, broken):
    (tmp_path / broken).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / broken).symlink_to("nowhere")

    (found,) = read_content(tmp_path).findings

    assert (found.file, found.code) == (str(tmp_path / broken), "F001")


def test_texts_behind_a_link_to_a_folder_are_read(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/organisation.yaml").write_text("our own", encoding="utf-8")
    (tmp_path / "elsewhere/back").symlink_to(tmp_path / "flows")
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/directory").symlink_to(tmp_path / "elsewhere")

    read = read_content(tmp_path)

    assert (read.texts[ORGANISATION], read.findings) == ("our own", ())


def put(own, file, content):
    path = own / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("file", ["helplines.yaml", "places.yaml", "organisation.yaml"])
def test_a_file_of_the_directory_in_another_charset_is_the_one_finding(tmp_path, file):
    name = f"flows/directory/{file}"
    path = put(tmp_path, name, f"# 凯里\n{read_content().texts[name]}".encode("gbk"))

    for read in (read_book, read_helplines):
        with pytest.raises(FlowError) as caught:
            read(tmp_path)
        assert [(each.file, each.code) for each in caught.value.findings] == [(str(path), "F001")]


def test_no_place_is_added_to_a_file_in_another_charset(tmp_path):
    path = put(tmp_path, PLACES, "places: {}  # 凯里\n".encode("gbk"))

    with pytest.raises(FlowError, match="F001 the file cannot be read as UTF-8 text"):
        add_place("aid", Known(checked_on=date(2026, 11, 1)), tmp_path)

    assert path.read_bytes().decode("gbk") == "places: {}  # 凯里\n"


@pytest.mark.parametrize("file", ["concepts.yaml", "levels.yaml", "signals_own.yaml", "pinyin.tsv"])
def test_a_file_of_the_risk_check_in_another_charset_is_the_one_finding(tmp_path, file):
    path = put(tmp_path, f"flows/triage/{file}", "# 凯里".encode("gbk"))

    with pytest.raises(FlowError) as caught:
        read_book(tmp_path)

    assert [(each.file, each.code) for each in caught.value.findings] == [(str(path), "F001")]


@pytest.mark.parametrize("read", [read_triage, rules_as_they_run])
def test_the_risk_check_does_not_run_without_a_file_of_its_own(tmp_path, read):
    put(tmp_path, "flows/triage/signals_own.yaml", "# 凯里".encode("gbk"))

    with pytest.raises(FlowError, match=r"signals_own\.yaml:1: F001"):
        read(tmp_path)


@pytest.mark.parametrize("file", [CATALOG, PAGE, WELCOME, ORGANISATION])
def test_the_mark_that_some_editors_put_before_a_text_is_none_of_it(tmp_path, file):
    put(tmp_path, file, f"\ufeff{read_content().texts[file]}")

    assert read_content(tmp_path).texts == read_content().texts
    assert read_directory_texts(tmp_path) == read_directory_texts()


@pytest.mark.parametrize("file", [CATALOG.replace(".po", ".mo"), "flows/Thumbs.db"])
def test_what_programs_leave_beside_a_text_keeps_nobody_from_starting(tmp_path, file):
    put(tmp_path, CATALOG, read_content().texts[CATALOG])
    put(tmp_path, file, b"\xde\x12\x04\x95\xff")

    assert file not in read_book(tmp_path).content.texts


def test_a_link_of_a_program_that_leads_nowhere_keeps_nobody_from_starting(tmp_path):
    put(tmp_path, CATALOG, read_content().texts[CATALOG])
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/backup.mo").symlink_to("nowhere")

    assert read_content(tmp_path).findings == ()


@pytest.mark.rare
@pytest.mark.parametrize(
    ("name", "misspelt"), [("levels", "level"), ("alarm", "Alarm"), ("modifiers", "modifier")]
)
def test_a_file_of_the_risk_check_under_another_name_is_a_finding(tmp_path, name, misspelt):
    text = read_content().texts[f"flows/triage/{name}.yaml"]
    put(tmp_path, f"flows/triage/{misspelt}.yaml", text)

    with pytest.raises(FlowError, match=f'T101 "{name}" has no meaning here'):
        read_book(tmp_path)


def test_nothing_runs_without_a_folder_in_which_rules_may_lie(tmp_path):
    folder = tmp_path / "flows/triage"
    folder.mkdir(parents=True)
    folder.chmod(0)

    with without_rights():
        content = read_content(tmp_path)
    folder.chmod(0o700)

    with pytest.raises(FlowError, match="F001 the folder cannot be read"):
        content.check_read("flows/triage")


@pytest.mark.parametrize(
    ("unread", "is_needed"),
    [
        *(("flows", True), ("flows/triage", True), ("flows/triage/ours", True)),
        *(("flows/triage/a.yaml", True), ("flows/triage.yaml", False)),
        ("flows/directory", False),
        ("flows/triage/old/a.yaml", False),
    ],
)
def test_only_what_may_hold_rules_must_be_read_for_them(unread, is_needed):
    finding = Finding(file=unread, line=1, code="F001", text="it cannot be read")
    content = Content(texts={}, unread={unread: finding})

    with pytest.raises(FlowError) if is_needed else nullcontext():
        content.check_read("flows/triage")


@pytest.mark.parametrize(
    ("file", "meant"),
    [
        ("flows/directory/helplines.yml", "flows/directory/helplines.yaml"),
        ("flows/directory/Helplines.YAML", "flows/directory/helplines.yaml"),
        ("flows/directory/organization.yaml", "flows/directory/organisation.yaml"),
        ("flows/directory/backup/helplines.yaml", "flows/directory/helplines.yaml"),
        ("flows/helplines.yaml", "flows/directory/helplines.yaml"),
        ("flows/guidance/our-topic.yaml", "flows/guidance/our_topic.yaml"),
        ("locales/en/guidance/our-topic.md", "locales/en/guidance/our_topic.md"),
        ("locales/zh-CN/guidance/bullying.md", "locales/zh_CN/guidance/bullying.md"),
        ("flows/conversations/our.yml", "flows/conversations/our.yaml"),
        ("flows/learning/extra.yaml", ""),
        ("locales/en/LC_MESSAGES/messages.po", ""),
        ("flows/notes.txt", ""),
    ],
)
def test_a_file_that_nobody_reads_is_a_finding(tmp_path, file, meant):
    put(tmp_path, file, "x: y")

    [found] = find_strays(tmp_path)

    assert (found.file, found.code) == (file, "F013")
    assert (f'did you mean "{meant}"?' in found.text) if meant else "mean" not in found.text


def test_nobody_is_told_of_files_that_are_read_or_that_programs_leave(tmp_path):
    put(tmp_path, ORGANISATION, "x: y")
    for file in ("flows/Thumbs.db", f"{ORGANISATION}~", CATALOG.replace(".po", ".mo")):
        put(tmp_path, file, b"\xff")

    assert list(find_strays(tmp_path)) == []
    assert list(find_strays(content_root())) == []


@pytest.mark.rare
def test_the_check_tells_of_a_file_that_nobody_reads_and_so_does_the_doctor(tmp_path):
    assert [each.says for each in check_strays(tmp_path)] == ["each is read"]
    put(tmp_path, "flows/directory/helplines.yml", "x: y")

    assert [each.code for each in prove_everything((), tmp_path).findings] == ["F013"]
    [looked] = check_strays(tmp_path)
    assert (looked.says, looked.is_warning) == ("nobody reads flows/directory/helplines.yml", True)
    assert check_strays(None) == []


@pytest.mark.rare
def test_an_own_flow_in_a_second_file_keeps_lantern_from_starting(tmp_path):
    text = read_content().texts["flows/conversations/talk_to_a_person.yaml"]
    put(tmp_path, "flows/conversations/a_person.yaml", text)

    with pytest.raises(FlowError, match=r"F011 the flow .* already stands in") as caught:
        read_book(tmp_path)

    proved = prove_everything((), tmp_path).findings
    assert [each.code for each in (*caught.value.findings, *proved)] == ["F011", "F011"]


def command(*words):
    return CliRunner().invoke(app, words, env={"COLUMNS": "200"})


@pytest.mark.rare
@pytest.mark.parametrize(
    ("file", "words"),
    [
        (WELCOME, "flows check"),
        (WELCOME, "flows show welcome"),
        ("flows/directory/helplines.yaml", "directory"),
        ("flows/directory/helplines.yaml", "directory checked police"),
        ("flows/directory/helplines.yaml", "directory place remove aid"),
        ("flows/guidance/laws.yaml", "ask why"),
        ("flows/triage/signals.yaml", "triage check hello"),
    ],
)
def test_every_command_reads_the_texts_that_the_file_of_settings_names(
    tmp_path, monkeypatch, file, words
):
    (tmp_path / "own" / file).parent.mkdir(parents=True)
    (tmp_path / "own" / file).write_text("broken: [", encoding="utf-8")
    (tmp_path / "lantern.toml").write_text('content = "own"', encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    found = command(*words.split())

    assert f"{file}:" in found.output + str(found.exception)


@pytest.mark.parametrize("words", ["flows check", "directory", "ask why"])
def test_a_command_takes_no_folder_in_which_something_else_is(tmp_path, words):
    (tmp_path / "directory").mkdir()

    found = command(*words.split(), "--content", str(tmp_path))

    assert "has neither flows/ nor locales/ in it" in str(found.exception)
