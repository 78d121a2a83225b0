"""The option that names the folder of an organisation's own texts, for every command alike."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core

from bot.config import load_settings
from bot.domain.errors import ConfigError
from bot.setting_values import lack_of_content


def own_content(named: Path | None) -> Path | None:
    """Return the folder that is *named*, else that of the settings, so that all read the same.

    One that is named may be empty: a first helpline or place may be written there.

    Raises:
        ConfigError: something else than texts is in the folder, or the settings are wrong.

    """
    if named is None:
        return load_settings(os.environ, Path.cwd()).content
    lack = lack_of_content(named)
    if lack and not _is_empty(named):
        raise ConfigError([f"--content: {lack}"])
    return named


def for_all(context: typer.Context, *, own: Path | None) -> None:
    """Let the folder that was named before a command be that of the command, too."""
    if own is None or not isinstance(context.command, typer.core.TyperGroup):
        return
    context.default_map = _defaults(context.command, str(own))


def _defaults(group: typer.core.TyperGroup, own: str) -> dict[str, Any]:
    return {
        name: _defaults(each, own) if isinstance(each, typer.core.TyperGroup) else {"own": own}
        for name, each in group.commands.items()
    }


def _is_empty(folder: Path) -> bool:
    try:
        return not any(folder.iterdir())
    except OSError:
        return False


Own = Annotated[
    Path | None,
    typer.Option(
        "--content",
        "--own",
        callback=own_content,
        help="A folder with your organisation's own flows/ and locales/; without it, that of "
        "the settings.",
    ),
]
