"""Who has said that this is all is asked what a worker needs first, and offered the rest."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import happened, level_of, said
from journeys.told_reports import (
    ADULT,
    IN_SHORT,
    OFFER,
    REPORT,
    ZH,
    child_who_told,
    passes,
    routine_at_the_offer,
    told_by_a_parent,
    told_in_chinese,
    told_in_english,
)

from bot.domain.ids import HOUR, MINUTE
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_child_hears_the_code_after_four_questions_and_no_is_the_end(town):
    child, last = await told_in_chinese(town)

    assert "口令" in last
    case = await town.case_of(child)
    assert (level_of(case), case.safe_to_reply) == (Level.URGENT, "ok")
    assert (f"{REPORT}.age", "12") in case.answers

    await child.taps("不用了，就这些")
    end = await child.hears("不再问了")

    assert "口令" not in end.text
    assert "跳过" not in end.labels


async def test_silence_at_the_offer_leaves_a_report_that_is_whole(town):
    child, _ = await told_in_chinese(town)
    before = await town.case_of(child)

    await passes(town, 31 * MINUTE)

    await town.hears_nothing(child)
    after = await town.case_of(child)
    assert (after.line.level, after.modifiers) == (before.line.level, before.modifiers)
    assert "went_silent" not in happened(after)
    await child.writes("今天又是这样")
    await child.hears("社工")
    assert "今天又是这样" in said(await town.case_of(child))


async def test_what_was_risky_right_before_the_offer_is_no_falling_silent(town):
    child, _ = await told_in_english(
        town,
        safe=(
            ("sometimes", "When is it safe?"),
            ("only when my dad is not hitting me at home", OFFER["en"]),
        ),
    )
    before = await town.case_of(child)

    await passes(town, 31 * MINUTE)

    after = await town.case_of(child)
    assert "went_silent" not in happened(after)
    assert after.modifiers == before.modifiers


async def test_who_leaves_at_the_offer_has_left_nothing_open(town):
    child, _ = await told_in_english(town)
    before = await town.case_of(child)

    await town.answers(child, ("leave", "Bye"))

    after = await town.case_of(child)
    assert (after.line.level, after.modifiers) == (before.line.level, before.modifiers)
    assert after.safe_to_reply == "ok"


async def test_who_wants_to_is_asked_the_rest_and_it_is_weighed(town):
    child, _ = await told_in_english(town)

    await child.taps("Yes, a few more")
    question = await child.hears("Who was there?")
    assert "Skip" in question.labels
    last = await town.answers(
        child,
        ("skip", "other children"),
        ("yes", "Have you told"),
        ("no", "Those were all our questions"),
    )

    case = await town.case_of(child)
    answers = dict(case.answers)
    assert "code" not in last
    assert answers[f"{REPORT}.other_children"] == "some"
    assert answers[f"{REPORT}.own_phone"] == "own"
    assert answers[f"{REPORT}.age"] == "12"


async def test_what_is_answered_behind_the_offer_still_raises_the_case(town):
    child = await routine_at_the_offer(town)

    await town.answers(
        child,
        ("yes", "Who was there?"),
        ("his class", "other children"),
        ("yes", "Have you told"),
    )
    await passes(town, 31 * MINUTE)

    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_other_words_at_the_offer_are_added_and_end_it(town):
    child, _ = await told_in_english(town)

    await town.answers(child, ("they also hid my bag today", "This is added"))

    assert "they also hid my bag today" in said(await town.case_of(child))


async def test_what_is_asked_at_the_offer_is_answered(town):
    child, _ = await told_in_english(town)

    await child.writes("can a teacher take my phone away?")

    await child.hears("This is added")
    await town.quiet()
    assert any("phone" in text.casefold() for text in child.heard[-2:])
    assert (await town.case_of(child)).safe_to_reply == "ok"


async def test_where_it_is_sexual_who_was_there_is_asked_before_the_report_is_in(town):
    child = await town.teller()
    await town.answers(
        child,
        ("a man touches me between my legs", ""),
        ("that is all", "happen last?"),
        ("last week", "Where did it happen?"),
        ("at home", "Who was there?"),
        ("my uncle, he lives with us", "Have you told"),
        ("no", "How old"),
        ("15", "see what you write"),
        ("only me", "Is it safe for us"),
        ("yes", OFFER["en"]),
    )
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY

    await town.answers(child, ("yes", "other children"))


async def test_what_has_not_happened_yet_is_not_asked_who_was_there(town):
    child = await town.teller()

    await town.answers(
        child,
        ("They want to send me to work after the summer", "write on"),
        ("that is all", "happen last?"),
        ("not yet", "How old"),
        ("12", "see what you write"),
        ("only me", "Is it safe for us"),
        ("yes", OFFER["en"]),
        ("yes", "other children"),
    )


OWN = {
    "en": (
        *(
            ("no", "tell us more"),
            ("that is all", "happen last?"),
            ("yesterday", "Where did it happen?"),
        ),
        *(("in the yard", ""), ("14", "see what you write"), ("only me", "Is it safe for us")),
    ),
    ZH: (
        *(("没有", "再多说一点"), ("就这些", "最近一次"), ("昨天", "在哪里发生"), ("学校", "")),
        *(("14", "别人会看到"), ("只有我", "安全吗")),
    ),
}


@at_once(
    ("language", "told", "others"),
    [
        ("en", "i cut myself", "other children"),
        ("en", "i want to die", "other children"),
        (ZH, "我不想活了", "别的孩子"),
        ("en", "i cut myself because my dad hits me", "Who was there?"),
        (ZH, "我割手腕，因为爸爸打我", "当时有谁在"),
    ],
)
async def test_nobody_is_asked_who_was_there_of_what_they_do_to_themselves(
    town, language, told, others
):
    child = await child_who_told(town, language, told)
    await town.answers(
        child, *OWN[language], ("yes" if language == "en" else "可以", OFFER[language])
    )

    await town.answers(child, ("yes" if language == "en" else "好", others))


@at_once(
    ("language", "told", "steps"),
    [
        ("en", "im pregnant and my parents dont know", (*OWN["en"][:3], ("home", "Have you told"))),
        (ZH, "我怀孕了", (*OWN[ZH][:3], ("家里", "告诉过别人"))),
        (
            "en",
            "my uncle got me pregnant",
            (("no", "Who needs"), ("me", "tell us more"), *OWN["en"][1:3], ("home", "Who was")),
        ),
        ("en", "im pregnant by my boss", (*OWN["en"][:3], ("home", "Who was"))),
        (
            "en",
            "im pregnant and i never wanted it",
            (("no", "Who needs"), ("me", "tell us more"), *OWN["en"][1:3], ("home", "Who was")),
        ),
        (
            "en",
            "my sister is pregnant",
            (("no", "Who needs"), ("my sister", ""), *OWN["en"][1:3], ("home", "Who was")),
        ),
        (
            ZH,
            "叔叔把我搞怀孕了",
            (("没有", "谁需要"), ("我自己", "再多说一点"), *OWN[ZH][1:3], ("家里", "当时有谁在")),
        ),
        (ZH, "我怀孕了 是老板的", (*OWN[ZH][:3], ("店里", "当时有谁在"))),
        (ZH, "我怀孕了 是亲戚弄的", (*OWN[ZH][:3], ("店里", "当时有谁在"))),
        (ZH, "我怀孕了 是村里一个人的", (*OWN[ZH][:3], ("店里", "当时有谁在"))),
    ],
)
async def test_who_is_pregnant_and_names_nobody_is_not_asked_who_was_there(
    town, language, told, steps
):
    child = await child_who_told(town, language, told)

    await town.answers(child, *steps)


async def test_who_has_told_enough_in_danger_is_offered_no_more(town):
    child = await town.child()

    last = await town.answers(
        child,
        ("1", "in danger right now?"),
        ("yes", "Where are you now?"),
        ("behind the market", "tell more now?"),
        ("not now", "Is it safe for us"),
        ("yes", "Your code to come back"),
    )

    assert OFFER["en"] not in last
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_whom_we_may_not_write_to_is_let_go(town):
    _, last = await told_in_english(
        town, safe=(("do not write to me", "We will not write to you here"),)
    )

    assert OFFER["en"] not in last


async def test_who_asked_something_amid_the_report_is_answered_and_not_asked(town):
    child = await town.teller()
    last = await town.answers(
        child,
        ("They leave me out of every game", "write on"),
        ("can a teacher take my phone away?", ""),
        *IN_SHORT,
        ("yes", "Your code to come back"),
    )

    assert OFFER["en"] not in last


async def test_a_parent_hears_the_code_after_four_questions(town):
    parent, last = await told_by_a_parent(town)

    assert "口令" in last
    assert (await town.case_of(parent)).safe_to_reply == "ok"
    await town.answers(parent, ("不用了", "不再问了"))


async def test_a_parent_may_answer_the_rest_and_still_say_that_nobody_may_write(town):
    parent, _ = await told_by_a_parent(town)

    await town.answers(
        parent,
        ("可以", "还有谁知道"),
        ("老师知道", "社工可以怎么联系您"),
        ("不要给我发消息", "都问完了"),
    )

    case = await town.case_of(parent)
    assert dict(case.answers)[f"{ADULT}.told_anyone"] == "老师知道"
    assert not case.can_reach


async def test_who_comes_back_after_hours_is_not_at_the_offer_any_more(town):
    child, _ = await told_in_english(town)
    await passes(town, 26 * HOUR)

    await child.writes("yes")

    await town.quiet()
    assert "Who was there?" not in child.chat.screen[-1].text


async def test_on_the_page_the_offer_has_its_buttons_and_no_ends_it(town, visitor):
    count = await town.count_cases()
    await visitor.opens()
    await visitor.answers(
        ("1", "What would you like to do?"),
        ("1", "in danger right now?"),
        ("no", "Who needs help?"),
        ("me", "in your own words"),
        ("They leave me out of every game", "write on"),
        *IN_SHORT,
    )
    await visitor.says("yes")

    offer = await visitor.hears(OFFER["en"])
    labels = [button["label"] for row in offer["buttons"] for button in row]
    assert labels[:2] == ["Yes, a few more", "No, that is enough"]
    await visitor.taps("No, that is enough")
    await visitor.hears("That is fine")
    assert await town.count_cases() == count + 1


async def test_whoever_has_a_worker_at_the_offer_is_asked_nothing_more(town):
    child, _ = await told_in_english(town)
    worker, _ = await town.worker("Worker at the offer")
    case = await town.case_of(child)

    await town.run.desk.claim(worker, case.line.id)
    await child.hears("A social worker is reading")
    await child.writes("yes please")

    await town.hears_nothing(child)
    assert "yes please" in said(await town.case_of(child))


@at_once(
    ("language", "who", "told", "rest", "age", "phone"),
    [
        (
            "en",
            "im 16",
            "i cut myself sometimes",
            ("no", "that is all", "today", "my room"),
            "16",
            "see what you write",
        ),
        ("zh-hans", "我11岁", "我爸打我", ("没有", "就这些", "昨天", "家里"), "11", "你写的这些"),
    ],
)
async def test_a_child_that_said_how_old_it_is_and_told_of_itself_is_not_asked_again(  # noqa: PLR0917 - one a column
    town, language, who, told, rest, age, phone
):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", who, told, *rest)

    assert phone in heard
    assert (f"{REPORT}.age", age) in (await town.case_of(child)).answers


@at_once("told", ["my sister gets hit by my dad", "my friend cuts herself"])
async def test_a_child_that_told_of_another_is_asked_how_old_that_one_is(town, told):
    child = town.contact()

    heard = await to_the_last(
        town, child, "/start", "im 16", told, "no", "another child", "that is all", "today", "home"
    )

    assert "How old" in heard


@at_once(
    ("language", "texts"),
    [
        ("zh-hans", ("班上的人都打我", "15岁", "没有", "我自己", "就这些", "昨天", "学校")),
        ("zh-hans", ("班上的人都打我", "15", "没有", "我自己", "就这些", "昨天", "学校")),
        (
            "en",
            ("they beat me up at school", "15 yo", "no", "me", "that is all", "today", "school"),
        ),
    ],
)
async def test_an_age_said_where_it_was_asked_who_writes_is_not_asked_again(town, language, texts):
    child = town.contact(language)

    await to_the_last(town, child, *texts)

    assert (f"{REPORT}.age", "15") in (await town.case_of(child)).answers


@at_once(
    ("told", "texts", "answer"),
    [
        (told_in_chinese, ("好的", "跳过", "我的补助能要回来吗"), "你问的记下了，社工会看到"),
        (told_in_english, ("yes", "skip", "can she do that?"), "Your question is kept"),
    ],
)
async def test_a_question_that_nothing_answers_is_said_to_reach_a_worker(town, told, texts, answer):
    child, _ = await told(town)

    heard = await to_the_last(town, child, *texts)

    assert answer in heard
    assert "请选一个" not in heard
    assert "choose one" not in heard
