"""A sheet of paper: texts that are wrapped and centred, and a QR code, in one embedded font."""

from collections.abc import Iterator

import segno
from fpdf import FPDF
from fpdf.enums import WrapMode
from fpdf.fonts import TTFFont
from pylopdf_fonts_zh_cn import sans_path

POINT = 25.4 / 72
"""Millimetres of a point."""

QUIET = 4
"""Modules that stay white around a QR code, so that every phone finds it (ISO/IEC 18004)."""

Colour = tuple[int, int, int]
INK: Colour = (28, 28, 28)
WARM: Colour = (178, 74, 16)
"""The colour of the lantern; in black and white it prints as a dark grey."""

WHITE: Colour = (255, 255, 255)
_FONT = "lantern"


class Paper:
    """One page of *width* and *height* millimetres; what is written goes on below the last.

    The font, Noto Sans SC, is embedded with the letters that are used, so that any printing shop
    can print it.
    """

    def __init__(
        self, *, width: float, height: float, margin: float, title: str, language: str
    ) -> None:
        self.width, self.height, self.margin = width, height, margin
        self._is_han = language.startswith("zh")
        pdf = FPDF(unit="mm", format=(width, height))
        pdf.set_auto_page_break(auto=False)
        pdf.set_margin(0)
        pdf.add_font(_FONT, "", str(sans_path()))
        pdf.set_title(title)
        pdf.set_lang(language.replace("_", "-"))
        pdf.set_creator("Lantern")
        pdf.add_page()
        self._pdf = pdf
        self.y = margin
        self.bottom = margin

    @property
    def room(self) -> float:
        """How many millimetres are left above the margin at the bottom; less than 0: too few."""
        return self.height - self.bottom - self.y

    def begin_anew(self) -> None:
        """Go on at the top of an empty page, to try how something fits."""
        self._pdf.add_page()
        self.y = self.margin

    def band(self, height: float) -> None:
        """Colour the top of the page, down to *height*."""
        self._pdf.set_fill_color(*WARM)
        self._pdf.rect(0, 0, self.width, height, style="F")

    def line(self, gap: float) -> None:
        """Draw a thin line across, with *gap* above and below."""
        self.y += gap
        self._pdf.set_fill_color(*WARM)
        self._pdf.rect(self.margin, self.y, self.width - 2 * self.margin, 0.3, style="F")
        self.y += gap

    def write(self, text: str, size: float, *, colour: Colour = INK, align: str = "C") -> None:
        """Write *text* in *size* points across the page, on as many lines as it takes."""
        box = (self.margin, self.width - 2 * self.margin)
        self._write_at(box, text, size, colour=colour, align=align)

    def write_on_one_line(self, text: str, size: float, *, colour: Colour = INK) -> None:
        """Write *text* in *size* points, or smaller if it is too long for one line."""
        self._pdf.set_font(_FONT, size=size)
        room = self.width - 2 * self.margin - size * POINT
        width = self._pdf.get_string_width(text)
        self.write(text, size * min(1, room / width) if width else size, colour=colour)

    def write_pair(self, left: str, right: str, size: float, *, share: float) -> None:
        """Write *left*, larger, in that *share* of the width, and *right* beside it."""
        whole = self.width - 2 * self.margin
        top, width = self.y, whole * share
        self._write_at((self.margin, width), left, size * 1.35, colour=WARM, align="R")
        below = self.y
        self.y = top + size * 0.2 * POINT
        gap = size * 0.6 * POINT
        box = (self.margin + width + gap, whole - width - gap)
        self._write_at(box, right, size, colour=INK, align="L")
        self.y = max(self.y, below)

    def code(self, url: str, side: float) -> None:
        """Draw the QR code of *url*, *side* millimetres wide with what stays white around it."""
        rows = [bytes(row) for row in segno.make_qr(url, error="q").matrix]
        module = side / (len(rows) + 2 * QUIET)
        left = (self.width - side) / 2 + QUIET * module
        top = self.y + QUIET * module
        self._pdf.set_fill_color(*INK)
        for number, row in enumerate(rows):
            for start, length in _runs(row):
                x, y = left + start * module, top + number * module
                self._pdf.rect(x, y, length * module, module, style="F")
        self.y += side

    def finish(self) -> bytes:
        """Return the document."""
        made = bytes(self._pdf.output())
        self.close()
        return made

    def close(self) -> None:
        """Close the file of the font; nothing can be written after that."""
        for font in self._pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def _write_at(
        self, box: tuple[float, float], text: str, size: float, *, colour: Colour, align: str
    ) -> None:
        """Write *text* into *box*, which begins at its first number and is its second wide."""
        pdf, (x, width) = self._pdf, box
        pdf.set_font(_FONT, size=size)
        pdf.set_text_color(*colour)
        pdf.set_xy(x, self.y)
        pdf.multi_cell(
            width,
            size * 1.3 * POINT,
            text,
            align=align,
            wrapmode=WrapMode.CHAR if self._is_han else WrapMode.WORD,
            padding=0,
        )
        self.y = pdf.get_y()


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each run of dark modules begins in *row*, and how long it is."""
    start = 0
    while start < len(row):
        if not row[start]:
            start += 1
            continue
        end = start
        while end < len(row) and row[end]:
            end += 1
        yield start, end - start
        start = end
