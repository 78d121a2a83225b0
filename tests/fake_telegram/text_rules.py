"""What Telegram refuses in a text and in the buttons under it."""

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from fake_telegram.refusal import RefusalError, bad_request

LONGEST_TEXT = 4096
LONGEST_DATA = 64
LONGEST_NOTICE = 200
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8

TAGS = frozenset(
    [
        "b",
        "strong",
        "i",
        "em",
        "u",
        "ins",
        "s",
        "strike",
        "del",
        "span",
        "tg-spoiler",
        "a",
        "tg-emoji",
        "code",
        "pre",
        "blockquote",
    ]
)
NEEDED = {"a": "href", "span": "class", "tg-emoji": "emoji-id"}
ENTITIES = {"lt", "gt", "amp", "quot"}


def utf16_length(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def shown_text(text: str, parse_mode: str) -> str:
    """Return *text* as a person would see it.

    Raises:
        RefusalError: the text is empty or too long, or its tags are wrong.

    """
    if parse_mode not in {"", "HTML"}:
        raise bad_request(f"the fake reads HTML only, not {parse_mode}")
    shown = (_without_tags(text) if parse_mode else text).strip()
    if not shown:
        raise bad_request("message text is empty")
    if utf16_length(shown) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return shown


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.shown: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        needed = NEEDED.get(tag)
        if tag not in TAGS:
            raise _bad_entities(f'Unsupported start tag "{tag}"')
        if needed and not dict(attrs).get(needed):
            raise _bad_entities(f'Tag "{tag}" must have attribute "{needed}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise _bad_entities(f'Unmatched end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise _bad_entities('Unsupported start tag ""')
        self.shown.append(data)

    def handle_entityref(self, name: str) -> None:
        self.shown.append(html.unescape(f"&{name};") if name in ENTITIES else f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.shown.append(html.unescape(f"&#{name};"))

    def handle_comment(self, data: str) -> None:
        raise _bad_entities(f"Unsupported comment of {len(data)} characters")

    def handle_decl(self, decl: str) -> None:
        raise _bad_entities(f"Unsupported declaration of {len(decl)} characters")


def _without_tags(text: str) -> str:
    if re.search(r"<[^<>]*(<|$)", text):
        raise _bad_entities("Unclosed start tag")
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.open:
        raise _bad_entities(f'Can\'t find end tag corresponding to start tag "{reader.open[-1]}"')
    return "".join(reader.shown)


def _bad_entities(why: str) -> RefusalError:
    return bad_request(f"can't parse entities: {why}")


def check_keyboard(markup: Mapping[str, Any]) -> None:
    """Refuse buttons that Telegram would not show.

    Raises:
        RefusalError: a button leads nowhere, its data is too long, or there are too many.

    """
    rows = markup.get("inline_keyboard", [])
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)


def _check_button(button: Mapping[str, Any]) -> None:
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = button.keys() - {"text", "style", "icon_custom_emoji_id"}
    if len(actions) != 1:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not re.match(r"(https?|tg)://[^\s/]|tel:\+?\d", url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
