"""The same child again after a case was closed: what they told before is not lost from sight."""

import pytest
import pytest_asyncio
from journeys.at_once import at_once
from journeys.lives import happened, level_of, said
from journeys.reading_desk import page_of, signed_in
from journeys.told_reports import DANGER, child_who_told

from bot.domain.case import EntryKind
from bot.domain.ids import DAY
from bot.domain.level import Level
from bot.domain.worker import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def boss(town):
    worker, _ = await town.worker("Boss of old cases", role=Role.SUPERVISOR)
    return worker


async def closed_case(town, boss, child):
    """Have the open case of *child* closed; return its line as it was."""
    line = (await town.case_of(child)).line
    line = await town.run.desk.claim(boss, line.id)
    await town.run.desk.close(boss, line.id, outcome="helped", reason="ok", version=line.version)
    await child.hears("finished this for now")
    return line


async def code_of(town, child):
    """Have *child* tell of danger; return the code of the case."""
    await town.answers(child, ("1", "in danger right now?"), ("1", "Where are you now?"))
    await town.answers(child, ("behind the school", "tell more now?"))
    return await town.code_of(await town.case_of(child))


async def friend_after_closing(town, boss):
    """Have a code typed on a friend's phone and its case closed; return all three."""
    child, friend = await town.child(), await town.child()
    code = await code_of(town, child)
    await town.answers(friend, (code, "like to do?"), ("stop", ""))
    line = (await town.case_of(friend)).line
    line = await town.run.desk.claim(boss, line.id)
    await friend.hears("A social worker is reading")
    await town.run.desk.close(boss, line.id, outcome="helped", reason="ok", version=line.version)
    await town.quiet()
    return friend, line, code


TOLD = {"en": "my dad hits me", "zh-hans": "我爸打我"}
AGAIN = [
    ("en", "he hit me again"),
    ("en", "he hit me again, what should i do"),
    ("zh-hans", "他又打我了"),
    ("zh-hans", "我爸昨天又打我"),
]


async def case_just_closed(town, language):
    """Return a child who told, was in no danger, and whose case is closed; and its line."""
    child = await child_who_told(town, language, TOLD[language])
    await town.answers(child, ("3", ""))
    line = (await town.case_of(child)).line
    line = await town.run.desk.claim(town.watcher, line.id)
    line = await town.run.desk.close(
        town.watcher, line.id, outcome="helped", reason="ok", version=line.version
    )
    await town.quiet()
    return child, line


@at_once(("language", "text"), AGAIN)
async def test_who_tells_new_harm_behind_a_closed_case_is_asked_about_danger(town, language, text):
    child, line = await case_just_closed(town, language)

    await town.answers(child, (text, DANGER[language]))
    case = await town.case_of(child)
    assert (case.line.id, level_of(case)) == (line.id, Level.URGENT)
    await town.answers(child, ("1", "110"))
    await town.quiet()

    case = await town.case_of(child)
    assert (case.line.id, level_of(case)) == (line.id, Level.EMERGENCY)
    assert said(case).count(text) == 1


@at_once(
    ("language", "first", "text"),
    [
        ("en", "i want to say something more", "he hit me again"),
        ("zh-hans", "我还想说一件事", "我爸昨天又打我"),
    ],
)
async def test_so_is_who_tells_it_only_behind_other_words(town, language, first, text):
    child, line = await case_just_closed(town, language)
    await child.writes(first)
    await town.quiet()

    await town.answers(child, (text, DANGER[language]), ("3", ""))
    await town.quiet()

    assert (await town.case_of(child)).line.id == line.id


@at_once(
    ("language", "text"), [("en", "he is killing me right now"), ("zh-hans", "他现在要打死我")]
)
async def test_an_emergency_behind_a_closed_case_goes_as_it_goes(town, language, text):
    child, line = await case_just_closed(town, language)

    await town.answers(child, (text, "120"))
    await town.quiet()

    case = await town.case_of(child)
    assert (case.line.id, level_of(case)) == (line.id, Level.EMERGENCY)


DANGER_SAID = [
    ("en", "danger now"),
    ("en", "yes, danger now"),
    ("zh-hans", "有，现在就有"),
    ("zh-hans", "现在有危险"),
]


@at_once(("language", "text"), DANGER_SAID)
async def test_that_there_is_danger_now_raises_behind_a_closed_case(town, language, text):
    child, line = await case_just_closed(town, language)

    await town.answers(child, (text, "120"))
    await town.quiet()

    case = await town.case_of(child)
    assert (case.line.id, level_of(case)) == (line.id, Level.EMERGENCY)
    assert said(case).count(text) == 1


async def back_with_the_code(town, language):
    """Return the same child on another phone, where it came back with the code; and its line."""
    _, line = await case_just_closed(town, language)
    child = town.contact(language)
    code = await town.code_of(await town.run.desk.read(town.watcher, line.id))
    await town.answers(child, (code, WHAT_NOW[language]))
    return child, line


WHAT_NOW = {"en": "What would you like to do?", "zh-hans": "接下来想做什么"}
ADD = {"en": "add", "zh-hans": "我想补充"}


@at_once(
    ("language", "text", "before"),
    [
        *((language, text, ()) for language, text in AGAIN),
        *((language, text, (ADD[language],)) for language, text in AGAIN),
        ("en", "he hit me again", ("add", "i want to tell you more")),
    ],
)
async def test_who_tells_new_harm_with_the_code_is_asked_about_danger(town, language, text, before):
    child, line = await back_with_the_code(town, language)
    for each in before:
        await child.writes(each)
        await town.quiet()

    await town.answers(child, (text, DANGER[language]), ("1", "110"))
    await town.quiet()

    case = await town.case_of(child)
    assert (case.line.id, level_of(case)) == (line.id, Level.EMERGENCY)
    assert said(case).count(text) == 1


@at_once(("language", "text"), DANGER_SAID)
async def test_that_there_is_danger_now_raises_with_the_code_as_well(town, language, text):
    child, line = await back_with_the_code(town, language)

    await town.answers(child, (text, "120"))
    await town.quiet()

    case = await town.case_of(child)
    assert (case.line.id, level_of(case)) == (line.id, Level.EMERGENCY)


@at_once(("language", "text"), [("en", "thanks"), ("zh-hans", "谢谢"), ("en", "done")])
async def test_whoever_comes_back_and_tells_nothing_leaves_it_closed(town, language, text):
    child, line = await back_with_the_code(town, language)

    await child.writes(text)
    await town.quiet()

    assert (await town.run.desk.read(town.watcher, line.id)).line.is_closed


PASSED_ON = {"en": "This has been passed on", "zh-hans": "已经转给社工了"}
RIGHT_TO_TELL = {"en": "It is right to tell it", "zh-hans": "说出来是对的"}


@at_once(
    ("language", "words", "texts"),
    [
        ("en", "i like cats", ["he hit me again"] * 2),
        ("en", "i like cats", ["he hit me again", "he hit me with a belt yesterday"]),
        ("zh-hans", "我喜欢猫", ["他又打我了"] * 2),
        ("zh-hans", "我喜欢猫", ["他又打我了", "他昨天拿皮带打我"]),
    ],
)
async def test_harm_told_anew_behind_what_is_passed_on_is_answered_once_in_a_row(
    town, language, words, texts
):
    child = await child_who_told(town, language, TOLD[language])
    await town.answers(child, ("3", ""), ("stop", ""), (words, PASSED_ON[language]))

    for text in texts:
        await child.writes(text)
    await child.hears(RIGHT_TO_TELL[language])
    before = len(child.heard)
    for _ in range(10):
        await child.writes(texts[-1])
        await town.quiet()
    assert child.heard[before:] == []
    assert level_of(await town.case_of(child)) is Level.URGENT

    await town.answers(child, (NOW[language], "120"))
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@at_once(
    ("language", "told", "hears"),
    [
        ("en", "i want to die", "You do not have to carry this alone"),
        ("zh-hans", "我不想活了", "这些不用一个人扛着"),
    ],
)
async def test_whoever_tells_again_that_they_want_to_die_hears_that_they_are_not_alone(
    town, language, told, hears
):
    child = await child_who_told(town, language, told)
    words = {"en": "i like cats", "zh-hans": "我喜欢猫"}[language]
    await town.answers(child, ("3", ""), ("stop", ""), (words, PASSED_ON[language]))

    await town.answers(child, (told, hears))


NOW = {"en": "he is hitting me right now", "zh-hans": "他现在就在打我"}


@pytest.mark.parametrize(
    ("words", "level"), [("hey it is Bob", Level.ROUTINE), ("my dad hits me", Level.URGENT)]
)
async def test_what_a_friend_writes_after_closing_is_a_case_of_their_own(town, boss, words, level):
    friend, line, code = await friend_after_closing(town, boss)

    before = len(friend.heard)
    await friend.writes(words)
    await town.quiet()

    own = await town.case_of(friend)
    assert own.line.code != line.code
    assert own.line.level is level
    assert words in [entry.text for entry in own.entries]
    others = await town.run.desk.read(boss, line.id)
    assert others.line.is_closed
    assert words not in [entry.text for entry in others.entries]

    await town.answers(friend, ("person", ""), ("no", ""), ("skip", "Your code to come back"))
    assert code not in "".join(friend.heard[before:])


async def test_a_photo_that_a_friend_sends_after_closing_is_a_case_of_their_own(town, boss):
    friend, line, _ = await friend_after_closing(town, boss)

    await friend.sends_photo(b"picture")
    await friend.hears("we have kept this")

    own = await town.case_of(friend)
    assert own.line.code != line.code
    assert own.line.level is Level.URGENT


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_a_new_case_names_the_earlier_one_at_its_top_and_in_the_queue(town, boss, language):
    child = await town.child()
    await code_of(town, child)
    before = await closed_case(town, boss, child)
    await town.answers(child, ("menu", ""), ("my dad hits me", ""))
    await town.quiet()
    now = (await town.case_of(child)).line
    assert now.code != before.code

    page = await page_of(town, child, language)
    reader = await town.run.add_worker(f"Reader of the earlier {language}", language=language)
    async with signed_in(town, reader) as look:
        queue = await look("/desk")

    told = "Earlier case of this contact:" if language == "en" else "同一位联系人之前的个案："
    short = "Earlier:" if language == "en" else "之前："
    assert told in page.split('id="said"')[0]
    assert f'href="/desk/cases/{before.id}"' in page
    row = queue.split(f'id="case-{now.id}"')[1].split("</tr>")[0]
    assert f"{short} {before.code}" in " ".join(row.split())


async def test_answers_of_a_closed_case_do_not_count_as_said_in_the_next(town, boss):
    child = await town.child()
    await code_of(town, child)
    await closed_case(town, boss, child)
    await town.answers(child, ("menu", ""), ("my dad hits me", ""))
    await town.quiet()

    case = await town.case_of(child)

    assert case.line.level is Level.URGENT
    assert "danger_told" not in case.line.about
    assert not [place for place, _ in case.answers if place.startswith("report")]
    assert case.who == "child"


async def test_that_it_is_not_safe_to_write_still_counts_after_closing(town, boss):
    child = await town.teller()
    await town.answers(child, ("It is loud", "write on"), ("done", "last?"))
    await town.answers(
        child,
        ("skip", "Where did"),
        ("skip", "How old"),
        ("skip", "May someone"),
        ("skip", "Is it safe"),
    )
    await town.answers(child, ("no", "will not write"))
    line = (await town.case_of(child)).line
    line = await town.run.desk.claim(boss, line.id)
    await town.run.desk.close(boss, line.id, outcome="helped", reason="ok", version=line.version)
    await town.answers(child, ("menu", ""), ("my dad hits me", ""))
    await town.quiet()

    case = await town.case_of(child)

    assert case.safe_to_reply == "not_ok"
    assert not case.can_reach


async def test_the_code_of_the_closed_case_leads_to_the_open_one_with_what_was_written(town, boss):
    child, other = await town.child(), await town.child()
    code = await code_of(town, child)
    line = (await town.case_of(child)).line
    line = await town.run.desk.claim(boss, line.id)
    line = await town.run.desk.answer(boss, line.id, "We thought of you.", version=line.version)
    await town.run.desk.close(boss, line.id, outcome="helped", reason="ok", version=line.version)
    await town.answers(child, ("menu", ""), ("my dad hits me", ""))
    await town.quiet()
    opened = (await town.case_of(child)).line

    heard = await town.answers(other, (code, "We thought of you."))

    assert heard
    assert (await town.case_of(other)).line.id == opened.id


@pytest.mark.parametrize(
    ("language", "label", "theirs"),
    [
        ("en", "Written from the same phone, perhaps by somebody else:", "of this contact:"),
        ("zh_CN", "在同一部手机上写的，可能是另一个人：", "同一位联系人"),
    ],
)
async def test_the_desk_shows_a_friends_case_as_written_from_the_same_phone(
    town, boss, language, label, theirs
):
    friend, line, _ = await friend_after_closing(town, boss)
    await friend.writes("hey it is Bob")
    await town.quiet()

    own = (await town.case_of(friend)).line
    reader = await town.run.add_worker(f"Reader of the same phone {language}", language=language)
    async with signed_in(town, reader) as look:
        page, back = await look(f"/desk/cases/{own.id}"), await look(f"/desk/cases/{line.id}")
        queue = await look("/desk")

    for shown, other in ((page, line), (back, own)):
        named = shown.split('class="related">')[1].split("</p>")[0]
        assert named.startswith(label)
        assert other.code in named
        assert theirs not in shown
    row = queue.split(f'id="case-{own.id}"')[1].split("</tr>")[0]
    assert own.code in row
    assert line.code not in row


@pytest.mark.parametrize(
    ("words", "asked"), [("person", ""), ("my dad is hitting me right now, help", "Where are you")]
)
async def test_what_was_answered_before_a_case_moved_and_closed_is_not_in_the_next_one(
    town, boss, words, asked
):
    child, friend = await town.child(), await town.child()
    code = await code_of(town, child)
    await town.answers(friend, (code, "like to do?"), ("done", "Take care"))
    line = await closed_case(town, boss, friend)
    town.later(40 * DAY)

    await town.answers(child, (words, asked))

    case = await town.case_of(child)
    assert case.line.id != line.id
    assert "behind the school" not in str(case.answers)
    assert not [place for place, _ in case.answers if place.endswith("in_danger")]
    is_emergency = case.line.level is Level.EMERGENCY
    assert is_emergency is bool(asked)


@pytest.mark.parametrize("is_photo", [False, True])
async def test_what_is_added_with_the_code_opens_the_closed_case_and_no_other(town, boss, is_photo):
    child, friend = await town.child(), await town.child()
    code = await code_of(town, child)
    line = await closed_case(town, boss, child)
    await town.answers(friend, (code, "like to do?"), ("add", "Please write"))
    count = await town.count_cases()

    if is_photo:
        await friend.sends_photo(b"a picture")
    else:
        await friend.writes("he hit me again with a stick, my arm hurts")
    await friend.hears("worker will")
    await town.quiet()

    assert await town.count_cases() == count
    case = await town.run.desk.read(boss, line.id)
    assert not case.line.is_closed
    kept = said(case)
    assert kept.count("he hit me again with a stick, my arm hurts") == (not is_photo)
    assert sum(entry.kind is EntryKind.FILE for entry in case.entries) == is_photo


async def answered_at(town, boss, friend):
    """Have a worker write to the phone of *friend*, where a code was typed; return the case."""
    line = (await town.case_of(friend)).line
    line = await town.run.desk.claim(boss, line.id)
    line = await town.run.desk.answer(boss, line.id, "Where are you?", version=line.version)
    await town.quiet()
    assert line.is_waiting
    return line


async def test_a_phone_that_blocks_after_the_case_moved_to_another_says_nothing_of_it(town, boss):
    child, friend = await town.child(), await town.child()
    code = await code_of(town, child)
    await town.answers(friend, (code, "like to do?"), ("done", "Take care"))
    line = await answered_at(town, boss, friend)

    await child.blocks()
    await town.quiet()

    case = await town.run.desk.look(boss, line.id)
    assert "blocked" not in happened(case)
    assert (case.line.is_waiting, case.line.unread, case.can_reach) == (True, 0, True)


async def test_a_friend_with_a_case_of_their_own_who_blocks_is_noted_in_both(town, boss):
    child, friend = await town.child(), await town.child()
    code, theirs = await code_of(town, child), (await town.case_of(child)).line
    await town.answers(friend, ("they hit me at school every day", ""), ("stop", ""))
    await town.quiet()
    own = (await town.case_of(friend)).line
    await town.answers(friend, (code, ""))
    await town.quiet()

    await friend.blocks()
    await town.quiet()

    for line in (own, theirs):
        case = await town.run.desk.look(boss, line.id)
        assert happened(case).count("blocked") == 1
        assert not case.can_reach
