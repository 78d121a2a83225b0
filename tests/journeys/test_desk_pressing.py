"""The most pressing words, and a farewell, stand at the top of a case, whatever came after."""

import re

import pytest
from journeys.at_once import at_once
from journeys.reading_desk import page_of, unmarked

from bot.console.glance import LONGEST

pytestmark = pytest.mark.asyncio(loop_scope="module")

FILLED = "i went to school and did my homework and had noodles and watched tv. " * 10
ZH_FILLED = "今天上学写作业吃了面看了电视又和猫玩了一会儿。" * 25


async def glance_of(town, texts, *, is_told=False, language="en"):
    """What stands at the top after somebody wrote *texts*, on one line; what is marked in []."""
    contact = await town.teller() if is_told else town.contact(language)
    for text in texts:
        await contact.writes(text)
        await town.quiet()
    page = await page_of(town, contact, "en")
    glance = page.split('id="glance"')[1].split("</dl>")[0]
    marked = glance.replace("<mark>", "[").replace("</mark>", "]")
    return " ".join(re.sub(r"<[^>]+>", " ", marked).split())


@pytest.mark.parametrize(
    ("language", "text", "seen"),
    [
        ("en", f"{FILLED}my dad hit me and i want to kill myself", "[want to kill myself]"),
        ("zh-hans", f"{ZH_FILLED}我爸打我，我不想活了", "我[不想活]了"),
        ("en", f"i want to kill myself. {FILLED}", "[want to kill myself]"),
    ],
)
async def test_of_a_long_message_stands_there_what_was_seen_in_it(town, language, text, seen):
    later = ("nobody is here", "are you there?")
    top = await glance_of(town, (text, *later), language=language)
    pressing = top.split("Most pressing words")[1].split("Newest words")[0]

    assert seen in pressing
    assert "…" in pressing
    assert len(pressing) < LONGEST + 20


async def test_of_a_long_newest_message_stands_there_what_was_seen_in_it(town):
    top = await glance_of(town, (f"{FILLED}my dad hit me and i want to kill myself",))

    assert "Most pressing words" not in top
    assert "…" in top
    assert "i [want to kill myself]" in top


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("en", "i told my aunt that i want to kill myself", "i told my aunt that i [want to kill"),
        ("zh-hans", "我爸打我，我不想活了", "我[爸打我]，我[不想活]了"),
    ],
)
async def test_in_the_newest_words_is_marked_what_was_seen_in_them(town, language, text, marked):
    top = await glance_of(town, ("hello", text), language=language)

    newest = top.split("Newest words")[1].split("To the newest")[0]
    assert marked in newest
    assert "hello [" not in newest


@pytest.mark.parametrize(
    "texts",
    [
        ("i am so scared please come quickly, help me", "my dad hits me"),
        ("my dad hits me", "i am so scared please come quickly, help me"),
    ],
)
async def test_what_made_it_an_emergency_comes_before_what_is_named(town, texts):
    top = await glance_of(town, (*texts, "are you there", "hello?"))

    assert "Most pressing words [i am so scared please come quickly, help me] Newest" in top


@at_once(
    ("language", "parts", "after", "shown"),
    [
        ("en", ("i want to", "die"), ("hello?", "are you there"), "i want to [die]"),
        ("en", ("i want to", "die"), ("hello?",), "i want to [die]"),
        ("zh-hans", ("我", "想", "死"), ("你们在吗", "有人吗"), "想 [死]"),
        ("zh-hans", ("今天下雨", "我不想", "活了"), ("你们在吗", "有人吗"), "我不想 [活]了"),
        (
            "en",
            ("i want to kill", "myself"),
            ("hello?", "are you there"),
            "[i want to kill] [myself]",
        ),
    ],
)
async def test_words_parted_over_messages_stand_there_together(town, language, parts, after, shown):
    top = await glance_of(town, (*parts, *after), language=language)

    assert f"Most pressing words {shown} Newest words" in top


async def test_what_a_rule_saw_comes_before_what_only_reads_like_it(town):
    top = await glance_of(town, ("i want to die i dont", "want to live", "hello?", "anybody?"))

    assert "Most pressing words i [want to die] i dont Newest words" in top


@at_once(
    ("told", "farewell"),
    [
        ("i feel so alone, i want to kill myself", "goodbye"),
        ("i feel so alone, i want to kill myself", "nothing else"),
        ("my dad hits me", "goodbye"),
        ("my dad hits me", "the end"),
        ("nobody needs me", "i am finished"),
        ("我爸打我", "没了"),
        ("我不想活了", "再见"),
        ("我爸打我", "说完了"),  # their last word, whatever it is
    ],
)
async def test_a_farewell_stands_at_the_top(town, told, farewell):
    top = await glance_of(town, (told, farewell), is_told=True)

    newest = top.split("Newest words")[1].split("To the newest")[0]
    assert newest.strip().endswith(farewell)


@at_once("farewell", ["goodbye", "the end", "i am finished", "没了", "再见"])
async def test_a_farewell_stands_there_also_before_their_last_word(town, farewell):
    top = await glance_of(town, ("my dad hits me", farewell, "i have to go"), is_told=True)

    newest = top.split("Newest words")[1].split("To the newest")[0]
    assert farewell in newest
    assert "i have to go" in newest


async def newest_of(town, person):
    page = await page_of(town, person, "en")
    top = unmarked(page.split("Newest words")[1].split('<a class="no-print"')[0])
    return " ".join(re.sub(r"<[^>]+>", " ", top).split())


IS_SAFE = {"en": "Is it safe for us to write", "zh-hans": "我们在这里给你发消息，安全吗"}
LAST_TOLD = {"en": "he has a belt", "zh-hans": "他拿皮带"}


async def asked_whether_it_is_safe(town, language):
    """A child who has told of blows, and is asked whether it is safe to write to them."""
    child = await town.child(language)
    told = {"en": ("my dad hits me", "that is all"), "zh-hans": ("我爸打我", "说完了")}[language]
    for text in ("1", "3", "1", told[0], LAST_TOLD[language], told[1], *["skip"] * 4):
        await child.writes(text)
        await town.quiet()
    await child.hears(IS_SAFE[language])
    return child


@at_once(
    ("language", "yes"), [("en", "yes"), ("en", "No."), ("zh-hans", "可以"), ("zh-hans", "好的")]
)
async def test_a_bare_yes_to_whether_it_is_safe_to_write_pushes_nothing_out(town, language, yes):
    child = await asked_whether_it_is_safe(town, language)
    await child.writes(yes)
    await town.quiet()

    newest = await newest_of(town, child)

    assert newest.endswith(LAST_TOLD[language])


@pytest.mark.parametrize(
    ("language", "answer"), [("en", "yes but he is back"), ("zh-hans", "可以，他回来了")]
)
async def test_more_than_a_bare_yes_stands_at_the_top(town, language, answer):
    child = await asked_whether_it_is_safe(town, language)
    await child.writes(answer)
    await town.quiet()

    assert answer in await newest_of(town, child)


@pytest.mark.parametrize(
    ("language", "yes", "shown"),
    [
        ("en", "yes", "yes"),
        ("en", "Yes", "Yes"),
        ("en", "1", "1"),
        ("zh-hans", "可以", "可以"),
        ("zh-hans", "安全，可以发", "Yes"),
    ],
)
async def test_a_bare_yes_to_a_worker_stands_at_the_top(town, language, yes, shown):
    child = await asked_whether_it_is_safe(town, language)
    owner, _ = await town.worker(f"Asks {child.id}")
    case = (await town.case_of(child)).line.id
    line = await town.run.desk.claim(owner, case)
    await town.run.desk.answer(owner, case, "Did he hit you again?", version=line.version)
    await child.hears("Did he hit you again?")
    await child.writes(yes)
    await town.quiet()

    newest = await newest_of(town, child)
    assert newest.endswith(shown)
    assert "Asked:" not in newest


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("Is there more?", "When is he out?"), ("nothing else", "after nine")),
        (("还有吗？", "他几点不在？"), ("就这些", "晚上九点以后")),
    ],
)
async def test_whatever_is_said_to_a_worker_stands_there(town, asked, said):
    child = await asked_whether_it_is_safe(town, "zh-hans" if asked[0] == "还有吗？" else "en")
    for text in ("2", said[1]):  # only at certain times, and at which
        await child.writes(text)
        await town.quiet()
    owner, _ = await town.worker(f"Asks {child.id} much")
    line = (await town.case_of(child)).line
    line = await town.run.desk.claim(owner, line.id)
    for question, answer in zip(asked, said, strict=True):
        line = await town.run.desk.line(owner, line.id)
        await town.run.desk.answer(owner, line.id, question, version=line.version)
        await child.hears(question)
        await child.writes(answer)
        await town.quiet()

    assert await newest_of(town, child) == " ".join(said)


OFFER = {"en": "a few more things?", "zh-hans": "再问几个小问题"}


@at_once(
    ("language", "answers", "shown"),
    [
        ("en", ("yes", "yes", "my mum", "yes"), "Are there other children there"),
        ("zh-hans", ("可以", "可以", "我妈", "有的"), "Are there other children there"),
        ("en", ("yes", "yes", "my mum", "skip", "no"), "Have you told anyone else?"),
    ],
)
async def test_a_bare_yes_that_tells_something_stands_there(town, language, answers, shown):
    child = await asked_whether_it_is_safe(town, language)
    for text in answers:
        await child.writes(text)
        await town.quiet()

    newest = await newest_of(town, child)
    assert shown in newest
    assert newest.endswith(answers[-1])


@at_once(("language", "no"), [("en", "no"), ("zh-hans", "没有"), ("zh-hans", "没")])
async def test_that_no_help_has_come_stands_there(town, language, no):
    child = await asked_whether_it_is_safe(town, language)
    await child.writes("1")
    await child.hears(OFFER[language])
    await child.writes("2")
    await town.quiet()
    code = await town.code_of(await town.case_of(child))
    for text in ("/start", "3", code, "2", no):
        await child.writes(text)
        await town.quiet()

    assert (await newest_of(town, child)).endswith(f"Asked: Has help come? {no}")


@pytest.mark.parametrize(
    ("texts", "is_shown"),
    [
        (("my dad hits me", "nothing else", "skip", "skip", "at school"), False),
        (("i want to kill myself", "nothing else", "skip"), True),
    ],
)
async def test_what_only_skips_is_hidden_unless_they_may_say_farewell(town, texts, is_shown):
    top = await glance_of(town, texts, is_told=True)

    newest = top.split("Newest words")[1].split("To the newest")[0]
    assert ("skip" in newest) is is_shown
    assert ("my [dad hits me]" in newest) is not is_shown
