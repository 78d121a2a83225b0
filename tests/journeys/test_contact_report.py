"""A child, and an adult, tell what is happening: on Telegram, to the end and in every way."""

import pytest
from journeys.at_once import at_once
from journeys.lives import happened, level_of, said

from bot.domain.ids import HOUR, MINUTE, NEVER
from bot.domain.level import Level
from bot.domain.values import replace
from bot.intake.silence import is_silent
from storage import contacts, timers

pytestmark = pytest.mark.asyncio(loop_scope="module")


# Beginning


@at_once(
    ("language", "hello"),
    [
        ("zh-hans", "我是一个程序，不是真人"),
        ("zh-hant", "我是一个程序，不是真人"),
        ("en", "I am a program, not a person"),
        ("en-GB", "I am a program, not a person"),
        ("fr", "我是一个程序，不是真人"),
        ("", "我是一个程序，不是真人"),
    ],
)
async def test_the_phone_s_language_is_spoken_and_else_chinese(town, language, hello):
    child = town.contact(language)

    await child.writes("/start")

    greeting = await child.hears(hello)
    assert {"110", "120"} <= set(greeting.text.replace("。", " ").replace(".", " ").split())


async def test_a_first_word_without_a_command_is_greeted_as_well(town):
    child = town.contact("zh-hans")

    await child.writes("你好")

    assert "马上离开" in (await child.hears("请问，你是？")).labels


# The whole way


async def test_a_child_answers_every_question_in_chinese(town):
    child = town.contact("zh-hans")
    last = await town.answers(
        child,
        ("/start", "请问，你是？"),
        ("小孩", "你想做什么？"),
        ("1", "现在有人有危险吗？"),
        ("没有", "谁需要帮助？"),
        ("我自己", "用你自己的话告诉我们"),
        ("家里很吵，我不想回去", "你可以接着写"),
        ("就是这样的", "可以接着写"),
        ("就这些", "最近一次是什么时候？"),
        ("昨天", "是在哪里发生的？"),
        ("在家里", "你几岁？"),
        ("十二岁", "别人会看到"),
        ("只有我用", "以后"),
        ("可以", "口令"),
    )
    await town.answers(
        child,
        ("好", "当时有谁在？"),
        ("家里人", "别的孩子"),
        ("有一个弟弟", "告诉过别人"),
        ("没有", "都问完了"),
    )
    case = await town.case_of(child)

    assert "110" in last
    assert level_of(case) is Level.URGENT
    assert case.language == "zh_CN"
    assert case.who == "child"
    assert case.safe_to_reply == "ok"
    assert ("report_a_concern.age", "12") in case.answers
    assert [text for text in said(case) if len(text) > 5] == [
        "家里很吵，我不想回去",
    ]
    assert "就是这样的" in said(case)
    assert "有一个弟弟" in said(case)


async def test_an_adult_answers_every_question(town):
    adult = town.contact()
    last = await town.answers(
        adult,
        ("/start", "Who is writing?"),
        ("teacher", "write your question"),
        ("Report a concern", "Is a child in danger right now?"),
        ("no", "What is the child to you?"),
        ("pupil", "What have you seen or heard?"),
        ("He is often late for class", "write on"),
        ("done", "When was it last?"),
        ("today", "How old is the child?"),
        ("9", "How can we find the child?"),
        ("Third class of the village school", "May we write to you here later?"),
        ("sometimes", "When is a good time?"),
        ("weekdays after 18:00", "Your code to come back"),
    )
    await town.answers(
        adult,
        ("yes", "Who else knows?"),
        ("Nobody", "What name and number"),
        ("skip", "Those were all our questions"),
    )
    case = await town.case_of(adult)

    assert "protected by law" in last
    assert level_of(case) is Level.ROUTINE
    assert case.who == "other_adult"
    assert case.safe_to_reply == "sometimes weekdays after 18:00"


async def test_every_question_can_be_skipped_and_the_doubt_counts_as_danger(town):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"), ("skip", "110"))
    assert level_of(await town.case_of(child)) is Level.EMERGENCY

    await town.answers(
        child,
        ("skip", "tell more now?"),
        ("1", "Who needs help?"),
        ("/skip", "in your own words"),
        ("I don't want to say", "write on"),
        ("skip", "When did it happen last?"),
        ("pass", "Where did it happen?"),
        ("跳过", "How old"),
        ("skip", "see what you write"),
        ("skip", "Is it safe for us"),
        ("skip", "We will not write to you here"),
    )
    assert not (await town.case_of(child)).can_reach


# Danger


@pytest.mark.parametrize("answer", ["Yes, right now", "I am not sure", "1", "2", "有", "maybe"])
async def test_danger_or_doubt_opens_an_emergency_while_the_questions_go_on(town, answer):
    child = await town.child()

    safety = await town.answers(
        child, ("1", "in danger right now?"), (answer, "We have called a worker")
    )

    assert "110" in safety
    assert "Where are you now?" in safety
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert case.line.queue == "emergency"


async def test_danger_is_not_taken_back_by_changing_the_answer(town):
    child = await town.teller(danger="1")

    await town.answers(child, ("change", "Which answer"))
    await child.taps("Is anyone in danger right now?")
    await child.hears("Is anyone in danger right now?")
    await town.answers(child, ("no", "Who needs help?"))

    assert level_of(await town.case_of(child)) is Level.EMERGENCY


# Words that work anywhere


async def test_back_asks_the_question_before_again(town):
    child = await town.teller()

    await town.answers(
        child,
        ("back", "Who needs help?"),
        ("back", "in danger right now?"),
        ("no", "Who needs help?"),
    )


async def test_an_answer_is_corrected_by_choosing_its_question(town):
    child = await town.teller()
    await town.answers(child, ("It is loud", "write on"), ("done", "happen last?"))

    await child.writes("That is wrong")
    question = await child.hears("Which answer would you like to change?")
    assert "Who needs help?" in question.labels
    await child.taps("Who needs help?")
    await child.hears("Who needs help?")
    await town.answers(child, ("friend", "in your own words"))

    await town.answers(child, ("stop", "We have stopped"))
    case = await town.case_of(child)
    assert ("report_a_concern.who_is_it_about", "child") in case.answers


async def test_help_explains_and_asks_the_same_question_again(town):
    child = await town.teller()

    text = await town.answers(child, ("?", "I am a program"))

    assert "110" in text
    assert "in your own words" in text


async def test_the_language_changes_in_the_middle_of_a_question_and_back(town):
    child = await town.teller()

    await child.writes("中文")  # what is named is spoken at once
    await child.hears("用你自己的话告诉我们")
    await child.writes("language")
    await child.hears("请选择语言")
    await child.taps("English")
    question = await child.hears("in your own words")

    assert "Skip" in question.labels
    assert await town.case_of(child) is None


async def test_stop_brings_what_was_written_to_a_person(town):
    child = await town.teller()
    await town.answers(
        child, ("It is loud at home", "write on"), ("算了", "Your code to come back")
    )

    case = await town.case_of(child)

    assert "It is loud at home" in said(case)
    assert level_of(case) is Level.URGENT


async def test_stop_before_anything_was_told_opens_nothing(town):
    child = await town.child()

    await town.answers(child, ("stop", "You can write again at any time"))

    assert await town.case_of(child) is None


async def test_leaving_removes_every_message_and_leaves_one_neutral_line(town):
    child = await town.teller()
    await town.answers(child, ("It is loud at home", "write on"))
    before = list(child.chat.messages)

    tap = await child.taps("Leave now")
    await child.notices(tap)
    await child.loses(*before)

    await town.quiet()
    assert [message.text for message in child.chat.screen] == ["All right. Bye."]
    assert child.chat.screen[0].labels == []
    assert "It is loud at home" in said(await town.case_of(child))


async def test_whoever_takes_the_phone_after_somebody_left_sees_nothing_of_it(town):
    child = await town.teller()
    await town.answers(child, ("It is loud at home", "write on"), ("leave", "Bye"))
    worker, _ = await town.worker("Worker of one who left")
    case = await town.case_of(child)

    await town.run.desk.claim(worker, case.line.id)
    await town.hears_nothing(child)
    line = await town.run.desk.release(worker, case.line.id, version=(case.line.version + 1))
    await town.hears_nothing(child)
    await child.writes("hi, who is this?")

    assert line.owner is None
    greeting = await child.hears("Who is writing?")
    assert "again" not in greeting.text


async def test_erasing_without_a_case_removes_everything(town):
    child = await town.child()
    count = await town.count_cases()
    await town.answers(child, ("erase", "Shall we erase"))
    before = list(child.chat.messages)

    await child.taps("Yes, erase it")
    await child.loses(*before)
    await child.hears("It is erased")

    assert await town.count_cases() == count
    await child.writes("hello")
    greeting = await child.hears("Who is writing?")
    assert "again" not in greeting.text


async def test_erasing_with_a_case_leaves_the_case_with_a_note_and_empties_the_chat(town):
    child = await town.teller()
    await town.answers(
        child, ("It is loud at home", "write on"), ("stop", "code"), ("删除", "Shall we erase")
    )
    before = list(child.chat.messages)

    await child.writes("是")
    await child.loses(*before)
    await child.hears("It is erased")

    case = await town.case_of(child)
    assert "asked_to_erase" in happened(case)
    assert "It is loud at home" in said(case)


async def test_erasing_can_be_thought_better_of(town):
    child = await town.teller()

    await town.answers(child, ("erase", "Shall we erase"), ("no", "in your own words"))


async def test_erasing_in_the_middle_of_a_report_erases_what_has_not_reached_anybody(town):
    child = await town.teller()
    count = await town.count_cases()
    await town.answers(
        child, ("We have a new sofa", "write on"), ("erase", "Shall we erase"), ("1", "erased")
    )
    town.run.clock.advance(31 * MINUTE)

    await town.hears_nothing(child)
    assert await town.count_cases() == count


async def test_leaving_in_the_middle_of_any_question_keeps_what_was_told(town):
    child = await town.teller()
    await town.answers(
        child,
        ("It is loud at home", "write on"),
        ("done", "happen last?"),
        ("change", "Which answer"),
        ("exit", "Bye"),
    )

    assert "It is loud at home" in said(await town.case_of(child))


async def test_a_person_is_called_in_the_middle_of_a_report(town):
    child = await town.teller()
    await town.answers(
        child,
        ("It is loud at home", "write on"),
        ("real person", "What is it about?"),
    )
    assert "It is loud at home" in said(await town.case_of(child))

    await town.answers(child, ("skip", "Workers answer here"))


# Silence and blocking


async def test_an_unfinished_report_reaches_a_person_without_a_word(town):
    child = await town.teller()
    await town.answers(child, ("It is loud at home", "write on"))
    town.run.clock.advance(31 * MINUTE)

    async def has_case():
        return await town.case_of(child)

    case = await town.run.until(has_case)

    assert "It is loud at home" in said(case)
    await town.hears_nothing(child)


async def test_whoever_writes_now_and_then_is_silent_only_after_the_last_word(town):
    child = await town.teller()
    await town.answers(child, ("We have a new sofa", "write on"))
    town.run.clock.advance(20 * MINUTE)
    await town.answers(child, ("help", "I am a program"))
    town.run.clock.advance(20 * MINUTE)

    await town.hears_nothing(child)
    assert await town.case_of(child) is None

    town.run.clock.advance(11 * MINUTE)

    async def has_case():
        return await town.case_of(child)

    assert "We have a new sofa" in said(await town.run.until(has_case))


@pytest.mark.parametrize(
    ("hours_back", "questions_since", "is_over"),
    [(0, 0, False), (0, 1, False), (-1, 1, True), (1, 0, True), (1, 1, False)],
)
async def test_silence_is_never_left_unlooked_at(town, hours_back, questions_since, is_over):
    house = town.run.lantern.house
    child = await town.teller()
    await town.answers(child, ("It is loud at home", "write on"))

    async def look(tx):
        place = await contacts.find_place(tx, "telegram", str(child.id))
        session = replace(place.session, asked_at=NEVER)
        spoken_at = house.clock() + hours_back * HOUR
        place = replace(place, spoken_at=spoken_at, session=session)
        await timers.stop_timer(tx, "silence", place.contact)
        found = await is_silent(tx, house, place, step=session.step - questions_since)
        return found, (await contacts.find_place(tx, "telegram", str(child.id))).silence_at

    found, looked_at_next = await house.database.write(look)

    assert found is is_over
    assert (looked_at_next is None) is is_over


async def test_after_silence_nobody_is_told_that_a_worker_reads(town):
    child = await town.teller()
    await town.answers(child, ("It is loud at home", "write on"))
    town.run.clock.advance(31 * MINUTE)

    async def has_case():
        return await town.case_of(child)

    case = await town.run.until(has_case)
    worker, _ = await town.worker("Worker of a silent one")
    await town.run.desk.claim(worker, case.line.id)

    await town.hears_nothing(child)


async def test_silence_at_the_menu_brings_nothing(town):
    child = await town.child()
    town.run.clock.advance(2 * HOUR)

    await town.hears_nothing(child)
    assert await town.case_of(child) is None


async def test_whoever_blocks_the_bot_in_the_middle_is_not_lost(town):
    child = await town.teller()
    await town.answers(child, ("It is loud at home", "write on"))

    await child.blocks()

    case = await town.case_of(child)
    assert "It is loud at home" in said(case)


@at_once("said_so", ["就我自己", "只有我自己", "就我一个人"])
async def test_whoever_says_that_it_is_only_themselves_is_understood(town, said_so):
    child = await town.child("zh-hans")
    await child.writes("最近总觉得活着没意思，死了会轻松一点吧")
    await child.hears("现在有人有危险吗")
    await town.answers(child, ("没有", "谁需要帮助"), (said_so, "用你自己的话"))

    case = await town.case_of(child)

    assert ("report_a_concern.who_is_it_about", "me") in case.answers
