"""Playing a flow in the terminal."""

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from bot.authoring.rehearsal import Rehearsal
from bot.building import Book
from bot.engine.reply import FileSent, Outcome, Reply, Silence, Unreadable
from bot.flow.deeds import DEEDS
from bot.flow.model import Flow

QUIT = ":quit"
_ACTS: dict[str, Reply] = {":photo": FileSent(), ":sticker": Unreadable(), ":silence": Silence()}


def play_in_terminal(book: Book, flow: Flow, language: str, out: Console) -> None:
    """Talk with the author until the conversation ends, or until they have had enough."""
    rehearsal = Rehearsal(book, book.release().plan, language=language)
    out.print(f"[dim]{flow.name}: answer with a number, a label or own words. {QUIT} ends.[/dim]")
    rehearsal.begin(f"{flow.name}.{flow.starts_at}")
    while _go_on(rehearsal, out):
        text = _ask(out)
        if text == QUIT:
            return
        act = _ACTS.get(text)
        if act is None:
            rehearsal.write(text)
        else:
            rehearsal.reply(act)


def _go_on(rehearsal: Rehearsal, out: Console) -> bool:
    """Do what waits to be done and show where things stand; False at the end."""
    while rehearsal.deed is not None:
        outcome = rehearsal.usual_outcome() or _ask_outcome(rehearsal, out)
        if outcome is None:
            return False
        rehearsal.bring(outcome)
    _show(rehearsal, out)
    return bool(rehearsal.session.state)


def _show(rehearsal: Rehearsal, out: Console) -> None:
    if rehearsal.heard:
        out.print(Panel(escape("\n\n".join(rehearsal.heard)), width=min(out.width, 80)))
    for number, choice in enumerate(rehearsal.choices(), 1):
        out.print(f"  [bold]{number}[/bold]  {escape(choice.label)}")
    if case := rehearsal.case:
        out.print(f"[dim]case: {case.queue} at {case.level.word}[/dim]")
    if rehearsal.session.state:
        out.print(f"[dim]{rehearsal.session.state}[/dim]")
    elif rehearsal.ended:
        out.print(f"[dim]ended: {rehearsal.ended}[/dim]")


def _ask(out: Console) -> str:
    try:
        return out.input("[bold cyan]> [/bold cyan]").strip() or QUIT
    except (EOFError, KeyboardInterrupt):
        out.print()
        return QUIT


def _ask_outcome(rehearsal: Rehearsal, out: Console) -> Outcome | None:
    """Ask what came of the deed that waits; None if the author has had enough."""
    deed = rehearsal.deed.deed if rehearsal.deed else ""
    outcomes = DEEDS[deed]
    out.print(f"[yellow]{deed}: what shall come of it?[/yellow]")
    for number, outcome in enumerate(outcomes, 1):
        out.print(f"  [bold]{number}[/bold]  {outcome}")
    while (text := _ask(out)) != QUIT:
        named = dict(enumerate(outcomes, 1)).get(int(text) if text.isdecimal() else 0, text)
        if named in outcomes:
            return Outcome(name=named)
        out.print(f"Choose one of {', '.join(outcomes)}.")
    return None
