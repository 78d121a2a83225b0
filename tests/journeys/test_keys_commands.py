"""An operator changes the master key, each step a command, on a file and on a server."""

import asyncio
import os
import sqlite3
from contextlib import asynccontextmanager, closing, contextmanager

import pytest
from rows import sql
from typer.testing import CliRunner

from bot.cli import keys_changing
from bot.cli.keys_changing import drop_key, move_all
from bot.cli.root import app
from bot.config import load_settings, spool_folder
from bot.doctor.database import check_database
from bot.domain.errors import ConfigError
from storage import contacts, data_keys
from storage.key_file import changing, replace_keys, without_master
from storage.only_one import only_one
from storage.opening import open_database
from storage.rewrapping import count_by_master
from storage.sealing import new_keys, read_keys, write_keys
from storage.server_url import ServerUrl
from storage.spool import Spool
from storage.spool_folder import ASIDE, ENDING
from storage.upgrade import upgrade

pytestmark = pytest.mark.long

CONTACTS = 12


@pytest.fixture
def settings(where, tmp_path, monkeypatch):
    """An installation in which some people have written."""
    return installed(where, tmp_path, monkeypatch)


def installed(where, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    address = where.whole if isinstance(where, ServerUrl) else str(where)
    monkeypatch.setenv("LANTERN_DATABASE", address)
    monkeypatch.setenv("LANTERN_KEY_FILE", str(tmp_path / "lantern.key"))
    settings = load_settings(os.environ, tmp_path)
    write_keys(new_keys(), settings.key_file)
    in_database(settings, write_contacts)
    return settings


def run(*words, typed=""):
    return CliRunner().invoke(app, ["keys", *words], input=typed)


def in_database(settings, work):
    """Return what *work* gives on the database, opened by a process that begins now."""

    async def opened():
        database = await open_database(settings.database, read_keys(settings.key_file))
        try:
            await database.write(data_keys.make_house_key)
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(opened())


async def write_contacts(database):
    for number in range(CONTACTS):
        await database.write(
            lambda tx, n=number: contacts.make_place(tx, "telegram", f"10{n}", now=1)
        )


def everybody(settings):
    """The addresses of all contacts, each of which is sealed under a data key of its own."""

    async def work(database):
        found = [
            await database.read(lambda tx, n=n: contacts.find_place(tx, "telegram", f"10{n}"))
            for n in range(CONTACTS)
        ]
        return [place.where for place in found]

    return in_database(settings, work)


ALL = [f"10{number}" for number in range(CONTACTS)]


def active_in(settings):
    return read_keys(settings.key_file).active


def wrapped_by(settings):
    """How many data keys each master key wraps."""
    asked = "SELECT master, count(*) FROM data_keys WHERE wrapped IS NOT NULL GROUP BY master"
    return dict(sql(settings.database, asked))


def checks(settings):
    return {check.name: check for check in asyncio.run(check_database(settings))}


@contextmanager
def process_with(settings, keys):
    """A process of Lantern that runs, and has read *keys* when it began."""
    if isinstance(settings.database, ServerUrl):
        with asyncio.Runner() as runner:
            database = runner.run(open_database(settings.database, keys))
            runner.run(database.read(count_by_master))
            yield
            runner.run(database.close())
    else:
        with only_one(settings.database, mark=keys.mark):
            yield


def failed(result):
    """What a command said that could not be done, in one sentence."""
    assert isinstance(result.exception, ConfigError), result.output
    [said] = str(result.exception).splitlines()
    return said


def test_the_key_is_changed_from_the_first_step_to_the_last(settings):
    key = read_keys(settings.key_file).masters["k1"]

    added = run("add")
    new = active_in(settings)
    assert added.stdout.startswith(f"In the database {settings.database}:")
    assert f"Added {new} to the key file" in added.stdout
    assert ("Copy it to each other machine" in added.stdout) is (
        isinstance(settings.database, ServerUrl)
    )
    assert wrapped_by(settings) == {"k1": CONTACTS + 1}
    assert everybody(settings) == ALL

    moved = run("move")
    assert moved.stdout.startswith(f"In the database {settings.database}:")
    assert f"All data keys are opened by {new}." in moved.stdout
    assert "lantern keys drop k1" in moved.stdout
    assert wrapped_by(settings) == {new: CONTACTS + 1}
    assert everybody(settings) == ALL

    dropped = run("drop", "k1", typed="k1\n")
    assert dropped.stdout.startswith(f"In the database {settings.database}:")
    assert "Dropped k1" in dropped.stdout
    assert "as long as you keep those" in " ".join(dropped.stdout.split())
    assert list(read_keys(settings.key_file).masters) == [new]
    assert settings.key_file.stat().st_mode & 0o777 == 0o600
    assert everybody(settings) == ALL
    assert checks(settings)["data keys"].says == f"all {CONTACTS + 1} can be opened"

    in_audit = sql(settings.database, "SELECT action, subject FROM audit ORDER BY number")
    assert in_audit == [("key_added", new), ("data_keys_moved", new), ("key_dropped", "k1")]
    said = added.output + moved.output + dropped.output + run("show").output
    assert key.hex() not in said
    assert not any(word in said for word in settings.key_file.read_text().split('"') if "=" in word)


def test_what_is_there_is_shown_and_never_a_key(settings):
    run("add")
    new = active_in(settings)
    sql(settings.database, "UPDATE data_keys SET master = 'k0' WHERE id = 'house'")

    lines = [" ".join(line.replace("│", " ").split()) for line in run("show").output.splitlines()]

    assert "k0 not in the key file 1 0" in lines
    assert f"k1 {CONTACTS} 0" in lines
    assert f"{new} active 0 0" in lines


def test_what_is_new_is_sealed_by_the_new_key_and_moving_again_finds_nothing(settings):
    run("add")
    in_database(
        settings,
        lambda database: database.write(
            lambda tx: contacts.make_place(tx, "telegram", "2000", now=1)
        ),
    )
    assert wrapped_by(settings) == {"k1": CONTACTS + 1, active_in(settings): 1}

    assert run("move").exit_code == 0
    assert run("move").exit_code == 0
    assert wrapped_by(settings) == {active_in(settings): CONTACTS + 2}


def test_how_the_old_key_had_wrapped_is_nowhere_on_the_disk_then(tmp_path, monkeypatch):
    upgrade(tmp_path / "lantern.sqlite3")
    settings = installed(tmp_path / "lantern.sqlite3", tmp_path, monkeypatch)
    was = [key for (key,) in sql(settings.database, "SELECT wrapped FROM data_keys")]
    with closing(sqlite3.connect(settings.database)) as running:
        running.execute("SELECT count(*) FROM data_keys").fetchall()
        run("add")
        run("move")
        on_disk = b"".join(path.read_bytes() for path in tmp_path.glob("lantern.sqlite3*"))

    assert len(was) == CONTACTS + 1
    assert [key for key in was if key in on_disk] == []


def test_what_is_made_with_an_old_key_meanwhile_is_moved_as_well(settings):
    old = read_keys(settings.key_file)
    run("add")
    late = iter(["0 before all others", "0 and one more"])

    def make_one(_moved):
        if name := next(late, ""):
            master, wrapped = old.wrap(b"0" * 32)
            made = "INSERT INTO data_keys (id, master, wrapped) VALUES (?, ?, ?)"
            sql(settings.database, made, name, master, wrapped)

    async def moved():
        async with opened(settings, read_keys(settings.key_file)) as database:
            return await move_all(database, make_one)

    assert asyncio.run(moved()) == {}
    assert wrapped_by(settings) == {active_in(settings): CONTACTS + 3}


@pytest.mark.parametrize("words", [("move",), ("drop", "k1", "--yes")])
def test_nothing_is_moved_or_dropped_while_a_process_runs_that_began_before(settings, words):
    before = read_keys(settings.key_file)
    run("add")
    new = active_in(settings)
    if words[0] == "drop":
        run("move")

    with process_with(settings, before):
        said = failed(run(*words))
        shown = run("show").output
    assert f"a process of Lantern runs that began before {new} was added" in said
    assert "start it again" in said
    assert "A process of Lantern began before" in shown

    with process_with(settings, read_keys(settings.key_file)):
        assert run(*words).exit_code == 0
        assert "began before" not in run("show").output
    assert everybody(settings) == ALL


def test_no_key_is_added_while_a_process_runs_that_could_not_find_it(settings):
    before = settings.key_file.read_bytes()
    with process_with(settings, new_keys()):
        said = failed(run("add"))

    assert "of an earlier version, or with another key file; start it again" in said
    assert settings.key_file.read_bytes() == before


def test_a_key_may_be_added_while_lantern_runs(settings):
    with process_with(settings, read_keys(settings.key_file)):
        assert run("add").exit_code == 0


def test_a_process_that_began_before_reads_what_one_that_began_since_has_sealed(settings):
    before = read_keys(settings.key_file)
    run("add")
    in_database(
        settings,
        lambda database: database.write(
            lambda tx: contacts.make_place(tx, "telegram", "2000", now=1)
        ),
    )

    async def read():
        async with opened(settings, before) as database:
            return await database.read(lambda tx: contacts.find_place(tx, "telegram", "2000"))

    assert asyncio.run(read()).where == "2000"


@asynccontextmanager
async def opened(settings, keys):
    database = await open_database(settings.database, keys)
    try:
        yield database
    finally:
        await database.close()


def test_a_key_that_is_needed_active_or_unknown_is_not_dropped(settings):
    assert "k1 is the active key" in failed(run("drop", "k1"))
    assert 'no master key "k9"; it has: k1' in failed(run("drop", "k9"))
    run("add")
    assert f"{CONTACTS + 1} data keys need k1; nothing was changed" in failed(run("drop", "k1"))
    assert "k1" in read_keys(settings.key_file).masters


@pytest.mark.parametrize("ending", [ENDING, ASIDE])
def test_a_key_that_the_spool_needs_is_not_dropped(settings, ending):
    folder = spool_folder(settings)
    spool = Spool(folder / "1", read_keys(settings.key_file))
    spool.append([b"somebody wrote while the database was away"])
    spool.close()
    [file] = folder.rglob(f"*{ENDING}")
    file = file.rename(file.with_suffix(ending))
    run("add")
    run("move")

    assert "1 file of the spool needs k1; nothing was changed" in failed(run("drop", "k1", "--yes"))
    assert "k1 0 1" in " ".join(run("show").output.replace("│", " ").split())
    file.unlink()
    assert run("drop", "k1", "--yes").exit_code == 0


def test_what_needs_a_key_since_it_was_asked_for_the_id_keeps_it(settings):
    run("add")
    with pytest.raises(ConfigError, match="data keys need k1; nothing was changed"):
        asyncio.run(drop_key(settings, "k1"))
    assert "k1" in read_keys(settings.key_file).masters


def test_a_key_that_somebody_needs_who_came_while_it_was_dropped_is_put_back(settings, monkeypatch):
    old = read_keys(settings.key_file)
    run("add")
    run("move")
    replaced = keys_changing.replace_keys
    late = iter(["late"])

    def come_late(path, keys):
        if name := next(late, ""):
            master, wrapped = old.wrap(b"0" * 32)
            made = "INSERT INTO data_keys (id, master, wrapped) VALUES (?, ?, ?)"
            sql(settings.database, made, name, master, wrapped)
        replaced(path, keys)

    monkeypatch.setattr(keys_changing, "replace_keys", come_late)
    assert "1 data key needs k1; nothing was changed" in failed(run("drop", "k1", "--yes"))
    assert read_keys(settings.key_file).masters["k1"] == old.masters["k1"]
    assert run("move").exit_code == 0
    assert run("drop", "k1", "--yes").exit_code == 0


def test_an_id_that_is_not_typed_again_drops_nothing(settings):
    run("add")
    run("move")
    before = settings.key_file.read_bytes()

    assert "that is not k1; nothing was changed" in failed(run("drop", "k1", typed="k2\n"))
    assert settings.key_file.read_bytes() == before


def test_what_a_lost_key_wraps_is_named_and_moved_once_it_is_put_back(settings, tmp_path):
    old = tmp_path / "old.key"
    write_keys(read_keys(settings.key_file), old)
    run("add")
    new = active_in(settings)
    with changing(settings.key_file) as keys:
        replace_keys(settings.key_file, without_master(keys, "k1"))
    with pytest.raises(ConfigError, match=r"lacks k1, .* run: lantern keys put-back COPY"):
        everybody(settings)

    assert f"does not open {CONTACTS + 1} of k1; put the file" in failed(run("move"))
    lacking = checks(settings)["data keys"]
    assert not lacking.is_well
    assert "which lacks k1" in lacking.says
    assert "lantern keys put-back" in lacking.advice

    assert run("put-back", str(old)).exit_code == 0
    assert active_in(settings) == new
    older = checks(settings)["data keys"]
    assert older.is_warning
    assert f"{CONTACTS + 1} of them by k1, which is not active" in older.says
    assert "lantern keys move" in older.advice
    assert run("move").exit_code == 0
    assert everybody(settings) == ALL


def test_a_copy_is_put_back_from_a_stick_that_knows_no_rights(settings, tmp_path):
    stick = tmp_path / "stick.key"
    stick.write_bytes(settings.key_file.read_bytes())
    stick.chmod(0o755)
    run("add")
    run("move")
    run("drop", "k1", "--yes")

    assert run("put-back", str(stick)).exit_code == 0
    assert read_keys(settings.key_file).masters.keys() == {"k1", active_in(settings)}
    assert settings.key_file.stat().st_mode & 0o777 == 0o600


def test_a_key_file_of_another_lantern_is_not_put_back(settings, tmp_path):
    write_keys(new_keys(), tmp_path / "other.key")
    before = settings.key_file.read_bytes()

    told = failed(run("put-back", str(tmp_path / "other.key")))
    assert "belongs to another Lantern" in told
    assert "put it in place of that one" in told
    assert settings.key_file.read_bytes() == before


def test_a_copy_that_is_not_there_is_not_taken_for_the_key_file(settings, tmp_path):
    told = failed(run("put-back", str(tmp_path / "nowhere.key")))

    assert told.startswith(f"there is no copy {tmp_path / 'nowhere.key'}; is the stick")
    assert settings.key_file.exists()


@pytest.mark.parametrize("words", ["show", "add", "move", "drop k1"])
def test_a_missing_key_file_is_one_clear_sentence(settings, words):
    settings.key_file.unlink()
    assert ".key is missing; put its copy back" in failed(run(*words.split()))


@pytest.mark.parametrize("words", ["add", "move"])
def test_a_key_file_of_another_database_changes_nothing(settings, words):
    settings.key_file.unlink()
    write_keys(new_keys(), settings.key_file)
    before, was = settings.key_file.read_bytes(), wrapped_by(settings)
    told = failed(run(words))

    assert "that this database was written with" in told or "with another key file" in told
    assert settings.key_file.read_bytes() == before
    assert wrapped_by(settings) == was
