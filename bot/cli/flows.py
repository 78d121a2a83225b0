"""For those who write flows: check, show, draw, play, test."""

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.authoring.coverage import Coverage, measure
from bot.authoring.opening import check_language, open_flow, open_playable
from bot.authoring.playing import play_scripts
from bot.authoring.proofs import Proof, prove_everything, prove_files
from bot.authoring.testing import read_tests
from bot.building import read_book
from bot.cli.examples import examples
from bot.cli.own_content import Own
from bot.cli.playing import play_in_terminal
from bot.cli.releases import drop, list_releases, tell_of_stranded
from bot.domain.counted import counted
from bot.domain.errors import Finding
from bot.flow.draw import as_mermaid, as_svg
from bot.flow.show import as_page
from bot.locales import lacking_in_own
from bot.setting_values import LANGUAGES
from bot.wording.wording import Wording
from storage.whole_file import put_in_place

app = typer.Typer(help="Check, see, try and test the conversations.", no_args_is_help=True)
out = Console()

Name = Annotated[str, typer.Argument(help="The flow's name, or a file: our/school.yaml.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write it to this file; else it is printed.")
]


class Format(StrEnum):
    """What a picture can be."""

    MERMAID = "mermaid"
    SVG = "svg"


app.command("releases", epilog=examples("lantern flows releases"))(list_releases)
app.command(
    epilog=examples(
        "lantern flows drop 3f2a90c1d4e5b677 --moved our/moved.yaml --dry-run",
        "lantern flows drop 3f2a90c1d4e5b677 --moved our/moved.yaml",
    )
)(drop)


@app.command(
    epilog=examples(
        "lantern flows check",
        "lantern flows check our/school.yaml",
        "lantern flows check --content /srv/lantern/content",
        "lantern flows check --database",
    )
)
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Flow files, or folders of flow files."),
    ] = None,
    *,
    content: Own = None,
    language: Annotated[
        list[str] | None,
        typer.Option("--lang", help="With PATHs: find what is not said in this language too."),
    ] = None,
    database: Annotated[
        bool,
        typer.Option(help="Look too whether every open conversation can go on with these flows."),
    ] = False,
) -> None:
    """Prove the flows, the directory, the guidance, the triage rules and the languages.

    With PATHs, only those flows are proved, beside Lantern's own other flows.
    Ends with 1 if anything is wrong.
    """
    if paths:
        _tell_proof(prove_files(paths, language or (), content))
    else:
        _tell_what_stays_english(content)
        _tell_proof(prove_everything(language or LANGUAGES, content))
    if database and not tell_of_stranded(content):
        raise typer.Exit(1)


@app.command(
    epilog=examples(
        "lantern flows show report_a_concern --output report.html",
        "lantern flows show report_a_concern --lang zh_CN --output report-zh.html",
    )
)
def show(
    name: Name,
    language: Annotated[str, typer.Option("--lang", help="zh_CN or en.")] = "en",
    output: Output = None,
    content: Own = None,
) -> None:
    """Make a page of a flow, for reading and for printing: every step, and the picture."""
    opened = open_flow(name, content)
    spoken = check_language(opened.wording, language)
    translations = opened.wording.translations(spoken)
    page = as_page(opened.flow, _wording(opened.wording, spoken), spoken, translations)
    _hand_over(page, output)


@app.command(
    epilog=examples(
        "lantern flows draw report_a_concern",
        "lantern flows draw report_a_concern --format svg --output report.svg",
    )
)
def draw(
    name: Name,
    shape: Annotated[Format, typer.Option("--format", help="mermaid or svg.")] = Format.MERMAID,
    language: Annotated[str, typer.Option("--lang", help="zh_CN or en.")] = "en",
    output: Output = None,
    content: Own = None,
) -> None:
    """Make the picture of a flow: as text for drawing tools (Mermaid), or as SVG."""
    opened = open_flow(name, content)
    wording = _wording(opened.wording, check_language(opened.wording, language))
    picture = as_svg if shape is Format.SVG else as_mermaid
    _hand_over(picture(opened.flow, wording), output)


@app.command(
    epilog=examples(
        "lantern flows play report_a_concern", "lantern flows play report_a_concern --lang zh_CN"
    )
)
def play(
    name: Name,
    language: Annotated[str, typer.Option("--lang", help="zh_CN or en.")] = "en",
    content: Own = None,
) -> None:
    """Talk with a flow in this terminal. Nothing is kept, and nobody is alerted.

    Answer with a number, a label or your own words; ":photo", ":sticker" and ":silence" play
    what cannot be typed; an empty line, Ctrl+D or ":quit" ends.
    """
    book, flow = open_playable(name, content)
    play_in_terminal(book, flow, check_language(book.wording, language), out)


@app.command(
    "test",
    epilog=examples("lantern flows test", "lantern flows test our/tests/school.yaml --content our"),
)
def play_tests(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Test files, or folders of them."),
    ] = None,
    content: Own = None,
) -> None:
    """Play the authors' conversations, and tell which states and answers none has walked.

    Ends with 1 if one fails or, without PATHs, if anything is not walked.
    """
    book = read_book(content)
    scripts = read_tests(book, paths or ())
    played = play_scripts(book, scripts)
    _tell(played.findings)
    flows = {script.begins_at.partition(".")[0] for script in scripts}
    told = book.flows if not paths else {n: f for n, f in book.flows.items() if n in flows}
    coverage = measure(told, played.walked)
    _tell_coverage(coverage)
    failed = len(played.findings)
    typer.echo(f"{counted(len(scripts), 'conversation')} played, {failed} failed.")
    is_walked = bool(paths) or all(each.is_whole for each in coverage)
    if played.findings or not is_walked:
        raise typer.Exit(1)


def _tell_what_stays_english(own: Path | None) -> None:
    for language, count in (lacking_in_own(own) if own else {}).items():
        texts = counted(count, "text")
        typer.echo(
            f"{texts} of pages and alerts: not in your catalog of {language}, so in English."
        )


def _tell_proof(proof: Proof) -> None:
    """Print what was found, a finding a line, and end with 1 if that is anything."""
    _tell(proof.findings)
    looked = f"{counted(proof.flows, 'flow')} in {counted(proof.files, 'file')}"
    if proof.findings:
        places = len({finding.file for finding in proof.findings})
        typer.echo(f"{counted(len(proof.findings), 'finding')} in {counted(places, 'file')}.")
        raise typer.Exit(1)
    typer.echo(f"Nothing is wrong with {looked}.")


def _tell(findings: Iterable[Finding]) -> None:
    for finding in findings:
        typer.echo(str(finding))


def _tell_coverage(coverage: Iterable[Coverage]) -> None:
    table = Table("Flow", "States walked", "Answers walked")
    left = []
    for each in coverage:
        states, answers = len(each.states_left), len(each.answers_left)
        table.add_row(
            each.flow,
            f"{each.states - states} of {each.states}",
            f"{each.answers - answers} of {each.answers}",
        )
        left += [*each.states_left, *each.answers_left]
    out.print(table)
    for place in left:
        typer.echo(f"not walked: {place}")


def _wording(wording: Wording, language: str) -> "partial[str]":
    return partial(_say, wording, language)


def _say(wording: Wording, language: str, key: str, source: str) -> str:
    return wording.say(key, source, language)


def _hand_over(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        put_in_place(output, text.encode())
    except OSError as error:
        typer.echo(f"{output} cannot be written ({error.strerror})", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"Wrote {output}.")
