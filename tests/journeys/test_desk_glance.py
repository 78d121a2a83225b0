"""What a tired worker needs stands at the top: what was refused, the newest words, where, who."""

import re

import pytest
import pytest_asyncio
from journeys.at_once import at_once
from journeys.desk_house import CASE, open_house
from journeys.desk_stand_in import WU
from journeys.reading_desk import page_of, signed_in, unmarked

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def house():
    async with open_house() as house:
        yield house


def top_of(page):
    """The text above what was said, on one line."""
    above = unmarked(page.split("<main")[1].split('id="said"')[0])
    return " ".join(re.sub(r"<[^>]+>", " ", above).split())


@pytest.mark.parametrize(
    ("deed", "typed", "field", "said"),
    [
        ("close", {"outcome": "helped", "reason": "ok"}, "receipt", "closes only as reported"),
        ("close", {"outcome": "", "reason": "ok"}, "outcome", "Choose how the case ended."),
        ("close", {"outcome": "helped", "reason": ""}, "reason", "Write why the case is closed."),
        ("answer", {"answer": " "}, "answer", "Write an answer first."),
        ("note", {"note": " "}, "note", "Write a note first."),
        ("hand-over", {"to": "", "summary": "x"}, "to", "Choose who takes the case."),
        ("hand-over", {"to": WU.id, "summary": ""}, "summary", "Write a few words"),
        ("level", {"level": "", "level_reason": "x"}, "level", "Choose a level."),
        ("level", {"level": "urgent", "level_reason": ""}, "level_reason", "Write why the level"),
    ],
)
async def test_what_is_refused_is_said_at_the_top_and_the_form_is_in_view(
    house, deed, typed, field, said
):
    await house.sign_in()
    await house.take()
    status, page = await house.send(f"{CASE}/{deed}", **typed)

    assert status == 422
    assert said in top_of(page)
    assert f'href="#fault-{field}"' in page
    assert f'id="fault-{field}"' in page
    assert page.count("autofocus") == 1
    assert f'aria-describedby="fault-{field}" autofocus' in page


async def test_nothing_is_refused_on_a_page_that_was_only_opened(house):
    await house.sign_in()
    _, page, _ = await house.see(CASE)

    assert "Nothing was done" not in page


@pytest.mark.parametrize(
    ("language", "who", "where", "age"),
    [
        ("en", "Who writes A child or teenager", "Where are you now?", "Age Not answered"),
        ("zh_CN", "谁在写 小孩或青少年", "你现在在哪里？", "年龄 没有回答"),
    ],
)
async def test_the_newest_words_where_who_and_the_age_stand_at_the_top(
    town, language, who, where, age
):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("1", "Where are you now?"))
    await town.answers(child, ("Old Street 3", "tell more now?"), ("he is knocking again", ""))
    await town.quiet()

    top = top_of(await page_of(town, child, language))

    assert "he is knocking again" in top
    assert where in top
    assert "Old Street 3" in top
    assert who in top
    assert age in top


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_of_the_newest_words_none_is_a_mere_choice(town, language):
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "not your fault"))
    await town.answers(child, ("That is all", "happen last?"))
    await child.taps("Skip")
    await child.hears("Where did it happen?")
    await town.quiet()

    page = await page_of(town, child, language)

    top = top_of(page)
    assert "my dad hits me" in top
    assert "That is all" not in top
    assert "就这些" not in top
    assert "Skip" not in top
    assert "跳过" not in top


@pytest.mark.parametrize(
    ("language", "told", "yes", "shown"),
    [
        ("en", "my dad hits me", "yes", "Asked: Is anyone in danger right now? yes"),
        ("zh_CN", "我爸打我", "有", "问： 现在有人有危险吗？ 有"),
    ],
)
async def test_a_short_answer_stands_at_the_top_with_what_was_asked(
    town, language, told, yes, shown
):
    child = await town.child("en" if language == "en" else "zh-hans")
    for text in (told, yes):
        await child.writes(text)
        await town.quiet()

    assert shown in top_of(await page_of(town, child, language))


@pytest.mark.parametrize(
    ("language", "told", "after", "gravest"),
    [
        (
            "en",
            "i want to kill myself",
            ("nobody cares", "are you there?"),
            "Most pressing words i want to kill myself Newest words nobody cares are you there?",
        ),
        (
            "zh_CN",
            "我不想活了",
            ("没人管我", "你们在吗"),
            "最要紧的话 我不想活了 最新的话 没人管我 你们在吗",
        ),
    ],
)
async def test_what_is_most_pressing_stands_at_the_top_once_it_is_not_the_newest(
    town, language, told, after, gravest
):
    child = town.contact("en" if language == "en" else "zh-hans")
    await child.writes(told)
    await town.quiet()
    before = top_of(await page_of(town, child, language))
    for text in after:
        await child.writes(text)
        await town.quiet()

    case = (await town.case_of(child)).line.id
    worker = await town.run.add_worker(f"Second reader {child.id}", language=language)
    async with signed_in(town, worker) as page:
        top = top_of(await page(f"/desk/cases/{case}"))

    assert gravest.split(" ")[0] not in before
    assert gravest in top


@pytest.mark.parametrize(
    ("language", "told", "only_ends", "times"),
    [
        ("en", "my dad hits me", ("nothing else", "skip"), "after nine, when dad sleeps"),
        ("zh_CN", "我爸打我", ("说完了", "跳过。"), "晚上九点以后"),
    ],
)
async def test_of_the_newest_words_none_only_skips_or_says_when_it_is_safe(
    town, language, told, only_ends, times
):
    all_told, skip = only_ends
    child = await town.child("en" if language == "en" else "zh-hans")
    for text in ("1", "3", "1", told, all_told, *[skip] * 4, "2", times):
        await child.writes(text)
        await town.quiet()
    assert (await town.case_of(child)).safe_to_reply == f"sometimes {times}"

    page = await page_of(town, child, language)

    newest = unmarked(page.split('id="glance"')[1].split("</dd>")[0])
    assert told in newest
    assert all_told not in newest
    assert skip not in newest
    assert times not in newest
    assert times in page.split('aria-labelledby="safe"')[1].split("</section>")[0]


@at_once(
    ("language", "told", "age"),
    [
        ("en", "im 9 and my dad hits me now", "Age 9, in their own words"),
        ("zh_CN", "我是他妈妈，儿子七岁，他爸爸在打他", "年龄 7 岁，是自己写的"),
        ("en", "my brother is 9 and i am 13, dad hits us", "Age 13, in their own words"),
        ("en", "we are 9 and 13, dad hits us", "Age Not answered"),
    ],
)
async def test_an_age_in_own_words_stands_at_the_top_if_it_is_sure_whose(town, language, told, age):
    contact = town.contact(language)
    await contact.writes(told)
    await town.quiet()

    assert age in top_of(await page_of(town, contact, language))


async def test_the_note_of_a_hand_over_stands_at_the_top(town):
    child = await town.teller()
    await town.answers(child, ("my dad hits me", "write on"))
    giver, _ = await town.worker("Giver of cases")
    taker, _ = await town.worker("Taker of cases")
    line = (await town.case_of(child)).line
    line = await town.run.desk.claim(giver, line.id)
    await town.run.desk.hand_over(
        giver, line.id, to=taker.id, summary="Promised to write at 8.", version=line.version
    )
    await town.run.desk.note(taker, line.id, "another note")

    async with signed_in(town, taker) as look:
        top = top_of(await look(f"/desk/cases/{line.id}"))

    assert "Handed over by Giver of cases Promised to write at 8." in top
    assert "another note" not in top


async def test_on_paper_the_owner_has_a_name(house):
    await house.sign_in()
    if house.desk.cases["c42"].line.owner is None:
        await house.take()
    _, page, _ = await house.see(CASE)

    assert f'<b class="no-print">You</b><span class="on-paper">{WU.name}</span>' in page


TOLD = ("/start", "3", "我班上一个学生手臂上有烟头烫的印子", "3", "就这些", "2", "10", "三小四年级")
"""What a teacher writes up to who else knows."""


@pytest.mark.parametrize(("refusal", "is_shown"), [("", True), ("，请不要给我发消息", False)])
async def test_the_number_that_an_adult_left_stands_at_the_top_where_it_may_be_used(
    town, refusal, is_shown
):
    teacher = town.contact("zh-hans")
    rest = ("好", "校长知道", f"13800000000 王老师{refusal}")
    for text in (*TOLD, "1", *rest, "他今天没来", "我去看看"):
        await teacher.writes(text)
        await town.quiet()

    top = top_of(await page_of(town, teacher, "zh_CN"))

    assert ("对方留的名字和电话 13800000000 王老师" in top) is is_shown


async def test_that_it_is_safe_to_reply_is_said_in_words_for_just_that(town):
    teacher = town.contact("zh-hans")
    for text in (*TOLD, "1"):
        await teacher.writes(text)
        await town.quiet()

    page = await page_of(town, teacher, "zh_CN")

    facts = " ".join(re.sub(r"<[^>]+>", " ", page.split('id="facts"')[1]).split())
    assert "回复是否安全 可以，安全" in facts


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        (("2", "after nine"), "Safe to write only: after nine"),
        (("2", "skip"), "Safe to write only: at certain times; they did not say when"),
        (("1",), ""),
    ],
)
async def test_when_it_is_safe_to_write_stands_beside_the_answer_as_well(town, answers, shown):
    child = await town.child()
    for text in ("1", "3", "1", "my dad hits me", "done", *["skip"] * 4, *answers):
        await child.writes(text)
        await town.quiet()
    owner, _ = await town.worker(f"Who answers {child.id}")
    line = (await town.case_of(child)).line
    await town.run.desk.claim(owner, line.id)

    async with signed_in(town, owner) as look:
        page = await look(f"/desk/cases/{line.id}")

    reply = page.split('id="reply"')[1].split("</section>")[0]
    assert ("safe-times" in reply) is bool(shown)
    assert shown in " ".join(re.sub(r"<[^>]+>", " ", reply).split())
