"""The commands of operators and authors, as they are typed."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from fake_telegram import FakeTelegram
from ports import free_port
from rich.console import Console
from running import prepare, running, settings_in, the_book
from typer.testing import CliRunner

from bot.app import open_lantern
from bot.cli.checks import tell_checks
from bot.cli.root import COMMANDS, app
from bot.demo import prepare_demo
from bot.doctor.check import Check
from bot.doctor.database import opened
from bot.doctor.examine import examine
from bot.doctor.outward import check_outward
from bot.doctor.port import check_port
from bot.domain.errors import ConfigError, FlowError
from storage import data_keys, inbox
from storage.sealing import new_keys, write_keys

pytestmark = pytest.mark.long

SCHOOL = """\
flow: school
version: 1
starts_at: in_danger
if_silent: {after: 30 minutes, go: went_silent}
states:
  in_danger:
    ask: Is anyone in danger right now?
    answers: {danger: "Yes", unsure: I am not sure, safe: "No"}
    then: {danger: emergency, unsure: emergency, safe: hand_over}
  emergency:
    open_case: emergency
    say: Call {police_number} now.
    then: hand_over
  hand_over:
    open_case: intake
    say: Thank you.
    end: reported
  went_silent:
    open_case: intake
    end: silent
"""
NOWHERE = {"LANTERN_DATABASE": "nowhere.sqlite3", "LANTERN_KEY_FILE": "nowhere.key"}


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def installed(here):
    """A database and a key file where the commands look for them."""
    prepare(settings_in(here))
    return here


def run(command, *words, typed="", env=None):
    return CliRunner().invoke(command, words, input=typed, env={"COLUMNS": "120", **(env or {})})


def lantern(*words, cwd):
    """Run the whole command in a process of its own."""
    return python("from bot.cli import main; main()", *words, cwd=cwd)


def python(script, *words, cwd):
    """Run *script* in a process of its own."""
    root = Path(__file__).parents[2]
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", script, *words],
        cwd=cwd,
        env={
            "PYTHONPATH": str(root),
            "PATH": "",
            "COLUMNS": "120",
            "CACHE_DIRECTORY": os.environ["CACHE_DIRECTORY"],
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


# flows check


def test_a_flow_from_outside_is_proved_beside_ours(here):
    found = run(app, "flows", "check", write(here / "our/school.yaml", SCHOOL))

    assert found.exit_code == 0
    assert found.stdout == "Nothing is wrong with 1 flow in 1 file.\n"


def test_findings_name_the_file_as_it_was_given(here):
    write(here / "our/school.yaml", SCHOOL.replace("safe: hand_over", "safe: hand_ovr"))

    found = run(app, "flows", "check", "our/school.yaml")

    assert found.exit_code == 1
    assert found.stdout.splitlines() == [
        'our/school.yaml:9: F101 there is no state "hand_ovr"; did you mean "hand_over"?',
        "1 finding in 1 file.",
    ]


def test_flows_given_together_may_lead_to_each_other_and_to_ours(here):
    other = SCHOOL.replace("flow: school", "flow: bus").replace(
        "end: reported", "then: school.in_danger!"
    )
    write(here / "our/bus.yaml", other)
    write(here / "our/school.yaml", SCHOOL.replace("end: reported", "then: welcome.hello!"))

    assert "there is no flow" in run(app, "flows", "check", "our/bus.yaml").stdout
    assert run(app, "flows", "check", "our").exit_code == 0


def test_a_flow_of_the_same_name_takes_the_place_of_ours(here):
    rights = SCHOOL.replace("flow: school", "flow: rights")
    path = write(here / "rights.yaml", rights)

    assert run(app, "flows", "check", path).exit_code == 0


def test_a_flow_that_stands_in_two_files_is_found(here):
    write(here / "our/a.yaml", SCHOOL)
    write(here / "our/b.yaml", SCHOOL)

    found = run(app, "flows", "check", "our")

    assert 'our/b.yaml:1: F011 the flow "school" already stands in our/a.yaml' in found.stdout


def test_what_is_not_said_in_a_language_is_found_only_when_asked_for(here):
    path = write(here / "school.yaml", SCHOOL)

    found = run(app, "flows", "check", path, "--lang", "zh_CN")

    assert found.exit_code == 1
    assert f"{path}:7: L101 school.in_danger.ask in zh_CN: not translated" in found.stdout


@pytest.mark.parametrize("text", ["", "- x", "flow: [", "\tx", "a: &b c", "flow: 1"])
def test_whatever_stands_in_a_file_is_a_finding_and_never_a_failure(here, text):
    found = run(app, "flows", "check", write(here / "x.yaml", text))

    assert found.exit_code == 1
    assert "x.yaml:" in found.stdout


def test_a_file_that_is_no_text_is_a_finding(here):
    (here / "x.yaml").write_bytes(b"\xff\xfe\x00")

    assert "x.yaml:1: F001" in run(app, "flows", "check", "x.yaml").stdout


@pytest.mark.parametrize("path", ["nowhere.yaml", "."])
def test_a_path_without_a_flow_is_a_clear_error(path):
    found = run(app, "flows", "check", path)

    assert isinstance(found.exception, ConfigError)


@pytest.mark.rare
def test_all_of_ours_is_proved_with_an_organisations_own_over_it(here):
    write(here / "our/flows/conversations/school.yaml", SCHOOL)

    found = run(app, "flows", "check", "--content", "our", "--lang", "en")
    write(
        here / "our/flows/conversations/school.yaml",
        SCHOOL.replace("hand_over\n  hand", "x\n  hand"),
    )
    broken = run(app, "flows", "check", "--content", "our", "--lang", "en")

    assert found.stdout.startswith("Nothing is wrong with 10 flows in ")
    assert "flows/conversations/school.yaml:13: F101" in broken.stdout
    assert broken.exit_code == 1


# flows show, draw, play, test


def test_a_flow_is_shown_as_a_page_in_every_language(here):
    shown = run(
        app, "flows", "show", "report_a_concern", "--lang", "zh_CN", "--output", "page.html"
    )

    assert shown.stdout == "Wrote page.html.\n"
    assert "现在有人有危险吗" in (here / "page.html").read_text(encoding="utf-8")
    assert run(app, "flows", "show", "rights").stdout.startswith("<!")


def test_a_page_is_not_written_to_a_link_that_leads_to_itself(here):
    (here / "page.html").symlink_to("page.html")
    told = run(app, "flows", "show", "rights", "--output", "page.html")

    assert told.exit_code == 2
    assert told.stderr == "page.html cannot be written (it is a link that leads to itself)\n"


def test_a_flow_is_drawn_as_mermaid_or_svg(here):
    path = write(here / "school.yaml", SCHOOL)

    assert run(app, "flows", "draw", path).stdout.startswith("flowchart TD")
    assert run(app, "flows", "draw", "rights", "--format", "svg").stdout.startswith("<svg")


@pytest.mark.parametrize("command", ["show", "draw", "play"])
@pytest.mark.parametrize("name", ["repot", "nowhere.yaml", ""])
def test_a_flow_that_is_not_there_is_a_clear_error(command, name):
    assert isinstance(run(app, "flows", command, name).exception, ConfigError)


@pytest.mark.parametrize("command", ["show", "draw", "play"])
def test_a_language_that_is_not_there_is_a_clear_error(command):
    found = run(app, "flows", command, "rights", "--lang", "xx")

    assert 'there is no language "xx"' in str(found.exception)


@pytest.mark.usefixtures("installed")
def test_nobody_joins_the_staff_in_a_language_that_is_not_there():
    found = run(app, "staff", "add", "Worker 1", "--lang", "fr")

    assert 'there is no language "fr"' in str(found.exception)
    assert "Worker 1" not in run(app, "staff", "list").output


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("telegram", ["abc", "@worker", "12 34", "٣"])
def test_nobody_is_linked_to_a_telegram_number_that_is_none(telegram):
    added = run(app, "staff", "add", "Worker 1", "--telegram", telegram)

    assert "is not a Telegram number" in str(added.exception)
    assert "Worker 1" not in run(app, "staff", "list").output


@pytest.mark.usefixtures("installed")
def test_a_worker_is_linked_by_a_line_when_the_name_of_the_bot_is_not_known():
    run(app, "staff", "add", "Worker 1")
    linked = run(app, "staff", "link", "Worker 1").output

    assert "Send this line to the bot" in linked
    assert linked.endswith("It is no link, as no LANTERN_TELEGRAM_TOKEN is set for this command.\n")
    assert "/start staff_" in linked
    assert "no LANTERN_TELEGRAM_TOKEN is set for this command" in linked


@pytest.mark.usefixtures("installed")
def test_nobody_is_asked_about_removing_somebody_who_is_not_there():
    removed = run(app, "staff", "remove", "Nobody")

    assert 'there is no "Nobody" on the staff' in str(removed.exception)
    assert "[y/N]" not in removed.output


def test_a_page_that_cannot_be_written_is_a_clear_error():
    found = run(app, "flows", "show", "rights", "--output", "no/such/folder.html")

    assert found.exit_code == 2


def test_a_flow_is_played_in_the_terminal():
    said = "no\n1\n:photo\n:sticker\n:silence\n"
    played = run(app, "flows", "play", "report_a_concern", typed=said)

    assert played.exit_code == 0
    assert "1  Yes, right now" in played.stdout
    assert "Thank you, we have kept this." in played.stdout
    assert "case: intake at urgent" in played.stdout
    assert "ended: silent" in played.stdout


def test_the_author_says_what_comes_of_a_deed():
    said = "river lamp stone bird\nwhat\n1\n:quit\n"
    played = run(app, "flows", "play", "check_on_my_report", typed=said)

    assert "look_up_case: what shall come of it?" in played.stdout
    assert "Choose one of found, not_found, too_often." in played.stdout
    assert "A worker has your report" in played.stdout


def test_a_flow_of_ones_own_is_played_unless_it_has_findings(here):
    sound = write(here / "school.yaml", SCHOOL)
    broken = write(here / "broken.yaml", SCHOOL.replace("safe: hand_over", "safe: x"))

    assert "ended: reported" in run(app, "flows", "play", sound, typed="no\n").stdout
    assert isinstance(run(app, "flows", "play", broken).exception, FlowError)


def test_our_conversations_come_out_as_written_and_walk_everything():
    played = run(app, "flows", "test")

    assert played.exit_code == 0
    assert "not walked" not in played.stdout
    assert ", 0 failed." in played.stdout


def test_a_test_that_fails_is_told_with_its_line(here):
    text = "conversation: A\nflow: rights\nsteps:\n  - hears: Good morning\n"
    played = run(app, "flows", "test", write(here / "a.yaml", text))

    assert played.exit_code == 1
    assert "a.yaml:4: F951" in played.stdout
    assert "1 conversation played, 1 failed." in played.stdout


def test_tests_in_the_wrong_form_are_findings(here):
    played = run(app, "flows", "test", write(here / "a.yaml", "conversation: A\n"))

    assert isinstance(played.exception, FlowError)


# locales


def test_catalogs_are_made_and_checked_in_a_checkout(here):
    write(here / "flows/conversations/school.yaml", SCHOOL)
    (here / "bot").mkdir()

    assert run(app, "locales", "extract", "--root", ".").exit_code == 0
    updated = run(app, "locales", "update", "--root", ".", "--add", "bo")
    checked = run(app, "locales", "check", "--root", ".")

    assert "bo/LC_MESSAGES/messages.po" in updated.stdout
    assert checked.exit_code == 1
    assert "L101" in checked.stdout


@pytest.mark.parametrize("command", ["extract", "update", "check"])
def test_catalogs_are_made_nowhere_else(command, tmp_path):
    found = run(app, "locales", command, "--root", str(tmp_path))

    assert isinstance(found.exception, ConfigError)
    assert list(tmp_path.iterdir()) == []


def test_a_language_that_nobody_speaks_cannot_be_added():
    found = run(app, "locales", "update", "--add", "../x")

    assert "is not the code of a language" in str(found.exception)


# db


def test_a_database_is_upgraded_copied_and_checked(installed):
    assert "has the newest schema already" in run(app, "db", "upgrade").stdout
    copied = run(app, "db", "backup", "copy.sqlite3")
    checked = run(app, "db", "check")

    assert copied.exit_code == 0
    assert (installed / "copy.sqlite3").stat().st_mode & 0o077 == 0
    assert checked.exit_code == 0
    assert "Everything is as it should be." in checked.stdout
    said = "".join(checked.stdout.replace("│", "").split())
    assert f"of{installed / 'lantern.sqlite3'}isthenewest" in said


def test_a_backup_never_overwrites_and_needs_its_folder(installed):
    write(installed / "there.sqlite3", "x")

    assert isinstance(run(app, "db", "backup", "there.sqlite3").exception, ConfigError)
    assert isinstance(run(app, "db", "backup", "no/copy.sqlite3").exception, ConfigError)


def test_a_backup_says_and_removes_what_a_killed_one_left(installed):
    left = installed / ".monday.sqlite3.abcdefgh.part"
    write(left, "")
    os.utime(left, (0, 0))

    copied = run(app, "db", "backup", "copy.sqlite3")

    assert (copied.exit_code, left.exists()) == (0, False)
    assert left.name in "".join(copied.stdout.split())


def test_nothing_is_made_where_there_is_no_database(here):
    assert isinstance(run(app, "db", "backup", "copy.sqlite3", env=NOWHERE).exception, ConfigError)
    assert isinstance(run(app, "db", "check", env=NOWHERE).exception, ConfigError)
    upgraded = run(app, "db", "upgrade", env={"LANTERN_DATABASE": "gone/lantern.sqlite3"})
    assert "look whether its disk is mounted" in str(upgraded.exception)
    assert list(here.iterdir()) == []


def test_an_audit_that_was_changed_is_found(installed):
    with sqlite3.connect(installed / "lantern.sqlite3") as connection:
        connection.execute("INSERT INTO audit VALUES (1, 0, 'a', 'b', 'c', '{}', x'00')")
    connection.close()

    checked = run(app, "db", "check")

    assert checked.exit_code == 1
    assert "line 1 does not follow from the one before" in checked.stdout


def test_a_key_file_that_does_not_fit_is_found(installed):
    with sqlite3.connect(installed / "lantern.sqlite3") as connection:
        connection.execute("INSERT INTO data_keys VALUES ('house', 'k1', zeroblob(60), NULL)")
    connection.close()

    checked = run(app, "db", "check")

    assert checked.exit_code == 1
    assert "1 of 1 data keys" in checked.stdout
    assert "put back the key file" in checked.stdout


@pytest.mark.parametrize("content", [b"this is no database at all", None])
def test_a_file_that_is_no_database_is_a_clear_error(here, content):
    write_keys(new_keys(), here / "lantern.key")
    place = here / "lantern.sqlite3"
    place.mkdir() if content is None else place.write_bytes(content * 100)

    for command in (("check",), ("upgrade",), ("backup", "x.sqlite3")):
        assert isinstance(run(app, "db", *command).exception, ConfigError), command


# chat


def test_no_line_of_the_log_stands_between_the_lines_of_a_talk(tmp_path):
    played = subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat", "--lang", "en"],
        input="my dad hits me\nstop\n",
        env={**os.environ, "TMPDIR": str(tmp_path), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert played.returncode == 0, played.stderr
    [log] = tmp_path.glob("lantern-chat-*.log")
    assert str(log) in played.stdout
    assert "action" not in played.stdout + played.stderr
    assert "hits" not in log.read_text()
    assert "none of our workers can be reached" not in played.stdout


# doctor


def by_name(checks):
    return {check.name: check for check in checks}


async def test_the_doctor_says_what_is_wrong_and_what_to_do_before_anything_is_made(tmp_path):
    checks = by_name(await examine(settings_in(tmp_path)))

    assert checks["key file"].advice.endswith('if there never was one, make it with "lantern init"')
    assert 'make it with "lantern init"' in checks["database"].advice
    assert not checks["staff"].is_well
    assert checks["Telegram"].is_well
    assert checks["port"].is_well
    assert list(tmp_path.iterdir()) == []


async def test_the_doctor_warns_that_nobody_has_tried_whether_an_alert_arrives(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)

    check = by_name(await examine(settings))["alarm path"]

    assert (check.is_well, check.is_warning) == (True, True)
    assert "not tested yet" in check.says
    assert "lantern staff test-alarm" in check.advice


async def test_the_doctor_names_what_was_set_aside(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    before = by_name(await examine(settings))["set aside"]
    async with open_lantern(settings, the_book()) as lantern:
        await lantern.house.database.write(
            lambda tx: inbox.put_aside(tx, "telegram", "1", b"{", error="ValueError", now=0)
        )

    check = by_name(await examine(settings))["set aside"]

    assert not before.advice
    assert (check.says, check.is_warning) == ("1 update could not be taken in", True)
    assert "lantern db set-aside" in check.advice


@pytest.mark.parametrize(
    ("urls", "says"),
    [
        ("", "none: where Telegram is away"),
        ("json://127.0.0.1:9", "on 1 more way"),
        ("json://127.0.0.1:9 json://127.0.0.1:8", "on 2 more ways"),
    ],
)
async def test_the_doctor_looks_whether_staff_are_told_on_another_way(tmp_path, urls, says):
    settings = settings_in(tmp_path, LANTERN_STAFF_ALARM_URLS=urls)

    [check] = await check_outward(settings)

    assert says in check.says
    assert (check.is_well, bool(check.advice)) == (True, not urls)


def test_what_only_has_to_be_looked_at_is_not_told_to_be_as_it_should_be(capsys):
    warning = Check(name="alarm path", says="not tested yet", advice="test it", is_warning=True)

    tell_checks([warning], Console())

    told = capsys.readouterr().out
    assert "look alarm path" in told
    assert "Nothing is wrong, but one thing has to be looked at." in told


async def test_the_doctor_tries_the_token(tmp_path):
    async with FakeTelegram() as fake:
        settings = settings_in(tmp_path, fake)
        prepare(settings)
        well = by_name(await examine(settings))
        wrong = settings.model_copy(update={"telegram_api": f"{fake.base_url}/x"})
        lost = by_name(await examine(wrong))

    assert well["Telegram"].is_well
    assert well["clock"].is_well
    assert well["webhook"].is_well
    assert not lost["Telegram"].is_well
    assert not well["staff"].is_well
    assert "lantern staff link" in well["staff"].advice
    assert well["data keys"].is_well


async def test_the_doctor_says_that_telegram_is_away_and_never_tells_the_token(tmp_path):
    async with FakeTelegram() as fake:
        settings = settings_in(tmp_path, fake)
    checks = by_name(await examine(settings))

    assert "cannot be reached" in checks["Telegram"].says
    assert fake.token not in repr(checks)


async def test_the_doctor_finds_that_the_port_is_taken(tmp_path):
    async with FakeTelegram() as fake:
        port = fake.base_url.rpartition(":")[2].split("/")[0]
        settings = settings_in(tmp_path, LANTERN_LISTEN=f"127.0.0.1:{port}")
        checks = by_name(await examine(settings))

    assert "is taken by another program" in checks["port"].says
    assert "another port" in checks["port"].advice


async def test_the_doctor_tells_the_lantern_of_another_database_from_its_own(tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    async with running(theirs) as run:
        listen = run.address.removeprefix("http://")
        [own] = await check_port(settings_in(theirs, LANTERN_LISTEN=listen))
        [other] = await check_port(settings_in(ours, LANTERN_LISTEN=listen))

    assert (own.is_well, own.says) == (True, f"Lantern answers at {listen}")
    assert not other.is_well
    assert f"another Lantern answers at {listen}" in other.says


@pytest.mark.usefixtures("installed")
def test_the_doctor_tells_people_and_programs_alike():
    told = run(app, "doctor")
    listed = run(app, "doctor", "--json")
    body = json.loads(listed.stdout)

    assert told.exit_code == listed.exit_code == 1
    assert "nobody can be alerted" in told.stdout
    assert body["ok"] is False
    assert {check["name"] for check in body["checks"]} >= {"database", "staff"} - {"database"}


def test_beside_a_demo_the_doctor_looks_at_that_and_finds_nothing_wrong(here):
    prepare_demo(here / "demo", is_fresh=False)

    looked = run(app, "doctor", env={"LANTERN_LISTEN": f"127.0.0.1:{free_port()}"})

    assert f"This is the demo in {here / 'demo'}" in looked.stderr
    assert "Everything is as it should be." in looked.stdout
    assert looked.exit_code == 0


def test_beside_a_demo_the_doctor_looks_at_what_stands_in_its_own_content(here):
    prepare_demo(here / "demo", is_fresh=False)
    write(here / "demo/content/flows/conversations/school.yaml", "flow: [")

    looked = run(app, "doctor")

    assert "school.yaml" in looked.stdout
    assert looked.exit_code == 1


def set_something_aside(folder, raw):
    """Have *raw* lie aside in the database of *folder*; return its id."""
    settings = settings_in(folder)

    async def work(tx):
        await data_keys.make_house_key(tx)
        await inbox.put_aside(tx, "telegram", "7", raw, error="KeyError", now=1)
        return await inbox.all_set_aside(tx)

    async def put():
        async with opened(settings) as database:
            return await database.write(work)

    [aside] = asyncio.run(put())
    return aside.id


def test_what_lies_aside_is_listed_without_what_it_holds(installed):
    aside = set_something_aside(installed, b'{"text": "canary"}')

    listed = run(app, "db", "set-aside")

    assert listed.exit_code == 0
    assert all(word in listed.stdout for word in (aside, "telegram", "KeyError", "1970"))
    assert "canary" not in listed.output


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ('{"text": "我 canary"}'.encode(), '"text": "我 canary"'),
        (b"canary \x1b[2J\xff", r"canary \x1b[2J\xff"),
        ('{"text": "canary \x9b2J"}'.encode(), r"canary \x9b2J"),
    ],
)
def test_what_one_of_it_holds_is_shown_with_a_warning_and_goes_into_the_audit(installed, raw, told):
    aside = set_something_aside(installed, raw)

    shown = run(app, "db", "set-aside", "--show", aside)

    assert told in shown.stdout
    assert "may hold what a contact wrote" in shown.stderr
    with sqlite3.connect(settings_in(installed).database) as connection:
        lines = connection.execute("SELECT actor, action, subject FROM audit").fetchall()
    connection.close()
    assert lines == [("operator", "set_aside_read", aside)]


@pytest.mark.usefixtures("installed")
def test_what_does_not_lie_aside_cannot_be_shown():
    assert run(app, "db", "set-aside").stdout == "Nothing lies aside.\n"
    shown = run(app, "db", "set-aside", "--show", "nothing")
    assert isinstance(shown.exception, ConfigError)


# all of them


@pytest.mark.parametrize(
    "words",
    [
        "flows check",
        "flows show",
        "flows draw",
        "flows play",
        "flows test",
        "locales extract",
        "locales update",
        "locales check",
        "db upgrade",
        "db backup",
        "db check",
        "db set-aside",
        "keys show",
        "keys add",
        "keys move",
        "keys drop",
        "keys put-back",
        "doctor",
    ],
)
def test_every_command_shows_an_example(words):
    helped = run(app, *words.split(), "--help")

    assert helped.exit_code == 0
    assert f" lantern {words}" in helped.stdout
    assert "Example" in helped.stdout


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("flows", "check", "nowhere.yaml"), 2, "there is no file or folder nowhere.yaml"),
        (("flows", "play", "broken.yaml"), 1, "broken.yaml:1: F001"),
        (("db", "check"), 2, 'make it with "lantern init"'),
        (("flows", "nothing"), 2, "No such command"),
    ],
)
def test_every_error_is_one_clear_text_and_never_a_traceback(tmp_path, words, code, told):
    write(tmp_path / "broken.yaml", "x: [")

    ended = lantern(*words, cwd=tmp_path)

    assert ended.returncode == code
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout


def test_the_catalogs_of_the_checkout_are_looked_at():
    checked = run(app, "locales", "check")

    assert checked.stdout.splitlines()[-1].endswith("zh_CN.")


# The list of commands


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_of_each_what_its_own_help_begins_with(name):
    help_ = run(app, name, "--help").output
    lines = [line.strip() for line in help_.splitlines()]
    start = next(place for place, line in enumerate(lines) if line.startswith("Usage:"))
    paragraph = " ".join(lines[start + 1 :]).split("  ")
    assert COMMANDS[name].says in " ".join(" ".join(paragraph).split())
    assert COMMANDS[name].says in " ".join(run(app, "--help").output.replace("│", " ").split())


@pytest.mark.parametrize("words", ["triage train", "poster", "guidance gaps", "doctor", "run"])
def test_the_paragraphs_of_a_help_flow(words):
    lines = run(app, *words.split(), "--help", env={"COLUMNS": "80"}).stdout.splitlines()
    start = next(place for place, line in enumerate(lines) if "Usage:" in line)
    end = next(place for place, line in enumerate(lines) if "Options" in line and "╭" in line)
    said = [line.strip() for line in lines[start + 2 : end]]

    for line, following in pairwise(said):
        first = following.partition(" ")[0]
        fits = line and following and len(line) + 1 + len(first) <= 76
        assert not fits or line.endswith(":"), (line, following)


def loaded(script, *names, cwd):
    """Return which of the modules *names* are there after *script*."""
    tell = f"import sys; print(*sorted({set(names)} & set(sys.modules)), file=sys.stderr)"
    done = python(f"{script}; {tell}", cwd=cwd)
    assert done.returncode == 0
    return done.stderr.split()


def test_looking_at_the_list_of_commands_loads_none_of_them(here):
    script = "from bot.cli.root import app; app(['--help'], standalone_mode=False)"
    assert loaded(script, "sqlalchemy", "telegram", "aiohttp", "bot.app", cwd=here) == []


@pytest.mark.rare
def test_commands_about_the_risk_check_load_what_reads_closely_only_when_it_is_needed(here):
    heavy = ("numpy", "sentencepiece", "bot.close_network", "bot.assessing.studying")
    assert loaded("import bot.cli.triage", *heavy, cwd=here) == []


@pytest.mark.rare
def test_a_start_loads_nothing_that_only_other_commands_need(here):
    heavy = ("alembic", "asyncpg", "apprise", "sqlalchemy.orm", "bot.benching", "bot.doctor")
    assert loaded("import bot.cli.running", *heavy, "aiohttp", "bot.app", cwd=here) == []
    assert loaded("import bot.cli.running, bot.app", *heavy, "aiohttp", cwd=here) == ["aiohttp"]


@pytest.mark.rare
def test_a_demo_loads_nothing_of_telegram_and_nothing_that_makes_schemas(here):
    script = (
        "import bot.cli.beginning; from bot.demo import prepare_demo; from pathlib import Path; "
        "place = Path('demo'); prepare_demo(place, is_fresh=False)"
    )
    heavy = ("telegram", "httpx", "bot.channels.telegram_shapes", "alembic", "asyncpg")
    assert loaded(script, *heavy, cwd=here) == ["alembic", "asyncpg"]
    assert loaded(script, *heavy, cwd=here) == []
