"""An old button that says that somebody is in danger counts, whenever it is tapped."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of, said
from journeys.told_reports import DANGER, child_who_told

from bot.domain.ids import MINUTE
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
HITS = {"en": "my dad hits me", ZH: "我爸打我"}
NO = {"en": "No, not right now", ZH: "没有，现在没有"}
YES = {"en": "Yes, right now", ZH: "有，现在就有"}
TELL = {"en": "tell us more", ZH: "再多说一点"}
UNSURE = {"en": "I am not sure", ZH: "我不确定"}
WHERE = {"en": "Where are you now?", ZH: "你现在在哪里"}


async def said_no(town, language):
    """A child who told of blows, and answered that nobody is in danger."""
    child = await child_who_told(town, language, HITS[language])
    await child.taps(NO[language])
    await child.hears(TELL[language])
    return child


@pytest.mark.parametrize("language", ["en", ZH])
async def test_who_said_no_and_taps_yes_under_the_old_question_is_in_danger(town, language):
    child = await said_no(town, language)

    tap = await child.taps(YES[language])

    heard = (await child.hears(WHERE[language])).text
    assert "110" in heard
    assert await child.notices(tap) == ""
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert dict(case.answers)["report_a_concern.in_danger"] == "danger"
    assert YES[language] in said(case)


@at_once(("language", "label"), list(UNSURE.items()))
async def test_whoever_said_no_and_taps_not_sure_there_is_taken_to_be_in_danger(
    town, language, label
):
    child = await said_no(town, language)

    tap = await child.taps(label)

    assert "110" in (await child.hears(WHERE[language])).text
    assert await child.notices(tap) == ""
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert dict(case.answers)["report_a_concern.in_danger"] == "unsure"
    assert label in said(case)


async def test_an_old_not_sure_under_another_question_is_old(town):
    child = await town.teller()
    told = ("They leave me out of every game", "write on")
    when = (
        ("done", "When"),
        ("skip", ""),
        ("skip", "How old"),
        ("12", "see what you write"),
        ("only me", "safe"),
        ("yes", "few more"),
    )
    await town.answers(child, told, *when, ("yes", ""), ("skip", "other children"))
    await town.answers(child, ("no", "anyone else"))

    tap = await child.taps("I am not sure")

    assert "moved on" in await child.notices(tap)
    assert level_of(await town.case_of(child)) is not Level.EMERGENCY


async def test_it_counts_as_well_after_all_was_told(town):
    child = await said_no(town, "en")
    await town.answers(child, ("stop", "We have stopped"))

    await child.taps(YES["en"])

    assert "110" in (await child.hears(WHERE["en"])).text
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


async def test_two_taps_on_yes_count_once(town):
    child = await town.child()
    await town.answers(child, ("1", "in danger right now?"))

    await child.taps(YES["en"])
    second = await child.taps(YES["en"])

    await child.hears(WHERE["en"])
    assert "moved on" in await child.notices(second)
    await town.hears_nothing(child)


async def test_beside_a_worker_they_hear_whom_to_call_and_the_worker_sees_it(town):
    child = await said_no(town, "en")
    worker = await town.run.add_worker("Worker beside a danger")
    await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await town.quiet()
    town.later(2 * MINUTE)

    await child.taps(YES["en"])

    assert "110" in (await child.hears("110")).text
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert YES["en"] in said(case)


async def beside_a_worker(town, child):
    """A worker takes the talk, and *child* has heard so."""
    case = await town.case_of(child)
    worker = await town.run.add_worker(f"Worker of {case.line.code}")
    await town.run.desk.claim(worker, case.line.id)
    await town.quiet()


def told_whom_to_call(child, before):
    """How often *child* heard the number of the police, behind its first so many texts."""
    return sum("110" in text for text in child.heard[before:])


async def asked_beside_a_worker(town, language):
    """A child who told of blows, and was asked about danger before a worker took the talk."""
    child = await child_who_told(town, language, HITS[language])
    await beside_a_worker(town, child)
    return child


@pytest.mark.parametrize("language", ["en", ZH])
@pytest.mark.parametrize(("first", "second"), [(YES, YES), (UNSURE, UNSURE)])
async def test_danger_tapped_twice_where_a_worker_has_the_talk_is_said_once(
    town, language, first, second
):
    child = await asked_beside_a_worker(town, language)
    before = len(child.heard)

    await child.taps(first[language])
    await child.taps(second[language])

    await town.quiet()
    assert told_whom_to_call(child, before) == 1
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    labels = {YES[language], UNSURE[language]}
    assert [text for text in said(case) if text in labels] == [first[language]]


@pytest.mark.parametrize("language", ["en", ZH])
async def test_a_yes_behind_not_sure_is_kept_for_the_worker_who_has_the_talk(town, language):
    child = await asked_beside_a_worker(town, language)
    before = len(child.heard)

    for label in (UNSURE, YES, YES):
        await child.taps(label[language])

    await town.quiet()
    assert told_whom_to_call(child, before) == 2
    case = await town.case_of(child)
    assert dict(case.answers)["report_a_concern.in_danger"] == "danger"
    labels = {YES[language], UNSURE[language]}
    assert [text for text in said(case) if text in labels] == [UNSURE[language], YES[language]]


SURER = [
    ("en", "yes, right now"),
    ("en", "yes"),
    ("en", "danger now"),
    (ZH, "是，现在"),
    (ZH, "有"),
    (ZH, "有，他回来了"),
]
WHICH = {"en": "Which place is it?", ZH: "什么地方"}


async def was_not_sure(town, language):
    """A child who answered that it is not sure, and was asked where it is."""
    child = await town.child(language)
    unsure = {"en": "not sure", ZH: "不确定"}[language]
    await town.answers(child, ("1", DANGER[language]), (unsure, WHERE[language]))
    return child


@at_once(("language", "words"), SURER)
async def test_who_was_not_sure_and_writes_yes_is_in_danger_and_answered_once(
    town, language, words
):
    child = await was_not_sure(town, language)
    before = len(child.heard)

    await child.writes(words)
    await child.hears(WHICH[language])
    await town.quiet()

    assert told_whom_to_call(child, before) == len(child.heard) - before == 1
    case = await town.case_of(child)
    assert dict(case.answers)["report_a_concern.in_danger"] == "danger"
    assert "report_a_concern.where_now" not in dict(case.answers)
    assert said(case).count(words) == 1


@at_once(
    ("language", "words", "asked"),
    [("en", "yes, right now", "tell more now?"), (ZH, "是，现在", "多说一些")],
)
async def test_a_yes_written_twice_is_no_place(town, language, words, asked):
    child = await was_not_sure(town, language)

    await town.answers(child, (words, WHICH[language]), (words, asked))

    where = dict((await town.case_of(child)).answers).get("report_a_concern.where_now", "")
    assert words not in where


@at_once("language", ["en", ZH])
async def test_who_was_not_sure_and_taps_yes_is_in_danger_and_answered_once(town, language):
    child = await was_not_sure(town, language)
    before = len(child.heard)

    await child.taps(YES[language])
    await child.taps(YES[language])
    await child.hears(WHICH[language])
    await town.quiet()

    assert told_whom_to_call(child, before) == len(child.heard) - before == 1
    case = await town.case_of(child)
    assert dict(case.answers)["report_a_concern.in_danger"] == "danger"
    assert said(case).count(YES[language]) == 1


@at_once(
    ("language", "place", "words"),
    [
        ("en", "Kaili Third School, at the gate", "yes, right now"),
        (ZH, "凯里三小门口", "现在有危险"),
    ],
)
async def test_a_yes_behind_the_place_is_kept_and_the_place_not_asked_again(
    town, language, place, words
):
    child = await was_not_sure(town, language)
    await town.answers(child, (place, ""))
    before = len(child.heard)

    await child.writes(words)
    await town.quiet()

    assert told_whom_to_call(child, before) == 1
    assert not [text for text in child.heard[before:] if WHERE[language] in text]
    case = await town.case_of(child)
    assert dict(case.answers)["report_a_concern.in_danger"] == "danger"
    assert place in dict(case.answers)["report_a_concern.where_now"]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "no, he is gone now"), (ZH, "没事了，他走了"), (ZH, "嗯")]
)
async def test_a_yes_behind_what_was_written_to_a_worker_since_is_another(town, language, text):
    child = await asked_beside_a_worker(town, language)
    before = len(child.heard)

    await child.taps(YES[language])
    await child.writes(text)
    tap = await child.taps(YES[language])

    await town.quiet()
    assert told_whom_to_call(child, before) == 2
    assert await child.notices(tap) == ""
    assert said(await town.case_of(child))[-3:] == [YES[language], text, YES[language]]


@pytest.mark.parametrize("language", ["en", ZH])
async def test_an_old_yes_tapped_twice_beside_a_worker_is_said_once(town, language):
    child = await said_no(town, language)
    await beside_a_worker(town, child)
    before = len(child.heard)

    await child.taps(YES[language])
    await child.taps(YES[language])

    await town.quiet()
    assert told_whom_to_call(child, before) == 1
    assert said(await town.case_of(child)).count(YES[language]) == 1


@pytest.mark.parametrize("language", ["en", ZH])
async def test_a_no_beside_a_worker_takes_no_yes_away_that_follows_at_once(town, language):
    child = await asked_beside_a_worker(town, language)
    before = len(child.heard)

    await child.taps(NO[language])
    await child.taps(YES[language])

    await town.quiet()
    assert told_whom_to_call(child, before) == 1
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert YES[language] in said(case)


@pytest.mark.parametrize("language", ["en", ZH])
async def test_danger_tapped_again_beside_a_worker_after_a_while_is_heard_again(town, language):
    child = await asked_beside_a_worker(town, language)
    before = len(child.heard)
    await child.taps(YES[language])
    await town.quiet()
    town.later(2 * MINUTE)

    await child.taps(YES[language])

    await town.quiet()
    assert told_whom_to_call(child, before) == 2
    assert said(await town.case_of(child)).count(YES[language]) == 2


@at_once(
    ("language", "words"),
    [
        ("en", "yes, right now"),
        ("en", "there is danger now"),
        (ZH, "有，现在就有"),
        (ZH, "有的 现在"),
        (ZH, "现在有"),
        (ZH, "现在就有危险"),
        (ZH, "有 就是现在"),
        (ZH, "现在有危险了"),
        (ZH, "危险"),
        (ZH, "弟弟有危险"),
        (ZH, "又有危险了"),
        (ZH, "刚刚没有，现在有了"),
        (ZH, "没有 现在有"),
        (ZH, "有，他回来了"),
        (ZH, "没有 又有危险了"),
        (ZH, "有，我爸在家"),
        (ZH, "有，叔叔回来了"),
        ("en", "yes my father is here"),
        ("en", "my dad is home yes"),
        ("en", "yes she is here"),
        ("en", "danger now"),
        ("en", "there is now"),
        ("en", "he is back yes"),
        ("en", "yes he is back"),
        ("en", "my little brother is in danger"),
    ],
)
async def test_who_said_no_and_writes_that_there_is_danger_now_is_in_danger(town, language, words):
    child = await said_no(town, language)

    await child.writes(words)

    where = {"en": "here are you", ZH: "在哪里"}[language]
    await child.hears(where)
    await town.quiet()
    assert sum(where in text and "110" in text for text in child.heard) == 1
    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert said(case).count(words) == 1


@at_once(
    ("language", "told", "words", "level"),
    [
        (ZH, "我爸打我", "有，妈妈回来了", Level.URGENT),
        ("en", "my dad hits me", "yes mum is home", Level.URGENT),
        (ZH, "我妈打我", "有，妈妈回来了", Level.EMERGENCY),
        (ZH, "我爸妈都打我", "有，妈妈回来了", Level.EMERGENCY),
        (ZH, "我在家天天挨打", "有，妈妈回来了", Level.EMERGENCY),
        (ZH, "我爸打我", "妈妈有危险", Level.EMERGENCY),
        ("en", "my dad hits me", "yes grandma is back", Level.URGENT),
        (ZH, "我爸打我", "有 妈妈在家", Level.URGENT),
        ("en", "they hit me", "yes mum is home", Level.EMERGENCY),
        ("en", "they hit me", "yes my parents are home", Level.EMERGENCY),
        ("en", "i get beaten at home", "yes dad is home", Level.EMERGENCY),
        (ZH, "家里人打我", "有 爸爸在家", Level.EMERGENCY),
        (ZH, "我被打", "有 爸爸在家", Level.EMERGENCY),
        (ZH, "他们打我", "有 爸妈在家", Level.EMERGENCY),
        (ZH, "他们打我", "有 妈妈回来了", Level.EMERGENCY),
        ("en", "my parents hit me, my brother too", "yes mum is back", Level.EMERGENCY),
        ("en", "i get hit, my brother tells on me", "yes mum is back", Level.EMERGENCY),
        ("en", "my stepmom hits me, dad does nothing", "yes mum is back", Level.EMERGENCY),
        ("en", "my grandmother hits me and dad too", "yes grandma is back", Level.EMERGENCY),
        (ZH, "继母打我 爸爸不管", "有 妈妈回来了", Level.EMERGENCY),
        (ZH, "我爸打我", "有 他来了", Level.EMERGENCY),
        (ZH, "我爸打我", "有 大伯来了", Level.EMERGENCY),
        (ZH, "我爸打我", "有 爸爸过来了", Level.EMERGENCY),
        ("en", "my dad hits me", "yes he came", Level.EMERGENCY),
    ],
)
async def test_a_mother_who_is_back_and_did_nothing_is_no_danger(
    town, language, told, words, level
):
    child = await town.child(language)
    no = {"en": "no", ZH: "没有"}[language]
    await town.answers(child, (told, DANGER[language]), (no, ""))

    await child.writes(words)

    await town.quiet()
    assert level_of(await town.case_of(child)) is level


async def test_danger_now_is_heard_as_well_after_all_was_told(town):
    child = await said_no(town, ZH)
    await town.answers(child, ("停", "停"))

    await child.writes("现在就有")

    assert "110" in (await child.hears(WHERE[ZH])).text
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@at_once(
    ("words", "level"),
    [("yes", Level.URGENT), ("yes now", Level.URGENT), ("there is danger now", Level.EMERGENCY)],
)
async def test_a_yes_to_another_question_is_no_danger(town, words, level):
    child = await said_no(town, "en")
    when = (
        ("done", "When"),
        ("skip", ""),
        ("skip", "How old"),
        ("12", "see what you write"),
        ("only me", "safe"),
        ("yes", "few more"),
    )
    await town.answers(child, *when, ("yes", ""), ("skip", "other children"))

    await child.writes(words)

    await town.quiet()
    assert level_of(await town.case_of(child)) is level


@pytest.mark.parametrize("before", [(), ("skip",)], ids=["where", "who was there"])
@pytest.mark.parametrize(
    ("language", "words", "level"),
    [
        (ZH, "有的 现在", Level.URGENT),
        ("en", "yes now", Level.URGENT),
        (ZH, "现在有危险", Level.EMERGENCY),
    ],
)
async def test_a_yes_to_what_is_asked_in_free_words_is_no_danger(
    town, language, words, level, before
):
    child = await said_no(town, language)
    done, skip = {"en": ("done", "skip"), ZH: ("写完了", "跳过")}[language]
    where = {"en": "Where did it happen", ZH: "在哪里发生"}[language]
    await town.answers(child, (HITS[language], ""), (done, ""), (skip, where))
    rest = {
        "en": (
            ("skip", "old"),
            ("12", ""),
            ("me", "safe"),
            ("yes", "few more"),
            ("yes", "Who was"),
        ),
        ZH: (
            ("跳过", "几岁"),
            ("12", "看到"),
            ("只有我", "安全吗"),
            ("可以", "再问"),
            ("好", "有谁在"),
        ),
    }[language]
    await town.answers(child, *(rest if before else ()))

    await child.writes(words)

    await town.quiet()
    assert level_of(await town.case_of(child)) is level


@pytest.mark.parametrize(
    ("language", "asks", "words", "level"),
    [
        (ZH, "你那里有吃的吗？", "现在有", Level.URGENT),
        ("en", "Have you had something to eat?", "yes now", Level.URGENT),
        (ZH, "你那里有吃的吗？", "现在有危险", Level.EMERGENCY),
        ("en", "Have you had something to eat?", "there is danger now", Level.EMERGENCY),
    ],
)
async def test_a_yes_to_what_a_worker_asked_is_no_danger(town, language, asks, words, level):
    child = await said_no(town, language)
    await town.answers(child, ({"en": "stop", ZH: "停"}[language], ""))
    worker = await town.run.add_worker(f"Worker who asks {words}")
    line = await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    town.later(MINUTE)
    line = await town.run.desk.answer(worker, line.id, asks, version=line.version)
    await child.hears(asks)
    await town.run.desk.release(worker, line.id, version=line.version)
    town.later(MINUTE)

    await child.writes(words)

    await town.quiet()
    assert level_of(await town.case_of(child)) is level


@pytest.mark.parametrize("words", ["my phone is in danger", "the dog is in danger"])
async def test_what_is_no_person_is_in_no_danger(town, words):
    child = await said_no(town, "en")

    await child.writes(words)

    await town.quiet()
    assert level_of(await town.case_of(child)) is Level.URGENT


@pytest.mark.parametrize("is_all_told", [False, True])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        (ZH, "刚刚没有危险"),
        (ZH, "刚才没有 危险"),
        (ZH, "那时候没有危险"),
        (ZH, "之前没有危险"),
        (ZH, "没有 危险"),
        (ZH, "有，奶奶在家"),
        (ZH, "是的 妈妈在家"),
        (ZH, "有 老师在旁边"),
        ("en", "yes my mum is here"),
        ("en", "yes my teacher is here"),
        ("en", "mum is home yes"),
        ("en", "yes my sister is home now"),
    ],
)
async def test_that_there_was_none_or_who_is_there_besides_is_no_danger(
    town, language, words, is_all_told
):
    child = await said_no(town, language)
    if is_all_told:
        await town.answers(child, ({"en": "stop", ZH: "停"}[language], ""))

    await child.writes(words)

    await town.quiet()
    assert level_of(await town.case_of(child)) is Level.URGENT


async def test_no_with_a_blank_before_danger_is_a_no(town):
    child = await town.child(ZH)

    heard = await to_the_last(town, child, HITS[ZH], "没有 危险")

    assert TELL[ZH] in heard
