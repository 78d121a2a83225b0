"""What an operator sets: a TOML file, and over it the environment.

Settings are read once, at the start. Whatever is wrong with them is told all at once.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.directory.hours import EVERY_MORNING, Daily, read_heartbeat
from bot.domain.errors import ConfigError
from bot.flow.strict import hint
from bot.setting_values import (
    LANGUAGES,
    Endpoint,
    lack_of_content,
    lower,
    read_address,
    read_alarm_urls,
    read_database,
    read_endpoint,
    read_file,
    read_languages,
    read_origin,
    read_token,
)
from storage.faults import can_be_seen, is_there, why
from storage.server_url import ServerUrl

PREFIX = "LANTERN_"
FILE_VARIABLE = "LANTERN_CONFIG"
DEFAULT_FILE = "lantern.toml"
DEMO = "demo"
"""The folder in which a demo keeps its files, unless another is named."""

DEMO_DATABASE = "lantern.sqlite3"
"""The file of a demo's database; where it is, there is a demo."""

DEMO_KEY_FILE = "lantern.key"

PUBLIC_API = "https://api.telegram.org"
WEBHOOK_PORTS = frozenset({443, 80, 88, 8443})
"""Where the public Bot API delivers (``setWebhook``); a server of one's own delivers anywhere."""

_ANY_HOSTS = {"0.0.0.0": "localhost", "::": "localhost", "": "localhost"}  # noqa: S104


class Settings(BaseSettings):
    """How this Lantern is set up; made by :func:`load_settings` only.

    ``telegram_webhook`` empty means long polling; ``telegram_token`` missing, no Telegram.
    ``public_address`` is where families and workers reach the web pages, as browsers name it.
    ``languages`` begins with the default one. ``heartbeat`` is when the alarm is tested, None for
    never; ``staff_alarm_urls`` are where staff hear of its failure. ``content`` is a folder with
    an organisation's own ``flows/`` and ``locales/``. Paths are whole.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True
    )

    telegram_token: Annotated[SecretStr | None, BeforeValidator(read_token)] = Field(
        default=None, examples=["123456789:AbCdEfGhIjKlMnOpQrStUvWxYz012345678"]
    )
    telegram_api: Annotated[str, BeforeValidator(read_address)] = Field(
        default=PUBLIC_API, examples=["https://api.telegram.org"], min_length=1
    )
    telegram_webhook: Annotated[str, BeforeValidator(read_address)] = Field(
        default="", examples=["https://lantern.example.org"]
    )
    database: Annotated[Path | ServerUrl, BeforeValidator(read_database)] = Field(
        default=Path("lantern.sqlite3"),
        examples=["lantern.sqlite3", "postgresql://user:password@host:5432/lantern"],
    )
    key_file: Annotated[Path, BeforeValidator(read_file)] = Field(
        default=Path("lantern.key"), examples=["lantern.key"]
    )
    spool: Annotated[Path | None, BeforeValidator(read_file)] = Field(
        default=None, examples=["lantern.spool"]
    )
    listen: Annotated[Endpoint, NoDecode, BeforeValidator(read_endpoint)] = Field(
        default=Endpoint("127.0.0.1", 8440), examples=["127.0.0.1:8440"]
    )
    public_address: Annotated[str, BeforeValidator(read_origin)] = Field(
        default="", examples=["https://lantern.example.org"]
    )
    languages: Annotated[tuple[str, ...], NoDecode, BeforeValidator(read_languages)] = Field(
        default=LANGUAGES, examples=["zh_CN,en"]
    )
    content: Annotated[Path | None, BeforeValidator(read_file)] = Field(
        default=None, examples=["our-content"]
    )
    heartbeat: Annotated[Daily | None, NoDecode, BeforeValidator(read_heartbeat)] = Field(
        default=EVERY_MORNING, examples=["08:30"]
    )
    staff_alarm_urls: Annotated[
        tuple[SecretStr, ...], NoDecode, BeforeValidator(read_alarm_urls)
    ] = Field(default=(), examples=["mailtos://name:password@example.org"], repr=False)
    organisation: str = Field(default="", examples=["Kaili Social Work Centre"])
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(lower)] = (
        Field(default="info", examples=["info"])
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take only what is handed in: :func:`load_settings` reads file and environment."""
        return (init_settings,)


def demo_values(folder: Path) -> dict[str, str]:
    """Return what is set, by the names of the environment, for the demo in *folder*."""
    return {
        "LANTERN_DATABASE": str(folder / DEMO_DATABASE),
        "LANTERN_KEY_FILE": str(folder / DEMO_KEY_FILE),
        "LANTERN_CONTENT": str(folder / "content"),
    }


def is_demo(settings: Settings) -> bool:
    """Whether *settings* are those of a demo, in the folder that it has unless told otherwise."""
    database = settings.database
    folder = settings.key_file.parent
    return folder.name == DEMO and isinstance(database, Path) and database.parent == folder


def load_settings(environ: Mapping[str, str], cwd: Path) -> Settings:
    """Return the settings in *environ*, over those of its file, over the defaults.

    The file is the one that ``LANTERN_CONFIG`` names, else ``lantern.toml`` in *cwd* if it is
    there. Paths that are not whole begin at *cwd*.

    Raises:
        ConfigError: something is wrong; it lists every fault, and no value that was given but the
            name of a folder or file.

    """
    given = {name: value for name, value in environ.items() if name.startswith(PREFIX)}
    file = _config_file(given, cwd)
    from_file = _read(file) if file else {}
    from_environ = _read_environ(given)
    faults = [*_unknown_keys(from_file, file), *_unknown_variables(given)]
    known = {name: from_file[name] for name in Settings.model_fields if name in from_file}
    names = _names(from_environ, file)
    try:
        settings = _at(Settings(**(known | from_environ)), cwd)
    except ValidationError as error:
        faults += _faults(error, names)
        faults += _lack_of_content(known | from_environ, cwd, names)
        raise ConfigError(faults) from None
    faults += _contradictions(settings)
    faults += _lack_of_content(known | from_environ, cwd, names)
    if faults:
        raise ConfigError(faults)
    return settings


def _config_file(given: Mapping[str, str], cwd: Path) -> Path | None:
    if named := given.get(FILE_VARIABLE):
        return cwd / named
    default = cwd / DEFAULT_FILE
    return default if can_be_seen(default) and default.is_file() else None


def _read(file: Path) -> dict[str, Any]:
    if not is_there(file) or not file.is_file():
        fault = f"{FILE_VARIABLE}: there is no file {file}; for example /etc/lantern/lantern.toml"
        raise ConfigError([fault])
    try:
        return TomlConfigSettingsSource(Settings, toml_file=file)()
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at .*\)", str(error))
        text = f"is not TOML{place.group() if place else ''}"
        raise ConfigError([f'{file.name}: {text}; for example languages = "zh_CN,en"']) from None
    except UnicodeDecodeError:
        raise ConfigError([f"{file.name}: is not UTF-8; save it as UTF-8"]) from None
    except OSError as error:
        raise ConfigError([f"{file.name}: cannot be read ({why(error)})"]) from None


def _read_environ(given: Mapping[str, str]) -> dict[str, Any]:
    source = EnvSettingsSource(Settings, env_prefix=PREFIX, env_ignore_empty=True)
    source.env_vars = {name.lower(): value for name, value in given.items() if value}
    return source()


def _unknown_keys(from_file: Mapping[str, Any], file: Path | None) -> Iterator[str]:
    known = Settings.model_fields
    for key in sorted(from_file.keys() - known.keys()):
        place = file.name if file else DEFAULT_FILE
        meant = key.lower().removeprefix(PREFIX.lower())
        yield f"{key} in {place}: there is no such setting{hint(meant, list(known))}"


def _unknown_variables(given: Mapping[str, str]) -> Iterator[str]:
    known = [FILE_VARIABLE, *(_variable(name) for name in Settings.model_fields)]
    for name in sorted(given.keys() - known):
        yield f"{name}: there is no such setting{hint(name, known)}"


def _variable(setting: str) -> str:
    return PREFIX + setting.upper()


def _names(from_environ: Mapping[str, Any], file: Path | None) -> Mapping[str, str]:
    """Name each setting as its operator wrote it."""
    return {
        name: _variable(name) if name in from_environ or not file else f"{name} in {file.name}"
        for name in Settings.model_fields
    }


def _faults(error: ValidationError, names: Mapping[str, str]) -> Iterator[str]:
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        name = str(fault["loc"][0])
        text = fault["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
        examples: Sequence[Any] = Settings.model_fields[name].examples or [""]
        yield f"{names[name]}: {text}; for example {examples[0]}"


def _lack_of_content(
    values: Mapping[str, Any], cwd: Path, names: Mapping[str, str]
) -> Iterator[str]:
    folder = values.get("content")
    if isinstance(folder, str) and folder.strip() and (lack := lack_of_content(cwd / folder)):
        yield f"{names['content']}: {lack}, or leave it out to tell only Lantern's texts"


def _contradictions(settings: Settings) -> Iterator[str]:
    if settings.telegram_webhook and not settings.telegram_token:
        name, needed = _variable("telegram_webhook"), _variable("telegram_token")
        yield f"{name}: needs {needed} as well; leave it out to be without Telegram"
    elif settings.telegram_webhook and settings.telegram_api == PUBLIC_API:
        parts = urlsplit(settings.telegram_webhook)
        if parts.scheme != "https" or (parts.port or 443) not in WEBHOOK_PORTS:
            yield (
                f"{_variable('telegram_webhook')}: must begin with https:// and use port 443, 80, "
                "88 or 8443, since Telegram delivers to nothing else; "
                "for example https://lantern.example.org"
            )


def _at(settings: Settings, cwd: Path) -> Settings:
    paths = {name: getattr(settings, name) for name in ("database", "key_file", "content", "spool")}
    update: dict[str, Any] = {
        name: cwd / path for name, path in paths.items() if isinstance(path, Path)
    }
    update["public_address"] = settings.public_address or _own_address(settings.listen)
    return settings.model_copy(update=update)


def spool_folder(settings: Settings) -> Path:
    """Return where the spool is: where it is set, else beside the database if that is a file."""
    place: object = settings.database
    beside = place if isinstance(place, Path) else settings.key_file
    return settings.spool or beside.with_suffix(".spool")


def _own_address(listen: Endpoint) -> str:
    host = _ANY_HOSTS.get(listen.host, listen.host)
    return str(read_origin(f"http://{listen._replace(host=host)}"))
