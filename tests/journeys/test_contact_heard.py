"""What is said behind what was told is about just that, and nothing is seen that was not told."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def who_told(town, text):
    child = town.contact()
    await town.answers(child, (text, "Who is writing?"))
    return child


async def test_whose_fault_it_is_is_no_new_harm_behind_what_was_told(town):
    child = await who_told(town, "my dad hits me")

    await town.answers(child, ("is it my fault", "No. It is not your fault."))

    assert {signal.category for signal in (await town.case_of(child)).signals} == {"physical_abuse"}
    assert not any("put down" in text for text in child.heard)


async def test_a_coach_who_wants_pictures_is_answered_as_somebody_who_wants_pictures(town):
    child = await who_told(town, "my coach keeps texting me at night and wants pics")

    assert any("You do not have to send anything" in text for text in child.heard)
    assert not any("keep the clothes" in text for text in child.heard)


async def test_a_father_who_calls_a_child_names_is_not_answered_as_bullying_at_school(town):
    child = await who_told(town, "my dad calls me a useless piece of shit every day")

    assert any("put down hurts" in text for text in child.heard)
    assert not any("the school must act" in text for text in child.heard)


async def test_whoever_asks_us_to_keep_a_secret_has_told_of_no_harm_yet(town):
    child = await who_told(town, "can i tell you a secret")

    await town.answers(child, ("promise not to tell", "We cannot promise"))

    assert await town.case_of(child) is None
    assert not any("Nobody may do that to you" in text for text in child.heard)


async def test_how_long_it_takes_is_a_question_and_no_harm(town):
    child = await town.child()
    await town.answers(child, ("will you call the police", ""))

    await town.answers(child, ("how long until someone answers", "A worker answers here"))

    assert await town.case_of(child) is None


@at_once(
    ("who", "text", "told"),
    [
        ("1", "我爸天天喝酒", "躲开他"),
        ("1", "同学叫我吸毒", "要是有人叫不醒"),
        ("2", "我女儿欠了网贷 他们说要打电话给她爷爷", "不要再借钱去还"),
        ("1", "我欠了网贷 三千多 他们说要打电话给我爸", "不要再借钱去还"),
    ],
)
async def test_drink_and_debts_each_have_their_own_words(town, who, text, told):
    person = town.contact("zh_CN")

    heard = await to_the_last(town, person, "/start", who, text)

    assert told in heard
