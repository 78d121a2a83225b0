"""What an operator sets, and what they are told when it is wrong."""

from pathlib import Path

import pytest

from bot.config import Settings, load_settings, spool_folder
from bot.domain.errors import ConfigError
from bot.setting_values import Endpoint

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFake"


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def write(folder: Path, text: str, name: str = "lantern.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def faults_of(environ: dict[str, str], folder: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load_settings(environ, folder)
    return caught.value.faults


def test_nothing_set_is_a_lantern_on_this_machine_only(folder):
    settings = load_settings({}, folder)

    assert settings.telegram_token is None
    assert settings.telegram_api == "https://api.telegram.org"
    assert settings.telegram_webhook == ""
    assert settings.database == folder / "lantern.sqlite3"
    assert settings.key_file == folder / "lantern.key"
    assert settings.listen == Endpoint("127.0.0.1", 8440)
    assert settings.public_address == "http://127.0.0.1:8440"
    assert settings.languages == ("zh_CN", "en")
    assert settings.content is None
    assert settings.log_level == "info"


def test_the_file_in_the_working_directory_is_read(folder):
    write(folder, 'languages = "en"\norganisation = "凯里社工"')

    settings = load_settings({}, folder)

    assert (settings.languages, settings.organisation) == (("en",), "凯里社工")


def test_the_file_that_is_named_is_read_instead_of_the_usual_one(folder):
    write(folder, 'languages = "en"')
    named = write(folder, 'languages = ["zh_CN"]', "other.toml")

    assert load_settings({"LANTERN_CONFIG": str(named)}, folder).languages == ("zh_CN",)


def test_the_environment_wins_over_the_file(folder):
    write(folder, 'listen = "127.0.0.1:1"\nlanguages = "en"')

    settings = load_settings({"LANTERN_LISTEN": "[::1]:9000"}, folder)

    assert settings.listen == Endpoint("::1", 9000)
    assert settings.public_address == "http://[::1]:9000"
    assert settings.languages == ("en",)


def test_an_empty_variable_is_as_good_as_none(folder):
    assert load_settings({"LANTERN_LANGUAGES": ""}, folder).languages == ("zh_CN", "en")


def test_other_programs_variables_are_not_looked_at(folder):
    assert load_settings({"LISTEN": "nonsense", "HOME": "/"}, folder).listen.port == 8440


def test_the_first_language_stays_the_first(folder):
    settings = load_settings({"LANTERN_LANGUAGES": "en, zh_CN,en"}, folder)

    assert settings.languages == ("en", "zh_CN")


def test_everywhere_is_reached_as_localhost(folder):
    settings = load_settings({"LANTERN_LISTEN": "0.0.0.0:80"}, folder)

    assert settings.public_address == "http://localhost"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://Lantern.Example.org/", "https://lantern.example.org"),
        ("HTTPS://lantern.example.org:443", "https://lantern.example.org"),
        ("http://lantern.example.org:80", "http://lantern.example.org"),
        ("https://lantern.example.org:8443", "https://lantern.example.org:8443"),
        ("https://小橘灯.example.org", "https://xn--yet654awve.example.org"),
        ("http://[::1]:8440", "http://[::1]:8440"),
    ],
)
def test_where_the_pages_are_is_known_as_browsers_send_it(folder, written, sent):
    assert load_settings({"LANTERN_PUBLIC_ADDRESS": written}, folder).public_address == sent


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("sqlite:///data/x.sqlite3", "data/x.sqlite3"),
        ("sqlite:////srv/x.sqlite3", "/srv/x.sqlite3"),
        ("x.sqlite3", "x.sqlite3"),
        ("postgres/x:y.sqlite3", "postgres/x:y.sqlite3"),
    ],
)
def test_a_database_is_a_file_or_an_sqlite_address(folder, written, path):
    assert load_settings({"LANTERN_DATABASE": written}, folder).database == folder / path


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("TELEGRAM_TOKEN", "123456789", "is not a bot token"),
        ("TELEGRAM_API", "api.telegram.org", "is not an address"),
        ("TELEGRAM_WEBHOOK", "lantern.example.org", "is not an address"),
        ("PUBLIC_ADDRESS", "lantern.example.org", "is not an address"),
        ("PUBLIC_ADDRESS", "https://example.org/lantern", "without a path"),
        ("PUBLIC_ADDRESS", "https://me@example.org", "without a path"),
        ("PUBLIC_ADDRESS", f"https://{'长' * 99}.org", "is not the name of a host"),
        ("DATABASE", "mysql://h/lantern", "is neither a file nor an address"),
        ("DATABASE", "postgresql:/me:secret@h/lantern", "is neither a file nor an address"),
        ("DATABASE", "postgresql:me:secret@h", "is neither a file nor an address"),
        ("DATABASE", "postgresql//me:secret@h", "is neither a file nor an address"),
        ("DATABASE", "sqlite:/srv/x.sqlite3", "is neither a file nor an address"),
        ("DATABASE", "host=h user=me password=secret", "is neither a file nor an address"),
        ("KEY_FILE", " ", "names no file"),
        ("LISTEN", "8440", "is not a host and a port"),
        ("LISTEN", "localhost:http", "could not be cast"),
        ("LANGUAGES", "zh_TW", 'there is no language "zh_TW"; did you mean "zh_CN"?'),
        ("LANGUAGES", ",", "names no language"),
        ("STAFF_ALARM_URLS", "json://h nonsense", "number 2 is no address that Apprise knows"),
        ("STAFF_ALARM_URLS", "x mailto://", "numbers 1 and 2 are no addresses that Apprise knows"),
        ("LOG_LEVEL", "loud", "must be 'debug', 'info', 'warning' or 'error'"),
    ],
)
def test_a_fault_names_the_setting_and_says_what_is_wrong(folder, variable, value, says):
    (fault,) = faults_of({f"LANTERN_{variable}": value}, folder)

    assert fault.startswith(f"LANTERN_{variable}: ")
    assert says in fault
    assert "secret" not in fault
    assert "for example " in fault


def test_all_faults_are_told_at_once_one_line_each(folder):
    write(folder, 'key_fil = "x"\ndatabase = true\norganisation = ["a"]')

    environ = {"LISTEN": "x", "LISSEN": "y", "STAFF_ALARM_URLS": "nonsense://secret"}

    faults = faults_of({f"LANTERN_{name}": value for name, value in environ.items()}, folder)

    assert [fault.partition(":")[0] for fault in faults] == [
        "key_fil in lantern.toml",
        "LANTERN_LISSEN",
        "database in lantern.toml",
        "LANTERN_LISTEN",
        "LANTERN_STAFF_ALARM_URLS",
        "organisation in lantern.toml",
    ]
    assert all("\n" not in fault for fault in faults)


def test_an_unknown_setting_is_answered_with_the_nearest_known_one(folder):
    write(folder, 'key_fil = "x"')

    assert faults_of({"LANTERN_LISTENS": "x"}, folder) == (
        'key_fil in lantern.toml: there is no such setting; did you mean "key_file"?',
        'LANTERN_LISTENS: there is no such setting; did you mean "LANTERN_LISTEN"?',
    )


def test_a_variable_in_the_file_is_answered_with_how_the_file_spells_it(folder):
    write(folder, 'LANTERN_KEY_FILE = "x"')

    assert faults_of({}, folder) == (
        'LANTERN_KEY_FILE in lantern.toml: there is no such setting; did you mean "key_file"?',
    )


def test_a_webhook_without_a_token_is_a_fault(folder):
    (fault,) = faults_of({"LANTERN_TELEGRAM_WEBHOOK": "https://lantern.example.org"}, folder)

    assert fault.startswith("LANTERN_TELEGRAM_WEBHOOK: needs LANTERN_TELEGRAM_TOKEN")


@pytest.mark.parametrize("address", ["http://lantern.example.org", "https://lantern.example.org:9"])
def test_telegram_itself_delivers_only_to_https_on_its_ports(folder, address):
    given = {"LANTERN_TELEGRAM_TOKEN": TOKEN, "LANTERN_TELEGRAM_WEBHOOK": address}

    (fault,) = faults_of(given, folder)

    assert "must begin with https:// and use port 443" in fault


def test_a_bot_api_server_of_ones_own_delivers_anywhere(folder):
    given = {
        "LANTERN_TELEGRAM_TOKEN": TOKEN,
        "LANTERN_TELEGRAM_API": "http://127.0.0.1:8081",
        "LANTERN_TELEGRAM_WEBHOOK": "http://127.0.0.1:8440/telegram",
    }

    settings = load_settings(given, folder)

    assert settings.telegram_webhook == "http://127.0.0.1:8440/telegram"


def test_a_file_that_is_named_must_be_there(folder):
    (fault,) = faults_of({"LANTERN_CONFIG": "missing.toml"}, folder)

    assert fault.startswith(f"LANTERN_CONFIG: there is no file {folder / 'missing.toml'}")


def test_a_file_that_is_not_toml_says_where(folder):
    write(folder, 'languages = "en"\nlisten = ?')

    (fault,) = faults_of({}, folder)

    assert fault.startswith("lantern.toml: is not TOML (at line 2")


def test_a_secret_is_shown_by_nothing(folder):
    settings = load_settings({"LANTERN_TELEGRAM_TOKEN": TOKEN}, folder)

    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert (
        TOKEN not in f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    )


@pytest.mark.parametrize("place", ["environment", "file", "broken file"])
def test_a_faulty_value_is_not_repeated(folder, place):
    secret = "9;Canary-Canary"
    if place != "environment":
        write(folder, f'telegram_token = "{secret}' + ('"' if place == "file" else ""))
    environ = {"LANTERN_TELEGRAM_TOKEN": secret} if place == "environment" else {}

    assert "Canary" not in "".join(faults_of(environ, folder))


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_has_an_example_that_is_taken(folder, name):
    (folder / "our-content/flows").mkdir(parents=True)
    field = Settings.model_fields[name]
    assert field.examples
    environ = {"LANTERN_TELEGRAM_TOKEN": TOKEN, f"LANTERN_{name.upper()}": field.examples[0]}

    assert load_settings(environ, folder)


def test_the_spool_lies_beside_the_database_unless_another_folder_is_set(folder):
    elsewhere = {"LANTERN_SPOOL": "other/kept"}
    database = {"LANTERN_DATABASE": "/srv/family.sqlite3"}
    assert spool_folder(load_settings({}, folder)) == folder / "lantern.spool"
    assert spool_folder(load_settings(database, folder)) == Path("/srv/family.spool")
    assert spool_folder(load_settings(elsewhere, folder)) == folder / "other/kept"


@pytest.mark.parametrize("named", ["missing", "~/content", "file", "empty", "content/flows"])
def test_a_folder_without_an_organisations_texts_is_not_taken_for_one(folder, named):
    (folder / "content/flows").mkdir(parents=True)
    (folder / "empty").mkdir()
    write(folder, "", "file")

    (from_environ,) = faults_of({"LANTERN_CONTENT": named}, folder)
    write(folder, f'content = "{named}"')
    (from_file,) = faults_of({}, folder)

    assert from_environ.startswith(f"LANTERN_CONTENT: the folder {folder / named} ")
    assert from_file.startswith(f"content in lantern.toml: the folder {folder / named} ")
    assert load_settings({"LANTERN_CONTENT": "content"}, folder).content == folder / "content"


def test_a_folder_of_texts_that_is_not_there_is_told_with_all_else_that_is_wrong(folder):
    environ = {"LANTERN_CONTENT": "missing", "LANTERN_LISTEN": "nowhere"}

    assert [fault.partition(":")[0] for fault in faults_of(environ, folder)] == [
        "LANTERN_LISTEN",
        "LANTERN_CONTENT",
    ]


def test_a_file_that_is_no_utf_8_is_told_so(folder):
    (folder / "lantern.toml").write_bytes('organisation = "凯里"'.encode("gbk"))

    assert faults_of({}, folder) == ("lantern.toml: is not UTF-8; save it as UTF-8",)
