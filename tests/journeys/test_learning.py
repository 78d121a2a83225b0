"""Learning together: a right a day, the quiz and evenings for parents, as families live them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from journeys.lives import level_of, said

from bot.domain.ids import DAY, HOUR, MINUTE, Instant
from bot.domain.level import Level
from bot.watch.daily import DAILY
from storage import contacts, subscriptions, timers

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.long]

KAILI = ZoneInfo("Asia/Shanghai")
RIGHT_AT, EVENING_AT = (17, 40), (19, 30)


def local(town):
    return datetime.fromtimestamp(town.run.clock() / 1_000_000, KAILI)


def until(town, hour, minute=0):
    """How long it is until the clock in Kaili shows this next."""
    now = local(town)
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (then + timedelta(days=then <= now) - now) // timedelta(microseconds=1)


async def go_to(town, hour, minute=0):
    """Let time pass until the clock in Kaili shows this next, and what was due has been done."""
    town.later(until(town, hour, minute))
    await settled(town)


async def settled(town):
    async def is_settled():
        now = Instant(town.run.clock())
        due = await town.run.lantern.house.database.read(lambda tx: timers.due_timers(tx, now=now))
        return not [timer for timer in due if timer.kind in DAILY]

    await town.run.until(is_settled)
    await town.quiet()


async def learner(town, language="en"):
    """A child at the menu of what there is to learn, in the morning."""
    await go_to(town, 10)
    child = await town.child(language)
    await child.taps("Learn and join in" if language == "en" else "学一学、一起玩")
    await child.hears("What would you like?" if language == "en" else "你想要哪个？")
    return child


async def subscriber(town, language="en"):
    """A child who has a right sent once a day, and has put the phone away."""
    child = await learner(town, language)
    await child.taps("One right a day" if language == "en" else "每天一条权利")
    await child.hears("Somebody else may see" if language == "en" else "别人也可能看到")
    await child.taps("Yes, send them" if language == "en" else "要，发给我")
    await child.hears("The first one comes" if language == "en" else "第一条")
    return child


async def parent(town, language="en"):
    await go_to(town, 10)
    adult = town.contact(language)
    await town.answers(adult, ("/start", "Who"), ("parent", "What would you like to do?"))
    await adult.taps("Learn and join in")
    await adult.hears("What would you like?")
    return adult


async def subscribed(town, person):
    async def work(tx):
        place = await contacts.find_place(tx, "telegram", str(person.id))
        return [each.series for each in await subscriptions.of(tx, place.contact)]

    return await town.run.lantern.house.database.read(work)


async def test_a_right_comes_once_a_day_at_its_hour_and_each_day_another(town):
    child = await subscriber(town)

    await go_to(town, 17, 39)
    await town.hears_nothing(child)
    await go_to(town, *RIGHT_AT)
    first = await child.hears("One right a day")
    await go_to(town, 23)
    await town.hears_nothing(child)
    await go_to(town, *RIGHT_AT)
    second = await child.hears("One right a day")

    assert "Law: " in first.text
    assert 'write "unsubscribe"' in first.text
    assert first.text != second.text


async def test_one_tap_ends_it_for_good(town):
    child = await subscriber(town)
    await go_to(town, *RIGHT_AT)
    await child.hears("One right a day")

    await child.taps("No more of these")
    await child.hears("No more of these will come.")

    assert await subscribed(town, child) == []
    await go_to(town, *RIGHT_AT)
    await town.hears_nothing(child)


@pytest.mark.parametrize("word", ["unsubscribe", "/unsubscribe", "退订", "No more daily messages"])
async def test_a_word_ends_it_from_anywhere(town, word):
    child = await subscriber(town)

    await child.writes(word)
    await child.hears("No more daily messages will come.")

    assert await subscribed(town, child) == []


async def test_nothing_is_sent_that_nobody_chose(town):
    child = await learner(town)
    await child.taps("One right a day")
    await child.hears("Somebody else may see")
    await child.taps("Rather not")
    await child.hears("What would you like?")

    await go_to(town, *RIGHT_AT)

    await town.hears_nothing(child)


async def test_it_is_told_in_chinese_too(town):
    child = await subscriber(town, "zh-hans")

    await go_to(town, *RIGHT_AT)
    lesson = await child.hears("每天一条权利")

    assert "依据：《" in lesson.text
    await child.taps("不再发这个")
    await child.hears("这个不会再发了")


async def test_yes_as_it_is_said_in_guizhou_is_a_yes(town):
    child = await learner(town, "zh-hans")
    await child.taps("每天一条权利")
    await child.hears("别人也可能看到")

    await child.writes("要得")

    await child.hears("第一条")


async def test_a_parent_gets_something_for_the_evening(town):
    adult = await parent(town)
    await adult.taps("Something for tonight")
    tonight = await adult.hears("Law: ")
    await adult.taps("Something every evening")
    await adult.hears("Somebody else may see")
    await adult.taps("Yes, send them")
    await adult.hears("The first one comes")

    await go_to(town, *EVENING_AT)
    sent = await adult.hears("For tonight")

    assert any(law in tonight.text for law in ("Family Education", "Protection of Minors"))
    assert "Law: " in sent.text


async def test_a_late_message_still_comes_on_its_day_but_never_at_night_and_never_twice(town):
    child = await subscriber(town)

    town.later(until(town, 22))  # Lantern was away from five to ten in the evening
    await settled(town)
    await town.hears_nothing(child)
    await go_to(town, 8, 1)
    await child.hears("One right a day")
    await go_to(town, 17, 45)
    await town.hears_nothing(child)
    await go_to(town, *RIGHT_AT)
    await child.hears("One right a day")


async def test_days_that_passed_while_lantern_was_away_are_not_made_up_for(town):
    child = await subscriber(town)

    town.later(3 * DAY + until(town, 18))
    await settled(town)

    await child.hears("One right a day")
    await town.hears_nothing(child)


async def test_while_somebody_is_in_danger_nothing_cheerful_is_sent(town):
    child = await subscriber(town)
    await child.writes("my dad is beating me right now")
    await child.hears("This sounds dangerous.")
    await go_to(town, *RIGHT_AT)
    await settled(town)

    assert not [text for text in child.heard if text.startswith("One right a day\n")]
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_after_the_safe_word_nothing_is_sent_until_a_worker_has_written(town):
    child = await subscriber(town)
    await town.answers(child, ("the lamp is on", "I have noted it"))
    case = await town.case_of(child)
    await town.run.desk.set_level(
        town.watcher, case.line.id, Level.ROUTINE, reason="a test", version=case.line.version
    )
    await go_to(town, *RIGHT_AT)
    await town.hears_nothing(child)
    case = await town.case_of(child)
    line = await town.run.desk.answer(
        town.watcher, case.line.id, "Hello?", version=case.line.version
    )
    await child.hears("Hello?")
    await town.run.desk.close(
        town.watcher, line.id, outcome="helped", reason="spoke to them", version=line.version
    )
    await go_to(town, 23)
    await go_to(town, *RIGHT_AT)

    await child.hears("One right a day")


async def have_a_worker_write(town, child):
    """Have *child* ask for a person, and a worker take the case."""
    await town.answers(
        child,
        ("talk to a person", "in danger right now?"),
        ("no", "What is it about?"),
        ("my school", "Your code to come back"),
    )
    case = await town.case_of(child)
    await town.run.desk.claim(town.watcher, case.line.id)
    await child.hears("A social worker is reading")


async def test_while_a_worker_writes_with_them_nothing_is_sent(town):
    child = await subscriber(town)
    await have_a_worker_write(town, child)

    await go_to(town, *RIGHT_AT)

    await town.hears_nothing(child)


async def test_one_tap_ends_it_while_a_worker_writes_with_them(town):
    child = await subscriber(town)
    await go_to(town, *RIGHT_AT)
    lesson = await child.hears("One right a day")
    await have_a_worker_write(town, child)

    await child.taps("No more of these", on=lesson)

    await child.hears("No more of these will come.")
    assert await subscribed(town, child) == []


async def test_whoever_said_that_writing_is_not_safe_is_never_written_to(town):
    child = await subscriber(town)
    await town.answers(
        child,
        ("menu", "What would you like to do?"),
        ("tell", "in danger right now?"),
        ("no", "Who needs help?"),
        ("1", "in your own words"),
        ("It is loud at home", "write on"),
        ("that is all", ""),
    )
    for _ in range(12):
        question = child.chat.messages[max(child.chat.messages)]
        if "safe for us to write" in question.text or "safe" in "".join(question.labels).lower():
            break
        await child.writes("skip")
        await child.hears("")
    await child.writes("No, do not write to me")
    await child.hears("Thank you for telling us.")

    await go_to(town, *RIGHT_AT)

    await town.hears_nothing(child)
    assert await subscribed(town, child) == []
    await town.answers(child, ("menu", "What would you like to do?"), ("learn", "What would you"))
    await child.taps("One right a day")
    await child.hears("Somebody else may see")
    await child.taps("Yes, send them")
    await child.hears("not safe to write to you here. So we send nothing.")


async def test_in_the_middle_of_a_conversation_it_waits(town):
    await go_to(town, 17, 30)
    child = await town.child()
    await child.taps("Learn and join in")
    await child.hears("What would you like?")
    await child.taps("One right a day")
    await child.hears("Somebody else may see")
    await child.taps("Yes, send them")
    await child.hears("The first one comes")

    await go_to(town, *RIGHT_AT)
    await town.hears_nothing(child)
    town.later(31 * MINUTE)
    await settled(town)

    await child.hears("One right a day")


async def test_whoever_leaves_in_a_hurry_finds_nothing_on_the_phone_tomorrow(town):
    child = await subscriber(town)

    await child.writes("leave")
    await child.hears("Bye")
    await go_to(town, *RIGHT_AT)

    await town.hears_nothing(child)
    assert await subscribed(town, child) == []


async def test_erasing_ends_it_too(town):
    child = await subscriber(town)

    await town.answers(child, ("erase", "Shall we erase"), ("yes, erase it", "It is erased."))
    await go_to(town, *RIGHT_AT)

    await town.hears_nothing(child)


async def test_whoever_blocks_the_bot_costs_nothing_and_may_come_back(town):
    child = await subscriber(town)
    await child.blocks()
    await town.fake.all_taken()

    await go_to(town, *RIGHT_AT)
    await town.hears_nothing(child)
    await child.unblocks()
    await child.writes("hello")
    await child.hears("")
    await go_to(town, *RIGHT_AT)

    await child.hears("One right a day")


async def test_the_quiz_is_kind_to_every_answer_and_keeps_none(town):
    child = await learner(town)
    await child.taps("A short quiz")

    for place in range(3):
        question = await child.hears("?")
        await child.taps(question.labels[place], on=question)
        told = await child.hears("Law: ")
        assert told.text.startswith(("Yes, that is how it is.", "Many people think so."))
        await child.taps("One more")
    await child.hears("?")

    async def work(tx):
        return await contacts.find_place(tx, "telegram", str(child.id))

    session = (await town.run.lantern.house.database.read(work)).session
    assert "learning.question" not in session.answers
    assert not [each for each in session.said if each.state.startswith("learning.")]


async def test_a_question_of_the_quiz_survives_help_and_a_change_of_language(town):
    child = await learner(town)
    await child.taps("A short quiz")
    first = await child.hears("?")

    await child.writes("help")
    again = await child.hears(first.text)
    assert again.labels == [*first.labels, "More help"]
    await child.writes("language")
    await child.hears("请选择语言")
    await child.taps("中文")
    chinese = await child.hears("？")

    assert "{" not in chinese.text
    assert len(chinese.labels) == len(first.labels)
    await child.taps(chinese.labels[0])
    await child.hears("依据：《")


async def test_what_is_written_in_the_quiz_is_checked_for_risk_as_everywhere(town):
    child = await learner(town)
    await child.taps("A short quiz")
    await child.hears("?")

    await child.writes("my stepfather touches me")
    await child.hears("Thank you for telling us.")
    await child.hears("in danger right now?")

    case = await town.case_of(child)
    assert "my stepfather touches me" in said(case)
    assert not [answer for answer in case.answers if answer[0] == "learning.question"]


async def test_more_than_once_gives_another_right(town):
    child = await learner(town)

    told = []
    for _ in range(3):
        await child.taps("Tell me one right")
        told.append((await child.hears("Law: ")).text)

    assert len(set(told)) == 3


async def test_asking_again_says_that_it_comes_already(town):
    child = await subscriber(town)

    await child.taps("One right a day")
    await child.hears("You already get it once a day.")
    await child.taps("No, end it")
    await child.hears("It has ended.")

    assert await subscribed(town, child) == []


async def test_a_clock_put_forward_by_hours_sends_no_more_than_one(town):
    child = await subscriber(town)

    for _ in range(4):
        town.later(2 * HOUR)
        await settled(town)

    sent = [text for text in child.heard if text.startswith("One right a day\n")]
    assert len(sent) == 1
