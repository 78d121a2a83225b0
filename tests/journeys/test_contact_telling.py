"""Whoever tells of harm where questions are asked is answered, and asked about danger as well."""

import aiohttp
import pytest
from journeys.at_once import at_once
from journeys.lives import level_of, said
from journeys.web_visitor import Visitor

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

EN = {
    "hit": "my dad hits me",
    "asks": "my father beats me at home, may he do that",
    "seen": "my neighbour beats his child every night",
    "law": "Law:",
    "read": "hits me",
    "kept": "What you wrote is kept",
    "more": "it is because of my marks",
    "added": "This is added",
    "who": "Who needs help?",
    "what": "Tell us what is happening, in",
    "child": "Is anyone in danger right now?",
    "adult": "Is a child in danger right now?",
    "parent": "parent",
    "anything": "anything else?",
    "may": "can a teacher hit me?",
    "code": "Your code to come back",
}
ZH = {
    "hit": "我爸打我",
    "asks": "我爸打我，他可以这样吗",
    "seen": "邻居天天打孩子",
    "law": "依据",
    "read": "有人打我",
    "kept": "你写的都留着",
    "more": "因为我考得不好",
    "added": "加上了",
    "who": "谁需要帮助",
    "what": "发生了什么？",
    "child": "现在有人有危险吗",
    "adult": "孩子现在有危险吗",
    "parent": "家长",
    "anything": "还想问别的吗",
    "may": "老师可以打我吗",
    "code": "回来时用的口令",
}
BOTH = pytest.mark.parametrize(("language", "words"), [("en", EN), ("zh-hans", ZH)])


async def _parent(town, language, words):
    parent = town.contact(language)
    await town.answers(parent, ("/start", "110"), (words["parent"], ""))
    await town.quiet()
    return parent


@BOTH
@pytest.mark.parametrize("way", [(), ("2",), ("2", "1")])
@pytest.mark.parametrize("text", ["hit", "asks"])
async def test_a_child_who_tells_where_questions_are_asked_is_asked_about_danger(
    town, language, words, way, text
):
    child = await town.child(language)
    for step in way:
        await child.writes(step)
        await town.quiet()

    await child.writes(words[text])
    await child.hears("110")
    await child.hears(words["child"])

    assert level_of(await town.case_of(child)) is Level.URGENT


@BOTH
@pytest.mark.parametrize("is_first", [True, False])
async def test_whoever_only_tells_is_asked_about_danger_and_may_read_later(
    town, language, words, is_first
):
    child = town.contact(language) if is_first else await town.child(language)
    if is_first:
        await town.answers(child, ("/start", "110"), (words["hit"], words["child"]))
    else:
        await town.answers(child, (words["hit"], words["child"]))
    labels = child.chat.screen[-1].labels

    assert not any(words["law"] in text for text in child.heard)
    await child.taps(next(label for label in labels if words["read"] in label))
    await child.hears(words["law"])
    await child.hears(words["child"])
    assert words["read"] not in labels[0]


@BOTH
async def test_whoever_told_what_is_done_to_them_is_not_asked_it_again(town, language, words):
    child = await town.child(language)
    await town.answers(child, (words["hit"], words["child"]), ("3", words["kept"]))
    await town.answers(child, (words["more"], words["added"]))

    case = await town.case_of(child)

    assert not any(words["who"] in text or words["what"] in text for text in child.heard)
    assert {words["hit"], words["more"]} <= {*said(case)}


@BOTH
async def test_what_was_told_at_the_menu_ends_in_a_case_with_a_code(town, language, words):
    child = await town.child(language)
    await town.answers(child, (words["hit"], words["child"]))

    await town.answers(child, ("stop" if language == "en" else "停", words["code"]))

    assert words["hit"] in said(await town.case_of(child))


@BOTH
async def test_a_parent_who_tells_is_asked_about_the_child(town, language, words):
    parent = await _parent(town, language, words)

    await parent.writes(words["seen"])
    await parent.hears("110")

    await parent.hears(words["adult"])


@BOTH
@pytest.mark.parametrize("who", [("1", "child"), ("2", "adult")])
async def test_whoever_told_first_of_all_is_asked_once_they_said_who_they_are(
    town, language, words, who
):
    contact = town.contact(language)
    await town.answers(contact, (words["hit"], "110"))

    number, danger = who
    await town.answers(contact, (number, words[danger]))


@BOTH
async def test_that_is_not_it_leads_back_to_the_menu_and_tells_nothing_twice(town, language, words):
    child = await town.child(language)
    await town.answers(child, (words["hit"], words["child"]))
    heard = len(child.heard)

    await child.taps("That is not it" if language == "en" else "不是这个意思")
    await town.quiet()

    assert words["law"] not in "".join(child.heard[heard:])
    assert words["child"] not in "".join(child.heard[heard:])


async def test_that_is_not_it_at_the_very_beginning_begins_no_report(town):
    child = town.contact("en")
    await town.answers(child, ("my dad hits me", "Who is writing?"))
    await child.taps("That is not it")
    await child.hears("Who is writing?")

    await town.answers(child, ("1", "What would you like to do?"))


@BOTH
async def test_what_only_asks_whether_it_may_be_done_is_answered(town, language, words):
    child = await town.child(language)

    await town.answers(child, (words["may"], words["law"]))

    await child.hears(words["anything"])
    assert words["child"] not in "".join(child.heard)


async def test_whoever_has_just_told_all_of_it_is_not_asked_again(town):
    child = await town.child()
    await town.answers(
        child,
        ("my dad hits me", EN["child"]),
        ("no", "What you wrote is kept"),
        ("menu", "What would you like to do?"),
    )

    await town.answers(child, ("my dad hits me every day", EN["anything"]))


# Plain questions amid a report


@BOTH
async def test_what_tells_although_it_begins_like_a_question_is_not_answered_later(
    town, language, words
):
    told, asked = {
        "en": ("what he did was bad", "You had also asked"),
        "zh-hans": ("他怎么打我的我都记得", "刚才还问了"),
    }[language]
    child = await town.child(language)
    await town.answers(child, ("1", words["child"]), ("3", ""), ("1", ""), (told, ""))
    await town.quiet()
    heard = len(child.heard)

    await child.writes("stop")
    await town.quiet()

    assert asked not in "".join(child.heard[heard:])


# Whoever confesses


@pytest.mark.parametrize(
    ("language", "text", "danger", "button", "asked", "law", "again"),
    [
        (
            "en",
            "I hit my son and I am afraid I will again",
            "Is a child in danger right now?",
            "How not to hit my child",
            "how do I stop hitting him?",
            "Law:",
            "stands further up",
        ),
        (
            "zh-hans",
            "我控制不住脾气打了孩子",
            "孩子现在有危险吗",
            "怎么忍住不打孩子",
            "怎样才能不打孩子？",
            "依据",
            "依据",
        ),
    ],
)
async def test_a_parent_who_confesses_can_read_how_not_to_hit_before_answering(  # noqa: PLR0917
    town, language, text, danger, button, asked, law, again
):
    parent = await _parent(town, language, EN if language == "en" else ZH)
    await town.answers(parent, (text, danger))
    assert parent.chat.screen[-1].labels[0] == button

    await parent.taps(button)
    await parent.hears(law)
    await parent.hears(danger)

    await town.answers(parent, (asked, again))
    await parent.hears(danger)
    await town.answers(parent, ("3", ""))
    assert ("report_a_concern_adult.temper_now", "safe") in (await town.case_of(parent)).answers


async def test_where_it_is_not_sure_what_answers_the_topics_are_offered_and_danger_asked_again(
    town,
):
    parent = await _parent(town, "en", EN)
    await town.answers(parent, ("1", EN["adult"]))

    offered = await town.answers(parent, ("may parents hit children?", "This may answer"))

    assert EN["adult"] in offered
    assert parent.chat.screen[-1].labels[3] == "Yes, right now"
    await parent.taps(parent.chat.screen[-1].labels[0])
    await parent.hears("Law:")
    await parent.hears(EN["adult"])


async def test_they_are_offered_where_it_is_asked_who_it_is_about_as_well(town):
    parent = town.contact("zh-hans")
    await town.answers(parent, ("/start", "你是"), ("家长", "您想做什么"))
    await town.answers(parent, ("我担心一个孩子", "危险"), ("没有，现在没有", ""))
    question = parent.chat.screen[-1]

    await town.answers(parent, ("怎么跟她说", "可以先看看"))

    assert set(question.labels) < set(parent.chat.screen[-1].labels)


@at_once(
    ("language", "asked", "danger", "law"),
    [
        ("zh-hans", "他们老打我怎么办", ZH["child"], ZH["law"]),
        ("zh-hans", "舅舅打我能告诉老师吗", ZH["child"], ZH["law"]),
        ("en", "my uncle hits me. can i tell my teacher?", EN["child"], EN["law"]),
    ],
)
async def test_who_asks_what_to_do_about_harm_can_read_what_may_answer_before_all_else(
    town, language, asked, danger, law
):
    child = await town.child(language)
    await town.answers(child, (asked, danger))
    labels = child.chat.screen[-1].labels

    await child.taps(labels[0])
    await child.hears(law)
    await child.hears(danger)
    await town.answers(child, ("stop", ""))
    await town.quiet()

    told = [text for text in child.heard if law in text]
    assert len(told) == 1, told  # it is not answered a second time


@at_once(
    ("language", "asked", "words"),
    [
        ("zh-hans", "同学打我怎么办", ZH),
        ("zh-hans", "后爸打我能报警吗", ZH),
        ("en", "a classmate hits me. what can i do?", EN),
        ("en", "my stepdad hits me what can i do", EN),
    ],
)
async def test_who_asks_plainly_about_harm_is_told_at_once_and_asked_about_danger(
    town, language, asked, words
):
    child = await town.child(language)

    await town.answers(child, (asked, words["child"]))

    laws = [number for number, text in enumerate(child.heard) if words["law"] in text]
    dangers = [number for number, text in enumerate(child.heard) if words["child"] in text]
    assert len(laws) == 1
    assert laws < dangers
    await town.answers(child, ("stop", ""))
    await town.quiet()


async def test_on_the_page_the_topic_is_the_first_button_too(town):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Visitor(http=http, address=town.run.address)
        await visitor.opens()
        await visitor.answers(("2", "your question"))
        await visitor.answers(("I hit my son yesterday", EN["adult"]))
        shown = visitor.shown[-1]["buttons"]
        assert shown[0][0]["label"] == "How not to hit my child"

        await visitor.taps("How not to hit my child")

        await visitor.hears("Law:")
        await visitor.hears(EN["adult"])


@at_once(
    ("language", "told", "asks", "button"),
    [
        ("en", "my teacher hits us with a ruler", "is he allowed to do that", "A teacher hurts me"),
        ("en", "my teacher hits us with a ruler", "can teachers hit pupils", "A teacher hurts me"),
        ("zh-hans", "老师用尺子打我们", "他可以这样吗", "老师打我、羞辱我"),
    ],
)
async def test_what_they_ask_while_they_tell_can_be_read_beside_it(
    town, language, told, asks, button
):
    child = await town.child(language)
    no = {"en": "no", "zh-hans": "没有"}[language]
    for text in ("1", no, "1", told, asks):
        await child.writes(text)
        await town.quiet()

    labels = [each["text"] for row in child.chat.screen[-1].rows for each in row]
    assert button in labels
    assert asks in said(await town.case_of(child))

    await child.taps(button)
    await town.quiet()
    assert "《" in child.heard[-2] or "Law:" in child.heard[-2]
    assert (await town.case_of(child)).line.level is Level.URGENT


async def test_where_to_sleep_tonight_is_answered_while_they_tell(town):
    child = await town.teller()
    await child.writes("my parents threw me out today")
    await town.quiet()

    await child.writes("where can i sleep tonight")
    await town.quiet()

    assert "nowhere to sleep tonight" in child.heard[-2]
    assert "You can write on" in child.heard[-1]
