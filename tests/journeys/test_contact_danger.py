"""Somebody in danger is asked one thing at a time, and all of it reaches the worker."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of, said

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

EN = {
    "knife": "he has a knife and is at the door now",
    "asked": "Where are you, and are you safe right now?",
    "place": "Where are you now?",
    "danger": "in danger right now?",
    "yes": "yes",
    "texts": ("he hammers on the door", "i hide in the toilet", "building 3, Market Road"),
    "more": "Your safety comes first",
    "added": "a worker reads this too",
    "again": "This is added as well",
    "mum": "will you tell my mum",
    "why": "why do you ask",
    "why_said": "so that help can find the place",
    "when": "how long does it take to read?",
    "come": "when will they come?",
    "which": "call 110 and go where other people are. Which place is it?",
    "read": "A worker reads your question",
    "never": "i want to stop",
    "stopped": "We have stopped",
    "asked_too": "You had also asked",
    "afraid": "im scared",
    "uncle": "my uncle comes in my room at night",
    "choose": "choose one",
    "thanks": "Thank you for telling",
    "plea": "dont tell anyone",
    "promise": "cannot promise",
    "need": "Who needs help?",
    "no": "no",
    "person": "talk to a person",
    "first": "is anyone in danger",
    "about": "What is it about?",
    "answer_here": "Workers answer here",
    "me": "me",
    "own": "in your own words",
    "own_words": "they shout",
    "done": "that is all",
    "last": "When did it happen last?",
    "temper": "I lose my temper and hit my son",
    "child_danger": "Is a child in danger right now?",
    "reach": "May a worker call or write to you",
    "help_both": "help you and the child",
    "of_others": ("Everybody may report", "Who else knows", "do not tell the family"),
}
ZH = {
    "knife": "他拿着刀在门口",
    "asked": "你在哪里？现在安全吗？",
    "place": "你现在在哪里",
    "danger": "现在有人有危险吗",
    "yes": "有",
    "texts": ("他在门外大喊", "我躲在学校的厕所", "地址是凯里市大十字3栋"),
    "more": "你的安全最要紧",
    "added": "这句社工也会看",
    "again": "这句也记上了",
    "mum": "你们会告诉我妈妈吗",
    "why": "为什么要问这个",
    "why_said": "找得到地方",
    "when": "社工什么时候能来吗",
    "come": "你们什么时候来",
    "which": "打 110，先去有人的地方。是什么地方",
    "read": "问的这个，社工会看到",
    "never": "我想停下来",
    "stopped": "停",
    "asked_too": "刚才还问了",
    "afraid": "我好害怕啊",
    "uncle": "叔叔又来我家吃饭了",
    "choose": "请选一个",
    "thanks": "能说出来就好",
    "plea": "别告诉别人",
    "promise": "不能保证",
    "need": "谁需要帮助",
    "no": "没有",
    "person": "想找人说话",
    "first": "有没有人",
    "about": "是什么事",
    "answer_here": "社工",
    "me": "我",
    "own": "用你自己的话",
    "own_words": "他们吵架",
    "done": "就这些",
    "last": "最近一次是什么时候",
    "temper": "我控制不住脾气，打了儿子",
    "child_danger": "孩子现在有危险吗",
    "reach": "为了帮您",
    "help_both": "帮您和孩子",
    "of_others": ("谁都可以报告", "还有谁知道", "不会告诉"),
}
BOTH = pytest.mark.parametrize(("language", "words"), [("en", EN), ("zh-hans", ZH)])


async def _in_danger(town, language, words):
    """A child who was asked for the place."""
    child = await town.child(language)
    await town.answers(child, ("1", words["danger"]), (words["yes"], words["place"]))
    return child


async def _place_of(town, child):
    case = await town.case_of(child)
    return dict(case.answers)["report_a_concern.where_now"]


@BOTH
async def test_all_that_is_said_in_danger_stands_beside_the_place(town, language, words):
    child = await _in_danger(town, language, words)
    door, toilet, address = words["texts"]

    await town.answers(child, (door, words["more"]), (toilet, words["added"]))
    text = await town.answers(child, (address, words["again"]))

    assert words["more"] not in text
    assert "110" in text
    assert await _place_of(town, child) == f"{address} / {door} / {toilet}"
    answers = dict((await town.case_of(child)).answers)
    assert not {"report_a_concern.tell_more", "report_a_concern.told_more"} & answers.keys()


@BOTH
async def test_a_question_at_the_place_is_answered_and_is_no_place(town, language, words):
    child = await _in_danger(town, language, words)

    await town.answers(child, (words["mum"], words["place"]))
    await town.answers(child, (words["why"], words["why_said"]))
    await town.answers(child, (words["when"], words["read"]))
    await town.answers(child, (words["texts"][1], words["more"]))

    assert await _place_of(town, child) == words["texts"][1]
    assert words["when"] in said(await town.case_of(child))


@BOTH
async def test_who_asks_at_the_place_when_they_come_hears_whom_to_call(town, language, words):
    child = await _in_danger(town, language, words)

    await town.answers(child, (words["come"], words["which"]))
    await town.answers(child, (words["texts"][1], words["more"]))

    assert await _place_of(town, child) == words["texts"][1]
    assert words["come"] in said(await town.case_of(child))


@BOTH
async def test_a_question_behind_the_place_repeats_no_sentence(town, language, words):
    child = await _in_danger(town, language, words)
    await town.answers(child, (words["texts"][1], words["more"]))

    text = await town.answers(child, (words["when"], words["read"]))

    assert words["more"] not in text
    assert await _place_of(town, child) == words["texts"][1]


@BOTH
async def test_the_words_of_an_emergency_ask_alone_and_are_answered(town, language, words):
    child = await town.child(language)

    await child.writes(words["knife"])
    await child.hears(words["asked"])
    await town.hears_nothing(child)
    await town.answers(child, (words["texts"][1], words["more"]))

    assert await _place_of(town, child) == words["texts"][1]


@BOTH
async def test_an_emergency_amid_a_report_asks_for_nothing_else(town, language, words):
    child = await town.child(language)
    await town.answers(child, ("1", words["danger"]), (words["no"], words["need"]))
    await town.answers(child, ("1", ""), ("zzz zzz", ""))

    await child.writes(words["knife"])
    await child.hears(words["asked"])
    await town.hears_nothing(child)
    await child.writes(words["texts"][0])
    await town.quiet()

    answers = dict((await town.case_of(child)).answers)
    assert answers["report_a_concern.more"] == words["knife"]
    assert answers["report_a_concern.where_are_you"] == words["texts"][0]
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@BOTH
async def test_an_emergency_after_the_talk_is_asked_and_answered_too(town, language, words):
    child = await town.child(language)
    await town.answers(child, ("1", words["danger"]), (words["no"], words["need"]))
    await town.answers(child, ("stop" if language == "en" else "停", words["stopped"]))

    await child.writes(words["knife"])
    await child.hears(words["asked"])
    await town.hears_nothing(child)

    await town.answers(child, (words["texts"][1], words["more"]))


@BOTH
async def test_stop_means_silence(town, language, words):
    child = town.contact(language)
    await child.writes(words["mum"])
    await town.quiet()
    await child.writes(words["knife"])
    await child.hears(words["asked"])

    text = await town.answers(child, (words["never"], words["stopped"]))

    assert words["asked_too"] not in text
    await town.hears_nothing(child)


@BOTH
@pytest.mark.parametrize("text", ["afraid", "uncle"])
async def test_nobody_who_tells_or_fears_is_told_to_choose(town, language, words, text):
    child = await town.child(language)
    await town.answers(child, ("1", words["danger"]), (words["no"], words["need"]))
    await town.answers(child, (words["me"], words["own"]), (words["own_words"], ""))
    await town.answers(child, (words["done"], words["last"]))

    await child.writes(words[text])
    await child.hears(words["last"])

    heard = "".join(child.heard)
    assert words["choose"] not in heard
    assert text == "afraid" or words["thanks"] in heard


@BOTH
@pytest.mark.parametrize("is_telling", [True, False])
async def test_a_plea_to_tell_nobody_is_answered_truly(town, language, words, is_telling):
    child = await town.child(language)
    await town.answers(child, ("1", words["danger"]), (words["no"], words["need"]))
    if is_telling:
        await town.answers(child, ("1", ""))

    text = await town.answers(child, (words["plea"], words["promise"]))

    assert words["choose"] not in text


@BOTH
async def test_a_person_is_called_without_asking_about_danger_again(town, language, words):
    child = await town.child(language)
    await town.answers(child, (words["person"], ""))
    await town.quiet()
    await town.answers(child, (words["no"], words["about"]))

    text = await town.answers(child, (words["person"], words["answer_here"]))

    assert words["danger"] not in text


@BOTH
async def test_a_person_called_in_danger_asks_only_for_the_place(town, language, words):
    child = await _in_danger(town, language, words)

    text = await town.answers(child, (words["person"], words["place"]))

    assert words["danger"] not in text


@BOTH
async def test_a_father_who_tells_of_his_temper_is_asked_only_what_helps(town, language, words):
    father = await _parent(town, language)

    await father.writes(words["temper"])
    await father.hears(words["child_danger"])
    await town.answers(father, (words["no"], words["reach"]), ("13800000000", ""))
    await town.answers(father, ("1", words["help_both"]))

    heard = "".join(father.heard)
    assert not [text for text in words["of_others"] if text in heard]


async def _parent(town, language):
    father = town.contact(language)
    await town.answers(father, ("/start", "110"), ("2", ""))
    await town.quiet()
    return father


async def test_an_older_button_that_calls_a_person_works_where_the_place_is_asked_for(town):
    child = await _in_danger(town, "en", EN)
    await town.answers(child, ("in the bathroom upstairs at no 3", EN["more"]))

    tap = await child.taps("Talk to a person")

    assert await child.notices(tap) == ""
    await child.hears("Workers answer here")


async def test_whoever_taps_for_a_person_while_one_is_there_hears_so(town):
    worker, _ = await town.worker("Kind")
    child = await _in_danger(town, "en", EN)
    case = await town.case_of(child)
    await town.run.desk.claim(worker, case.line.id)
    await child.hears("A social worker is reading")

    await child.taps("Talk to a person")

    await child.hears("A social worker is reading")


@pytest.mark.parametrize(
    ("language", "first", "whose", "told", "afraid", "kind"),
    [
        (
            "zh-hans",
            "我是家长，孩子爸爸打孩子",
            "儿子七岁",
            "他昨天用皮带打的",
            "我怕",
            "害怕是正常的",
        ),
        (
            "en",
            "I am a parent. His dad hits him",
            "my son is 7",
            "with a belt",
            "im scared",
            "all right to be",
        ),
    ],
)
async def test_a_parent_is_not_asked_over_and_over_whose_child_it_is(  # noqa: PLR0917 - one a column
    town, language, first, whose, told, afraid, kind
):
    mother = town.contact(language)
    await mother.writes(first)
    for words in ("3", whose, told, afraid, "2", "3"):
        await mother.writes(words)
    await town.quiet()

    asked = [
        text for text in mother.heard if "孩子是您的什么人" in text or "the child to you" in text
    ]
    assert len(asked) == 1
    assert any(kind in text for text in mother.heard)
    case = await town.case_of(mother)
    assert {whose, told, afraid} <= set(said(case))


@pytest.mark.parametrize("text", ["please don't let my dad find me", "don't let him come back"])
async def test_a_cry_for_help_is_no_plea_to_tell_nobody(town, text):
    child = await town.child()
    await child.writes(text)
    await town.quiet()

    assert EN["promise"] not in "".join(child.heard)


@at_once(
    ("text", "kept"),
    [
        ("I am in building 4 room 12, please don't tell my mum", "building 4 room 12"),
        ("at my grandma's house?", "at my grandma's house?"),
        ("please don't tell my mum", ""),
    ],
)
async def test_a_place_is_kept_beside_a_plea_and_with_a_question_mark(town, text, kept):
    child = await town.child()
    await town.answers(child, ("1", EN["danger"]), ("1", EN["place"]), (text, ""))
    await town.quiet()

    answers = dict((await town.case_of(child)).answers)
    assert kept in answers.get("report_a_concern.where_now", "")
    assert bool(kept) == ("report_a_concern.where_now" in answers)


async def test_whoever_says_they_are_not_afraid_is_not_told_that_they_may_be(town):
    child = await town.child("zh-hans")
    await town.answers(child, ("1", ZH["danger"]), ("我不害怕", ""))
    await town.quiet()

    assert "害怕是正常的" not in "".join(child.heard)
