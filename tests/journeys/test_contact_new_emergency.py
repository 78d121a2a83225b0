"""An emergency told behind another one: it is answered, with the number that helps with it."""

import pytest
from journeys.last_heard import to_the_last
from journeys.lives import level_of, said

from bot.domain.ids import HOUR, MINUTE
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

EN = {
    "danger": "in danger right now?",
    "place": "Where are you now?",
    "home": "at home in sankeshu",
    "more": "Your safety comes first",
    "stop": "stop",
    "threat": "help he has a knife and is going to kill my mom",
    "asked": "Where are you, and are you safe right now?",
    "still": "is anybody there already",
    "news": (
        "I swallowed a whole bottle of pills and want to die",
        "my brother has drunk pesticide and does not wake up",
    ),
    "stairs": "he is coming up the stairs with a knife, he will kill me",
}
ZH = {
    "danger": "现在有人有危险吗",
    "place": "你现在在哪里",
    "home": "在三棵树家里",
    "more": "你的安全最要紧",
    "stop": "停",
    "threat": "救命，他拿着刀要杀我妈妈",
    "asked": "你在哪里？现在安全吗？",
    "still": "你们看到了吗，我在等",
    "news": ("我把一整瓶安眠药都吃了，不想活了", "弟弟喝了农药，叫不醒"),
    "stairs": "他拿着刀上楼来了，要杀我",
}
BOTH = pytest.mark.parametrize(("language", "words"), [("en", EN), ("zh-hans", ZH)])


async def _told_danger(town, language, words):
    """A child who tapped that there is danger, told the place, and has nothing more to say."""
    child = await town.child(language)
    await town.answers(child, ("1", words["danger"]), ("2", words["place"]))
    await town.answers(child, (words["home"], words["more"]), ("2", ""), ("1", ""))
    await town.quiet()
    await child.writes(words["still"])
    await town.quiet()
    return child


@pytest.mark.parametrize(
    ("language", "words", "calm"), [("en", EN, "it is loud"), ("zh-hans", ZH, "家里很吵")]
)
async def test_danger_in_a_changed_message_asks_for_the_place_and_nothing_else(
    town, language, words, calm
):
    child = await town.child(language)
    await town.answers(child, ("1", words["danger"]), ("3", ""), ("1", ""))
    number = await child.writes(calm)
    await town.quiet()
    await child.hears("")

    await child.edits(number, words["threat"])
    await child.hears(words["asked"])
    await town.hears_nothing(child)
    await child.writes(words["home"])
    await town.quiet()

    answers = dict((await town.case_of(child)).answers)
    assert [at for at, text in answers.items() if text == words["home"]] == [
        "report_a_concern.where_are_you"
    ]


@BOTH
@pytest.mark.parametrize("number", [0, 1])
async def test_an_emergency_after_the_report_is_answered_with_its_own_number(
    town, language, words, number
):
    child = await _told_danger(town, language, words)

    heard = await to_the_last(town, child, words["news"][number])

    assert "120" in heard
    assert words["news"][number] in said(await town.case_of(child))


@BOTH
@pytest.mark.parametrize("number", [0, 1])
async def test_an_emergency_of_another_kind_amid_a_report_names_its_number(
    town, language, words, number
):
    child = await town.child(language)
    await town.answers(child, (words["threat"], words["asked"]), (words["home"], words["more"]))

    assert "120" in await to_the_last(town, child, words["news"][number])


@BOTH
async def test_no_emergency_told_again_is_met_with_silence(town, language, words):
    child = await _told_danger(town, language, words)
    await to_the_last(town, child, words["stairs"])
    await to_the_last(town, child, words["stop"])
    await to_the_last(town, child, words["still"])

    for text in (words["stairs"], words["stairs"]):
        heard = await to_the_last(town, child, text)
        assert "110" in heard
        assert "120" in heard


@BOTH
async def test_the_words_of_an_emergency_come_again_after_half_a_day_of_writing(
    town, language, words
):
    child = await town.child(language)
    await town.answers(child, (words["threat"], words["asked"]))
    for _ in range(4):
        town.run.clock.advance(11 * HOUR)
        await child.writes(words["still"])
        await town.quiet()
    town.run.clock.advance(5 * MINUTE)

    assert words["asked"] in await to_the_last(town, child, words["stairs"])


async def test_a_parent_is_told_of_the_ambulance_behind_a_danger_they_named(town):
    mother = town.contact("en")
    await town.answers(mother, ("/start", "110"), ("2", ""))
    await town.answers(mother, ("1", "danger right now?"), ("not sure", ""), ("village 5", ""))
    for text in ("not now", "yes", "is anyone reading"):
        await to_the_last(town, mother, text)

    heard = await to_the_last(town, mother, "my son has drunk pesticide and does not wake up")

    assert "120" in heard
    assert level_of(await town.case_of(mother)) is Level.EMERGENCY


async def test_a_worker_who_has_the_talk_speaks_alone_but_for_whom_to_call(town):
    worker, _ = await town.worker("Kind")
    child = await town.child()
    await town.answers(child, (EN["threat"], EN["asked"]))
    await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await child.hears("A social worker is reading")

    heard = await to_the_last(town, child, EN["news"][0])
    assert heard.startswith("Call 110 now, do not wait for an answer.")
    assert "Where are you" not in heard
    assert await to_the_last(town, child, EN["news"][1]) == ""
