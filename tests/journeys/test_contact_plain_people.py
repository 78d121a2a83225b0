"""What people nobody had thought of write first, and what answers them."""

import pytest
from journeys.last_heard import to_the_last

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"


@pytest.mark.parametrize(
    ("language", "asked", "answer"),
    [
        (ZH, "你们几点上班", "09:00–18:00"),
        ("en", "what are your hours", "09:00–18:00"),
    ],
)
async def test_who_asks_for_the_hours_before_danger_is_answered_is_told(
    town, language, asked, answer
):
    child = town.contact(language)
    person = {"en": "person", ZH: "找人"}[language]

    heard = await to_the_last(town, child, "/start", "1", person, asked)

    assert answer in heard


async def test_a_beaten_child_is_not_spoken_to_as_one_who_hurts_itself(town):
    child = town.contact("en")
    told = "teacher hit my hand with a ruler because i didnt do homework"

    heard = await to_the_last(town, child, "/start", "1", told)

    assert "Nobody may hurt you" in heard
    assert "could hurt you" not in heard
