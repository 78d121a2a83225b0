"""Questions without an answer: sealed, of nobody, of no moment, and not for ever."""

from datetime import date, timedelta

import pytest
from rows import sql

from bot.domain.gap import Gap, GapKind
from storage import gaps

TODAY = date(2026, 11, 28)


def a_gap(text="canary words", day=TODAY, kind=GapKind.UNANSWERED):
    return Gap(text=text, language="zh_CN", voice="child", day=day, kind=kind)


async def texts(database, **more):
    return [gap.text for gap in await database.read(lambda tx: gaps.open_gaps(tx, **more))]


async def test_a_question_is_sealed_and_comes_back_whole(database, where):
    assert await database.write(lambda tx: gaps.keep_gap(tx, a_gap()))

    [gap] = await database.read(gaps.open_gaps)
    assert (gap.text, gap.language, gap.voice, gap.day, gap.kind) == (
        "canary words",
        "zh_CN",
        "child",
        TODAY,
        GapKind.UNANSWERED,
    )
    [row] = sql(where, "SELECT * FROM guidance_gaps")
    assert not [value for value in row if b"canary" in (value if isinstance(value, bytes) else b"")]
    assert "canary" not in str(row)
    assert "canary" not in repr(gap)


async def test_a_row_says_neither_who_nor_when(database, where):
    for number in range(20):
        await database.write(lambda tx, n=number: gaps.keep_gap(tx, a_gap(str(n))))

    rows = sql(where, "SELECT id, day, kind, language, voice, done_on FROM guidance_gaps")
    assert {row[1:] for row in rows} == {("2026-11-28", "unanswered", "zh_CN", "child", None)}
    ids = [gap.id for gap in await database.read(gaps.open_gaps)]
    order = [int(text) for text in await texts(database)]
    assert ids == sorted(ids)
    assert order != sorted(order)


async def test_what_is_done_is_listed_no_more(database):
    for text in ("a", "b"):
        await database.write(lambda tx, t=text: gaps.keep_gap(tx, a_gap(t)))
    listed = await database.read(gaps.open_gaps)
    done = [gap.id for gap in listed if gap.text == "a"]

    assert await database.write(lambda tx: gaps.mark_done(tx, [*done, "none"], today=TODAY)) == 1
    assert await texts(database) == ["b"]


async def test_only_what_was_asked_since_a_day_is_listed_and_old_questions_are_erased(
    database, where
):
    days = [TODAY - timedelta(days=days) for days in (0, 1, 2)]
    for day in days:
        await database.write(lambda tx, d=day: gaps.keep_gap(tx, a_gap(d.isoformat(), d)))

    assert await texts(database, since=days[1]) == ["2026-11-27", "2026-11-28"]
    await database.write(lambda tx: gaps.forget(tx, before=days[0]))
    assert await texts(database) == ["2026-11-28"]
    assert len(sql(where, "SELECT id FROM guidance_gaps")) == 1


async def test_a_flood_of_questions_fills_nothing(database):
    async def flood(tx):
        return [await gaps.keep_gap(tx, a_gap(day=TODAY)) for _ in range(gaps.MOST_A_DAY + 1)]

    kept = await database.write(flood)
    later = a_gap(day=TODAY + timedelta(days=1))

    assert kept == [True] * gaps.MOST_A_DAY + [False]
    assert await database.write(lambda tx: gaps.keep_gap(tx, later))


@pytest.mark.parametrize("kind", GapKind)
async def test_every_kind_is_kept(database, kind):
    await database.write(lambda tx: gaps.keep_gap(tx, a_gap(kind=kind)))

    [gap] = await database.read(gaps.open_gaps)
    assert gap.kind is kind
