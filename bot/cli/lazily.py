"""Commands whose modules are loaded when they are used, so that no start waits for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from threading import Thread
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup
from typer.main import get_group

from bot.collecting import keep_together, undisturbed

_OF_A_LIBRARY = "Value error, "
"""What a library that reads the options writes before what is wrong with one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Where a command is, ``module:name``, and what the list of commands says of it.

    ``beside`` is a library that it needs and that mostly waits while it is loaded.
    """

    place: str
    says: str
    epilog: str | None = None
    beside: str = ""


class Lazily(TyperGroup):
    """A group of commands that are loaded when they are used; its class knows where they are."""

    later: ClassVar[Mapping[str, Later]]

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the same as below
        """Run what the command line names; what is wrong with it is told in plain words."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.replace(_OF_A_LIBRARY, "")
            raise

    def resolve_command(
        self,
        ctx: Any,  # noqa: ANN401 - typer keeps the name of its own to itself
        args: list[str],
    ) -> tuple[str | None, Any, list[str]]:
        """Return the command that *args* name, loaded, and what else they say."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, load(name, self.later[name]) if name else command, rest


def put_off(app: typer.Typer, commands: Mapping[str, Later]) -> None:
    """List *commands* in the help of *app*, whose class is :class:`Lazily`."""
    for name, later in commands.items():
        app.command(name, help=later.says)(_nothing)


def _nothing() -> None:
    """Stand for a command that is not loaded yet."""


def load(name: str, later: Later) -> Any:  # noqa: ANN401 - the same
    """Return the command *name*, ready to be run."""
    keep_together()
    if later.beside:
        Thread(target=import_module, args=(later.beside,), name=later.beside).start()
    with undisturbed():
        module, _, attribute = later.place.partition(":")
        found = getattr(import_module(module), attribute)
    outer = typer.Typer(add_completion=False, rich_markup_mode="rich")
    if isinstance(found, typer.Typer):
        outer.add_typer(found, name=name)
    else:
        outer.command(name, epilog=later.epilog)(found)
    outer.callback()(_nothing)
    command = get_group(outer).commands[name]
    _unwrap_help_of(command)
    return command


def _unwrap_help_of(command: Any) -> None:  # noqa: ANN401 - the same
    """Unwrap the help of *command* and of those within it: line ends of the code are not meant."""
    command.help = unwrapped(command.help or "")
    for inner in getattr(command, "commands", {}).values():
        _unwrap_help_of(inner)


def unwrapped(text: str) -> str:
    """Return *text* with each paragraph on one line; a block with indented lines stays as it is."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        each if "\n " in each else " ".join(each.splitlines()) for each in paragraphs
    )
