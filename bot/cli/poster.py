"""poster: a poster or a pocket card to print, with the way to the chat and the numbers."""

from pathlib import Path
from typing import Annotated

import typer

from bot.building import read_book
from bot.cli.running import settings_here
from bot.domain.errors import ConfigError
from bot.posters.draw import draw
from bot.posters.order import Order, faults_of, telegram_name
from bot.posters.words import words_for
from storage.whole_file import put_in_place


def poster(
    *,
    lang: Annotated[str, typer.Option("--lang", help="In which language, such as zh_CN.")] = "",
    url: Annotated[
        str,
        typer.Option(
            "--url", help="Where the web chat is; LANTERN_PUBLIC_ADDRESS if it is left out."
        ),
    ] = "",
    telegram: Annotated[
        str, typer.Option("--telegram", help="The bot's name on Telegram, such as @lantern_bot.")
    ] = "",
    size: Annotated[str, typer.Option("--size", help="A4 for a wall, A6 for a pocket.")] = "A4",
    out: Annotated[
        Path | None, typer.Option("--out", help="The file to write; one that is there is replaced.")
    ] = None,
    trial: Annotated[
        bool,
        typer.Option("--trial", help="Print an address that no family's phone can open."),
    ] = False,
) -> None:
    """Make a poster or a pocket card as a PDF: QR code, Telegram, numbers.

    The words do not give away why somebody looks at it. The numbers are those of the directory
    that are certain; the font is embedded, so any printing shop can print it.
    """
    settings = settings_here()
    book = read_book(settings.content, organisation=settings.organisation)
    order = Order(
        language=lang or settings.languages[0],
        url=url or settings.public_address,
        telegram=telegram,
        size=size.upper(),
        is_trial=trial,
    )
    faults = faults_of(order, book.offered(settings.languages))
    if faults:
        raise ConfigError(faults)
    words = words_for(
        book.directory,
        book.wording,
        order.language,
        url=order.url,
        telegram=telegram_name(order.telegram),
    )
    file = out or Path(f"lantern-{order.size}-{order.language}.pdf")
    _write(file, draw(words, order.language, order.size))
    typer.echo(f"Wrote {file}.")


def _write(file: Path, content: bytes) -> None:
    try:
        put_in_place(file, content)
    except OSError as error:
        why = error.strerror or type(error).__name__
        text = f"--out: {file} cannot be written ({why}); name another file or folder"
        raise ConfigError([text]) from None
