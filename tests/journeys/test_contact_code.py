"""Coming back with a code: from another channel, in another language, after the end."""

import re

import pytest
from journeys.lives import happened, said

from bot.directory.return_code import return_code_text
from bot.domain.case import EntryKind
from bot.domain.ids import HOUR
from bot.domain.level import Level
from bot.intake.guessing import ALL_CODE_TRIES
from storage import cases, gaps, inbox

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def told(town, *, story: str = "It is loud", safe: str = "yes"):
    """A child who has told everything; return them, their code and their case."""
    child = await town.teller()
    await town.answers(child, (story, "write on"), ("done", "last?"))
    await town.answers(
        child,
        ("skip", "Where did"),
        ("skip", "How old"),
        ("skip", "May someone"),
        ("skip", "Is it safe"),
    )
    text = await town.answers(child, (safe, "Your code to come back"))
    if "May we ask a few more" in text:
        await town.answers(child, ("no", "That is fine"))
    code = text.split("from any phone: ")[1].splitlines()[0]
    return child, code, await town.case_of(child)


async def test_a_code_from_telegram_opens_the_report_on_the_web(town, visitor):
    child, code, case = await told(town)
    await visitor.opens()

    await visitor.answers(
        ("1", "What would you like to do?"), ("I have a code", "What is your code?")
    )
    status = await visitor.answers((code, "A worker"))

    assert "No worker has written to you yet." in status
    again = await town.run.desk.read(town.watcher, case.line.id)
    assert "came_back" in happened(again)
    assert again.channel == "web"
    assert child.chat.unheard == []


async def test_what_a_worker_wrote_while_it_was_not_safe_is_read_with_the_code(town, visitor):
    child, code, case = await told(town, safe="no")
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    line = await town.run.desk.claim(worker, case.line.id)
    await town.run.desk.answer(worker, line.id, "We will come on Monday.", version=line.version)
    await town.hears_nothing(child)

    await visitor.opens()
    await visitor.answers(("1", "What would"), ("3", "code?"))
    status = await visitor.answers((code, "waiting for an answer"))

    assert "We will come on Monday." in status


async def test_there_and_back_again_with_the_worker_s_answers_following(town, visitor):
    child, code, case = await told(town)
    await visitor.opens()
    await visitor.answers(("1", "What would"), ("3", "code?"), (code, "A worker"))
    await visitor.answers(("add", "Please write"), ("it is worse on Sundays", "worker will read"))
    await visitor.answers(("done", "Take care"))
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    line = await town.run.desk.claim(worker, case.line.id)
    line = await town.run.desk.answer(worker, line.id, "On the web.", version=line.version)
    written = await visitor.hears("On the web.")
    assert written["by"] == "person"

    await town.answers(
        child, ("I am back", "Hello again"), ("menu", "What would"), ("3", "What is your code?")
    )
    await town.answers(child, (code, "On the web."), ("done", "Take care"))
    await town.run.desk.answer(worker, line.id, "On Telegram.", version=line.version)

    await child.hears("On Telegram.")
    kept = said(await town.run.desk.read(worker, line.id))
    assert {"it is worse on Sundays", "I am back"} <= set(kept)


async def test_the_code_may_be_typed_in_the_other_language_and_with_other_words(town):
    _, code, case = await told(town)
    words = town.run.lantern.house.directory.code_words
    english = {word.spellings["en"]: word.spellings["zh_CN"] for word in words}
    chinese = "".join(english[word] for word in code.split())
    friend = await town.child("zh-hans")

    await town.answers(friend, ("口令", "四个词"), (f"我的口令是{chinese}", "社工"))

    assert (await town.run.desk.read(town.watcher, case.line.id)).channel == "telegram"


async def test_a_wrong_code_is_told_gently_and_too_many_are_slowed_for_an_hour(town):
    _, code, _ = await told(town)
    child = await town.child()
    await town.answers(child, ("3", "What is your code?"), ("abc", "does not look like a code"))
    for _ in range(5):
        await town.answers(
            child, ("moon moon moon moon", "cannot find this code"), ("again", "your code?")
        )

    refused = await town.answers(child, (code, "Too many codes"))
    assert "110" in refused
    town.run.clock.advance(HOUR)

    await town.answers(child, ("again", "your code?"), (code, "What would you like to do?"))


async def test_guessing_amid_a_report_is_slowed_as_well(town):
    _, code, _ = await told(town)
    child = await town.teller()
    for _ in range(5):
        await town.answers(child, ("moon moon moon moon", "write on"))

    await town.answers(child, (code, "Too many codes"))


async def test_who_guesses_elsewhere_takes_no_words_out_of_a_report(town):
    now = town.run.clock()

    async def others_guess(tx):
        for _ in range(ALL_CODE_TRIES):
            await inbox.note_try(tx, "code", "everybody", now=now)

    await town.run.lantern.house.database.write(others_guess)
    _, _, case = await told(town, story="cookie candy milk cake")

    assert "cookie candy milk cake" in said(case)
    town.run.clock.advance(HOUR)


async def test_whether_help_has_come_reaches_the_worker(town):
    child, code, case = await told(town)
    await town.answers(child, ("menu", "What would"), ("3", "code?"), (code, "What would"))

    await town.answers(
        child,
        ("did help come", "Has help come?"),
        ("not yet", "The worker sees this"),
        ("helped", "Has help come?"),
        ("yes", "The worker sees this"),
    )

    again = await town.run.desk.read(town.watcher, case.line.id)
    assert again.help_arrived == "came"
    assert [text for text in happened(again) if text.startswith("help")] == [
        "help_not_yet",
        "help_came",
    ]


async def close(town, case):
    case = await town.run.desk.read(town.watcher, case.line.id)
    return await town.run.desk.close(
        town.watcher, case.line.id, outcome="helped", reason="done", version=case.line.version
    )


async def test_a_closed_case_opens_again_when_something_is_added(town):
    child, code, case = await told(town)
    await town.run.desk.claim(town.watcher, case.line.id)
    await close(town, case)
    await child.hears("finished this for now")

    await town.answers(
        child,
        ("menu", "What would"),
        ("3", "code?"),
        (code, "finished this for now"),
        ("add", "Please write"),
        ("it began again", "worker will read"),
        ("add", "Please write"),
        ("and again", "worker will read"),
    )

    again = await town.run.desk.read(town.watcher, case.line.id)
    assert not again.line.is_closed
    assert again.line.owner is None
    assert said(again).count("it began again") == 1
    assert said(again).count("and again") == 1


async def back_at_a_closed_case(town):
    """Somebody who came back to it with the code, and is asked what they would like to add."""
    child, code, case = await told(town)
    await town.run.desk.claim(town.watcher, case.line.id)
    await close(town, case)
    await child.hears("finished this for now")
    await town.answers(
        child,
        ("menu", "What would"),
        ("3", "code?"),
        (code, "finished this for now"),
        ("add", "Please write"),
    )
    return child, case.line.id


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("you are stupid", "all right to be angry"),
        ("are you a robot?", "I am a program"),
        ("hello", "this is Lantern"),
    ],
)
async def test_an_insult_or_small_talk_opens_no_closed_case_and_what_is_added_then_does(
    town, text, answer
):
    child, case = await back_at_a_closed_case(town)

    reply = await town.answers(child, (text, answer))

    assert "Please write what you would like to add" in reply
    found = await town.run.desk.read(town.watcher, case)
    assert found.line.is_closed
    assert said(found)[-1] == text
    await town.answers(child, ("it began again", "worker will read"))
    again = await town.run.desk.read(town.watcher, case)
    assert not again.line.is_closed
    assert said(again)[-2:] == [text, "it began again"]
    assert [line.id for line in await town.run.desk.queue(town.watcher)].count(case) == 1


async def test_nor_does_a_second_insult_within_the_hour_which_is_only_asked_again(town):
    child, case = await back_at_a_closed_case(town)
    await town.answers(child, ("you are stupid", "all right to be angry"))

    reply = await town.answers(child, ("you are an idiot", "Please write what"))

    assert "all right to be angry" not in reply
    found = await town.run.desk.read(town.watcher, case)
    assert found.line.is_closed
    assert said(found)[-2:] == ["you are stupid", "you are an idiot"]
    await town.answers(child, ("it began again", "worker will read"))
    assert not (await town.run.desk.read(town.watcher, case)).line.is_closed


async def test_an_insult_at_a_closed_case_is_read_only_there_also_when_they_leave(town):
    child, case = await back_at_a_closed_case(town)
    before = {line.id for line in await town.run.desk.queue(town.watcher)}

    await town.answers(child, ("you are stupid", "all right to be angry"))
    await child.writes("leave")
    await town.quiet()

    found = await town.run.desk.read(town.watcher, case)
    assert found.line.is_closed
    assert said(found)[-1] == "you are stupid"
    after = {line.id for line in await town.run.desk.queue(town.watcher)}
    others = [await town.run.desk.read(town.watcher, line) for line in after - before]
    assert not [other for other in others if "you are stupid" in said(other)]


@pytest.mark.parametrize("text", ["fuck you, he will kill me", "😭", "bye"])
async def test_danger_tears_and_a_goodbye_open_it_again(town, text):
    child, case = await back_at_a_closed_case(town)

    await child.writes(text)
    await town.quiet()

    found = await town.run.desk.read(town.watcher, case)
    assert not found.line.is_closed
    assert said(found)[-1] == text


async def test_a_closed_case_opens_again_when_no_help_has_come(town):
    child, code, case = await told(town)
    await town.run.desk.claim(town.watcher, case.line.id)
    await close(town, case)

    await town.answers(
        child,
        ("menu", "What would"),
        ("3", "code?"),
        (code, "finished this for now"),
        ("helped", "Has help come?"),
        ("no", "The worker sees this"),
    )

    again = await town.run.desk.read(town.watcher, case.line.id)
    assert again.line.status in {"reopened", "alerted"}
    assert "reopened_by_contact" in happened(again)


async def test_that_it_is_not_safe_to_write_is_not_forgotten_when_they_come_back(town, visitor):
    _, code, case = await told(town, safe="no")
    await visitor.opens()

    await visitor.answers(("2", "What would"), ("3", "code?"), (code, "A worker"))

    again = await town.run.desk.read(town.watcher, case.line.id)
    assert again.safe_to_reply == "not_ok"
    assert not again.can_reach


# On the web


async def test_on_the_web_everything_is_told_in_one_long_message(visitor):
    await visitor.opens()
    await visitor.answers(("1", "What would"), ("1", "danger"), ("no", "help?"), ("1", "own words"))

    await visitor.answers(("long " * 1000, "write on"), ("stop", "Your code"))


async def test_leaving_the_web_page_empties_it_and_keeps_what_was_told(town, visitor):
    await visitor.opens()
    await visitor.answers(("1", "What would"), ("1", "danger"), ("no", "help?"), ("1", "own words"))
    await visitor.answers(("It is loud on the web", "write on"))
    count = await town.count_cases()

    assert await visitor.leaves() == 204

    assert await visitor.news() == 401
    assert await town.count_cases() == count + 1
    await visitor.opens()
    greeting = await visitor.hears("Hello. I am a program")
    assert "again" not in greeting["text"]


async def test_leave_typed_on_the_web_takes_the_page_away_without_a_word(visitor):
    await visitor.opens()
    await visitor.answers(("1", "What would you like"))

    await visitor.says("leave")
    last = await visitor.hears("")

    assert (last["act"], last["references"], last["text"]) == ("delete", ["away"], "")


async def test_erasing_on_the_web_empties_the_page(visitor):
    await visitor.opens()
    await visitor.answers(("1", "What would you like"), ("erase", "Shall we"))

    await visitor.says("yes")

    assert (await visitor.hears(""))["references"] == ["*"]
    await visitor.hears("It is erased")


async def test_a_photo_on_the_web_opens_at_the_desk_byte_for_byte(town, visitor):
    await visitor.opens()
    await visitor.answers(("1", "What would"))
    picture = bytes(range(256)) * 100

    await visitor.sends(picture, "image/png")

    await visitor.hears("we have kept this")
    line = max(await town.run.desk.queue(town.watcher), key=lambda one: one.opened_at)
    case = await town.run.desk.read(town.watcher, line.id)
    [file] = [entry.file_id for entry in case.entries if entry.file_id]
    assert await town.run.desk.file(town.watcher, line.id, file) == ("image/png", picture)


async def test_the_page_s_language_button_asks_the_question_again(visitor):
    await visitor.opens()
    await visitor.hears("Who is writing?")

    await visitor.taps("lang:zh_CN")

    await visitor.hears("请问，你是？")


async def test_a_phone_that_the_report_has_left_is_answered_by_the_bot_again(town):
    child, code, case = await told(town)
    worker, _ = await town.worker(f"Worker of {case.line.code}")
    await town.run.desk.claim(worker, case.line.id)
    friends_phone = await town.child()
    await town.answers(friends_phone, ("I have a code", "What is your code?"), (code, "A worker"))
    line = (await town.run.desk.read(worker, case.line.id)).line
    await town.run.desk.answer(worker, line.id, "Are you at home?", version=line.version)
    await friends_phone.hears("Are you at home?")

    await town.answers(
        child,
        ("/menu", "What would you like to do?"),
        ("I have a code", "What is your code?"),
        (code, "A worker"),
    )

    await town.answers(friends_phone, ("hello", "Hello again"))


@pytest.mark.parametrize("is_own", [True, False])
async def test_a_code_typed_to_a_worker_is_hidden_and_hears_that_a_worker_reads(town, is_own):
    _, others, _ = await told(town)
    child, own, case = await told(town)
    await town.run.desk.claim(town.watcher, case.line.id)
    await child.hears("A social worker is reading")

    await town.answers(child, (own if is_own else others, "A social worker is reading"))

    found = await town.run.desk.read(town.watcher, case.line.id)
    assert said(found)[-1] == "▢▢▢▢"
    assert "came_back" not in happened(found)
    await child.writes("milk candy")
    await town.hears_nothing(child)


async def test_where_the_safe_word_was_used_a_code_typed_to_a_worker_shows_nothing_of_it(town):
    child, code, case = await told(town)
    await town.run.desk.claim(town.watcher, case.line.id)
    await child.hears("A social worker is reading")
    await child.writes("the lamp is on")
    await town.hears_nothing(child)

    await town.answers(child, (code, "I have noted it"))


@pytest.mark.parametrize("is_own", [True, False])
async def test_no_worker_ever_reads_a_code_that_somebody_types(town, is_own):
    _, others, first = await told(town)
    child, own, second = await told(town)
    code = own if is_own else others
    broken = f"{code[:-2]}zz"

    await town.answers(child, (f"my code is {code}, is it?", "passed on"))
    await town.answers(child, ("menu", "What would"), ("3", "What is your code?"))
    await town.answers(child, (broken, "cannot find this code"), ("again", "What is your code?"))
    await town.answers(child, (code, "A worker"), ("add", "Please write"))
    await town.answers(child, (f"hide it: {'、'.join(code.split())}", "worker will read"))

    lines = (first.line, second.line)
    files = [await town.run.desk.read(town.watcher, line.id) for line in lines]
    shown = "\n".join(f"{_texts(file)} {file.answers}" for file in files)
    assert "hide it: ▢▢▢▢" in shown
    assert "my code is ▢▢▢▢, is it?" in shown
    assert not [word for word in code.split() if re.search(rf"\b{word}\b", shown)]
    assert "ask_code" not in shown


@pytest.mark.parametrize(
    "around",
    ["wo baba tian tian da wo, kou ling shi {}", "wo baba yao sha le wo, {}, wo hen hai pa"],
)
@pytest.mark.parametrize("between", [" ", ""])
async def test_nor_where_it_stands_in_what_is_read_from_pinyin(town, around, between):
    _, _, first = await told(town)
    words = town.run.lantern.house.directory.code_words
    body = await town.run.lantern.house.database.read(lambda tx: cases.read_body(tx, first.line.id))
    code = return_code_text(body.code, "zh_CN", words)
    child = await town.child("zh-hans")

    await child.writes(around.format(code.replace(" ", between)))

    await town.quiet()
    case = await town.case_of(child)
    assert case.signals
    shown = "\n".join(f"{signal.reason} {signal.read_as} {signal.words}" for signal in case.signals)
    assert not [word for word in code.split() if word in shown]
    assert "▢▢▢▢" in shown


def _texts(file):
    seen = [signal.words for signal in file.signals]
    return [entry.text for entry in file.entries if entry.kind is EntryKind.SAID] + seen


async def test_a_code_typed_as_a_question_is_in_no_gap(town):
    _, code, _ = await told(town)
    asker = await town.child()
    await town.answers(asker, ("2", "like to know"), (f"what is {code} zzqx good for", ""))

    kept = await town.run.lantern.house.database.read(gaps.open_gaps)

    assert not [gap for gap in kept if set(code.split()) & set(gap.text.split())]


# Words of codes are everyday words, too


@pytest.mark.parametrize(
    ("language", "told", "level"),
    [
        ("en", "apple he has a knife and kills me tiger", Level.EMERGENCY),
        ("zh-hans", "小狗 他要杀我 老虎", Level.EMERGENCY),
        ("en", "tiger my dad hits me panda", Level.URGENT),
    ],
)
async def test_what_is_told_where_the_code_is_asked_for_is_seen_and_kept(
    town, language, told, level
):
    child = await town.child(language)
    await child.writes("3")
    await town.quiet()

    await child.writes(told)
    await town.quiet()

    case = await town.case_of(child)
    assert case.line.level <= level
    assert any(word in "".join(said(case)) for word in ("knife", "他要杀我", "my dad hits me"))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "my stepdad beats me and then he brings candy and cookie and milk and cake"),
        ("zh-hans", "他给我糖果、饼干、牛奶和蛋糕，然后摸我"),
    ],
)
async def test_what_a_child_was_given_is_no_code(town, language, told):
    child = await town.child(language)
    await child.writes(told)
    await town.quiet()

    assert told in said(await town.case_of(child))


async def test_four_such_words_amid_a_report_are_an_answer_and_no_code(town):
    child = await town.teller(danger="1")

    await town.answers(child, ("candy, cookie, milk, cake", "write on"))

    assert said(await town.case_of(child))[-1] == "candy, cookie, milk, cake"


async def test_somebodys_code_amid_a_report_is_hidden_and_opens_its_case(town):
    _, code, _ = await told(town)
    other = await town.teller()

    await town.answers(other, (code, "A worker"))

    lines = await town.run.desk.queue(town.watcher)
    files = [await town.run.desk.read(town.watcher, line.id) for line in lines]
    assert not any(code in text for file in files for text in _texts(file))


async def test_whoever_came_back_with_the_code_is_not_told_it_again(town):
    _, code, _ = await told(town)
    other = town.contact()
    await other.writes(code)
    await town.quiet()
    await other.writes("done")
    await town.quiet()

    assert code not in "".join(other.heard)


async def test_food_that_is_told_of_in_a_report_is_no_mistyped_code(town):
    child = await town.teller()
    await town.answers(child, ("语言", ""), ("中文", ""))
    await child.writes("菠菜、杏仁、木瓜、木耳")
    await child.writes("我爸打我")
    await town.quiet()

    assert "菠菜、杏仁、木瓜、木耳" in said(await town.case_of(child))
