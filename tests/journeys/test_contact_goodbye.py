"""A goodbye deletes nothing and hides no code; where somebody may be in danger, it ends nothing."""

import pytest
from journeys.at_once import at_once
from journeys.lives import happened, said

pytestmark = pytest.mark.asyncio(loop_scope="module")

ON_THE_ROOF = {
    "zh-hans": ("我在楼顶，不想活了", "在哪里"),
    "en": ("I am on the roof and want to die", "Where are you"),
}


@at_once(
    ("language", "bye"),
    [
        ("zh-hans", "再见"),
        ("zh-hans", "拜拜"),
        ("zh-hans", "算了"),
        ("zh-hans", "算了，不说了"),
        ("zh-hans", "算了我不说了"),
        ("en", "bye"),
        ("en", "ok, goodbye"),
        ("en", "never mind"),
        ("en", "Forget it."),
    ],
)
async def test_a_goodbye_in_an_emergency_ends_nothing_and_the_place_is_asked_again(
    town, language, bye
):
    child = await town.child(language)
    told, where = ON_THE_ROOF[language]
    await town.answers(child, (told, where))
    before = len(child.chat.screen)

    for _ in range(2):
        await child.writes(bye)
        heard = (await child.hears(where)).text
        assert {"110", "120"} <= set(heard.replace("。", " ").replace(".", " ").split())

    assert len(child.chat.screen) > before
    case = await town.case_of(child)
    assert "left" not in happened(case)
    assert said(case).count(bye) == 2
    assert not [answer for answer in case.answers if bye in str(answer)]


@at_once(
    ("language", "stop", "heard"),
    [("zh-hans", "停", "口令"), ("zh-hans", "我不想说了", "口令"), ("en", "stop", "code")],
)
async def test_whoever_says_plainly_that_they_want_to_stop_is_asked_no_more(
    town, language, stop, heard
):
    child = await town.child(language)
    await town.answers(child, ON_THE_ROOF[language])

    await town.answers(child, (stop, heard))

    assert ON_THE_ROOF[language][1] not in child.heard[-1]


@at_once(
    ("language", "resigned"),
    [("zh-hans", "算了"), ("zh-hans", "算了我不说了"), ("en", "never mind")],
)
async def test_never_mind_stops_a_report_where_nobody_is_in_danger(town, language, resigned):
    child = await town.child(language)
    steps = {"en": ("danger", "help?", "own words"), "zh-hans": ("危险", "谁", "自己的话")}
    await town.answers(child, *zip(("1", "3", "1"), steps[language], strict=True))
    await child.writes("It is loud" if language == "en" else "家里很吵")

    await town.answers(child, (resigned, "code" if language == "en" else "口令"))


async def test_a_goodbye_after_a_report_leaves_its_code_where_it_stands(town):
    child = await town.child("zh-hans")
    await town.answers(
        child, ("1", "危险"), ("3", "谁"), ("1", "自己的话"), ("妈妈老打我", ""), ("停", "口令")
    )
    code = child.heard[-1]

    await town.answers(child, ("谢谢，再见", "转给社工"))

    assert code in [message.text for message in child.chat.screen]
    assert "left" not in happened(await town.case_of(child))


@pytest.mark.parametrize(("language", "bye"), [("zh-hans", "再见啦"), ("en", "bye bye")])
async def test_a_goodbye_amid_a_report_stops_it_and_tells_the_code(town, language, bye):
    child = await town.child(language)
    steps = {"en": ("danger", "help?", "own words"), "zh-hans": ("危险", "谁", "自己的话")}
    await town.answers(child, *zip(("1", "3", "1"), steps[language], strict=True))
    await child.writes("It is loud" if language == "en" else "家里很吵")

    await town.answers(child, (bye, "code" if language == "en" else "口令"))

    assert "left" not in happened(await town.case_of(child))


async def test_a_goodbye_before_anything_was_told_asks_nothing_and_calls_nobody(town):
    child = await town.child("zh-hans")

    heard = await town.answers(child, ("拜拜", "随时可以"))

    assert "想做什么" not in heard
    assert await town.case_of(child) is None
