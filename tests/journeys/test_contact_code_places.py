"""Road, house, station and garden are words of codes, and of the way to a child."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of, said
from journeys.test_contact_code import told
from journeys.told_reports import child_who_told
from sqlalchemy import bindparam, update

from bot.casework.cases import code_key
from bot.directory.hiding import HIDDEN
from bot.domain.level import Level
from bot.intake.guessing import CODE_TRIES
from storage.schema import cases
from storage.statements import ready

pytestmark = pytest.mark.asyncio(loop_scope="module")

_FOUND_BY = ready(
    update(cases).where(cases.c.id == bindparam("case")).values(found_by=bindparam("code"))
)

PLACES = [
    ("en", "Station Road, Garden Street"),
    ("en", "bus station, school road 12"),
    ("en", "farm house, forest road"),
    ("zh-hans", "车站 马路 农场 路口"),
    ("zh-hans", "车站、马路、农场、院子"),
]


async def in_danger(town, language="en"):
    """A child in danger who is asked where they are."""
    child = await town.child(language)
    await child.writes("1")
    await child.writes("1")
    await town.quiet()
    return child


@at_once(
    ("language", "tried", "again"),
    [
        ("en", "sushi shep pizza juice", "sushi sheep pizza juise"),
        ("en", "sushi shep pizza juice", "shushi shep pizza juice"),
        ("zh-hans", "白鸽 鲸鱼 羽毛 沙抗", "白鸽 鲸鱼 羽毛 沙抗"),
        ("zh-hans", "白鸽 鲸鱼 羽毛 沙抗", "口令是白鸽 鲸鱼 羽毛 沙抗"),
    ],
)
async def test_a_code_misspelt_again_is_not_found_whoever_has_a_case_or_none(
    town, language, tried, again
):
    known = await child_who_told(town, language, HARM[language])
    new = await town.child(language)
    await town.answers(known, ("3", ""), ("stop", ""))

    for child in (known, new):
        await town.answers(child, (HAS_ONE[language], ""), (tried, NOT_FOUND[language]))
        await town.answers(child, (again, NOT_FOUND[language]))
    await town.quiet()

    assert again not in said(await town.case_of(known))


@at_once(
    ("language", "text"),
    [("en", "my sheep is ill"), ("en", "i want my code"), ("zh-hans", "我家的羊病了 好难过")],
)
async def test_what_else_is_written_there_stays_kept(town, language, text):
    child = await child_who_told(town, language, HARM[language])
    await town.answers(child, ("3", ""), ("stop", ""), (HAS_ONE[language], ""))
    await town.answers(child, (TRIED[language], NOT_FOUND[language]))

    await child.writes(text)
    await town.quiet()

    assert NOT_FOUND[language] not in child.heard[-1]
    assert text in said(await town.case_of(child))


HARM = {"en": "my dad hits me", "zh-hans": "我爸打我"}
HAS_ONE = {"en": "i have a code", "zh-hans": "我有口令"}
TRIED = {"en": "sushi shep pizza juice", "zh-hans": "白鸽 鲸鱼 羽毛 沙抗"}
NOT_FOUND = {"en": "We cannot find this code", "zh-hans": "没找到这个口令"}


async def everything_said(town):
    lines = await town.run.desk.queue(town.watcher)
    files = [await town.run.desk.read(town.watcher, line.id) for line in lines]
    return [text for file in files for text in said(file)]


@at_once(("language", "place"), PLACES)
async def test_where_a_child_in_danger_is_stands_at_the_desk_as_it_was_written(
    town, language, place
):
    child = await in_danger(town, language)

    await child.writes(place)
    await town.quiet()

    case = await town.case_of(child)
    assert place in said(case)
    assert place in [answer for _, answer in case.answers]


async def test_where_they_are_is_passed_on_behind_a_report(town):
    child, _, _ = await told(town)

    for _, place in PLACES:
        await child.writes(place)
    await child.hears("passed on")
    await town.hears_nothing(child)

    assert {place for _, place in PLACES} <= set(said(await town.case_of(child)))


async def test_where_they_are_reaches_the_worker_who_has_their_case(town):
    child, _, case = await told(town)
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    await town.run.desk.claim(worker, case.line.id)

    for _, place in PLACES * CODE_TRIES:
        await child.writes(place)
    await town.quiet()

    kept = said(await town.case_of(child))
    assert [kept.count(place) for _, place in PLACES] == [CODE_TRIES] * len(PLACES)


@pytest.mark.parametrize("is_misspelt", [False, True])
async def test_a_code_that_is_somebodys_is_hidden_wherever_it_is_written(town, is_misspelt):
    _, others, _ = await told(town)
    child, own, case = await told(town)
    codes = [f"{code}z" if is_misspelt else code for code in (others, own)]
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    friend = await in_danger(town)
    before = (await everything_said(town)).count(HIDDEN)

    await friend.writes(codes[0])
    await child.writes(codes[1])
    await town.quiet()
    await town.run.desk.claim(worker, case.line.id)
    await child.writes(codes[1])
    await town.quiet()

    shown = await everything_said(town)
    assert shown.count(HIDDEN) == before + 3
    assert not any(code in text for text in shown for code in codes)


async def test_after_too_many_tries_a_code_is_hidden_from_a_worker_and_answered_like_any_words(
    town,
):
    _, others, _ = await told(town)
    child, _, case = await told(town)
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    await town.run.desk.claim(worker, case.line.id)
    await child.hears("A social worker is reading")
    for _ in range(CODE_TRIES):
        await child.writes("milk candy cake cookie")

    await child.writes(others)
    await town.hears_nothing(child)
    await child.writes("farm house forest road")
    await town.hears_nothing(child)

    assert said(await town.case_of(child))[-2:] == [HIDDEN, "farm house forest road"]


async def test_a_code_typed_in_pinyin_opens_its_case_and_is_hidden(town):
    _, code, case = await told(town)
    words = town.run.lantern.house.directory.code_words
    sounds = {word.spellings["en"]: word.pinyin for word in words}
    typed = " ".join(sounds[word] for word in code.split())
    friend = await town.child()

    await town.answers(friend, (typed, "A worker"))
    await friend.writes(f"wo de kou ling shi {typed}")
    await town.quiet()

    found = await town.run.desk.read(town.watcher, case.line.id)
    assert said(found)[-1] == f"wo de kou ling shi {HIDDEN}"


@pytest.mark.parametrize(
    ("language", "place", "danger"),
    [
        ("en", "12 Station Road, Garden Street", "i took a lot of pills"),
        ("zh-hans", "车站 马路 农场 路口", "我吃了很多药"),
    ],
)
async def test_where_a_child_is_stays_also_if_they_write_it_before_anything_else(
    town, language, place, danger
):
    child = await town.child(language)
    await child.writes(place)
    await town.quiet()
    await child.writes(danger)
    await town.quiet()

    assert place in said(await town.case_of(child))


async def test_an_answer_that_waits_where_they_were_arrives_only_where_the_code_was_typed(
    town, visitor
):
    desk = town.run.desk
    before = {line.id for line in await desk.queue(town.watcher)}
    await visitor.opens()
    await visitor.answers(("my dad hits me with a belt", "Nobody may hurt you"))
    [line] = [line for line in await desk.queue(town.watcher) if line.id not in before]
    line = await desk.claim(town.watcher, line.id)
    await desk.answer(town.watcher, line.id, "I will be at your school.", version=line.version)

    child = await town.child()
    await town.answers(child, (visitor.way_back, "I will be at your school."))
    await visitor.answers(("what is this?", ""))

    await visitor.opens()
    shown = "".join(message["text"] for message in visitor.shown)
    assert "I will be at your school." not in shown


@pytest.mark.parametrize(
    ("around", "unlucky"),
    [("{}", "丝带 院子 沙漠 稻米"), ("my code is {}", "彩虹 袜子 沙发 寿司")],
)
async def test_a_code_that_sounds_like_danger_is_still_only_a_code(town, around, unlucky):
    _, _, case = await told(town)
    await _give_code(town, case.line.id, unlucky)
    friend = await town.child()

    await friend.writes(around.format(unlucky))
    await town.quiet()

    found = await town.run.desk.read(town.watcher, case.line.id)
    assert "Your report is here" in friend.heard[-1]
    assert [signal for signal in found.signals if signal.category == "suicide"] == []


async def test_what_stands_beside_such_a_code_is_read_as_ever(town):
    unlucky = "杯子 沙发 牛奶 相机"
    _, _, case = await told(town)
    await _give_code(town, case.line.id, unlucky)
    friend = await town.child()

    await friend.writes(f"my code is {unlucky} and my dad hits me")
    await town.quiet()

    assert level_of(await town.case_of(friend)) is Level.URGENT


async def test_harm_told_beside_a_code_that_was_asked_for_is_kept_and_opens_the_case(town):
    _, code, _ = await told(town)
    friend = await town.child()

    await town.answers(friend, ("3", "code?"), (f"{code} my dad hits me", "Your report is here"))

    assert f"{HIDDEN} my dad hits me" in await everything_said(town)


async def _give_code(town, case, code):
    """Have *case* found by *code*, as one that was given long ago."""
    words = town.run.lantern.house.directory.code_words
    places = [words.spelt[word] for word in code.split()]

    async def work(tx):
        found_by = tx.keys.find("code", code_key(places))
        await tx.run(_FOUND_BY, case=case, code=found_by)

    await town.run.lantern.house.database.write(work)
