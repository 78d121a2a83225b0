"""Whoever comes back and says that they have a code is asked for it, wherever they stand."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import said

from bot.directory.hiding import HIDDEN
from bot.directory.return_code import return_code_text
from bot.domain.ids import NEVER
from storage import inbox

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAYS = {"en": "i have a code", "zh-hans": "我有口令"}
ASKED = {"en": "What is your code?", "zh-hans": "请写口令"}
TOLD = {"en": ("1", "my dad hits me", "no", "stop"), "zh-hans": ("1", "我爸打我", "没有", "停")}
NO_CODE = {
    "en": ("We cannot find this code", "does not look like a code", "cannot be skipped"),
    "zh-hans": ("没找到这个口令", "不太像口令", "不能跳过"),
}
LONG = {"en": "en", "zh-hans": "zh_CN"}


async def codes_tried(town):
    """How many wrong codes were tried, by anybody."""
    return await town.run.lantern.house.database.read(
        lambda tx: inbox.count_tries(tx, "code", "everybody", since=NEVER)
    )


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_who_is_asked_who_they_are_and_has_a_code_is_asked_for_it(town, language):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", SAYS[language])

    assert ASKED[language] in heard


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_who_awaits_a_worker_and_has_a_code_is_asked_for_it(town, language):
    child = town.contact(language)
    await to_the_last(town, child, "/start", *TOLD[language], "hm")

    assert ASKED[language] in await to_the_last(town, child, SAYS[language])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("zh-hans", text) for text in ("我爸又打我了", "他在门口", "跳过")),
        *(("en", text) for text in ("dad hit me again", "i am scared", "skip")),
    ],
)
async def test_who_awaits_a_worker_and_writes_no_code_is_heard_as_before(town, language, text):
    child = town.contact(language)
    await to_the_last(town, child, "/start", *TOLD[language], "hm", SAYS[language])

    tried = await codes_tried(town)

    heard = await to_the_last(town, child, text)

    assert heard
    assert not any(part in heard for part in NO_CODE[language])
    assert text in said(await town.case_of(child))
    assert await codes_tried(town) == tried


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_what_may_be_a_code_is_looked_up_where_it_is_asked_for(town, language):
    child = town.contact(language)
    await to_the_last(town, child, "/start", *TOLD[language], "hm", SAYS[language])
    words = town.run.lantern.house.directory.code_words

    heard = await to_the_last(town, child, return_code_text((0, 1, 2, 3), LONG[language], words))

    assert NO_CODE[language][0] in heard


@at_once(
    ("language", "form"),
    [
        ("en", "my dad hit me again {code}"),
        ("en", "my code is {code} my dad hit me again"),
        ("zh-hans", "我爸又打我了 {code}"),
    ],
)
async def test_a_code_opens_its_report_whatever_is_told_beside_it(town, language, form):
    other, child = await town.child(language), town.contact(language)
    await to_the_last(town, other, *TOLD[language][1:])
    code = await town.code_of(await town.case_of(other))
    await to_the_last(town, child, "/start", *TOLD[language], "hm", SAYS[language])

    heard = await to_the_last(town, child, form.format(code=code))

    assert {"en": "Your report is here", "zh-hans": "已经收到了，也叫了社工来看"}[language] in heard


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("my code is {words[0]} {words[1]} {words[2]} my dad hit me again", "my dad hit me again"),
        ("{words[0]} {words[1]} {words[2]} i want to die", "i want to die"),
        (
            "{words[0]} {words[1]} and i dont know the rest, my dad beats me",
            "i dont know the rest, my dad beats me",
        ),
    ],
)
async def test_a_part_of_a_code_is_hidden_of_what_is_told_where_it_was_asked_for(town, text, kept):
    child = town.contact("en")
    await to_the_last(town, child, "/start", *TOLD["en"], "hm", SAYS["en"])
    words = return_code_text((0, 1, 2, 3), "en", town.run.lantern.house.directory.code_words)

    heard = await to_the_last(town, child, text.format(words=words.split()))

    assert not any(part in heard for part in NO_CODE["en"])
    written = said(await town.case_of(child))
    assert any(each.endswith(kept) and HIDDEN in each for each in written)
    assert not any(word in each for word in words.split() for each in written)


async def test_one_word_of_a_code_is_kept_of_what_is_told_where_it_was_asked_for(town):
    child = town.contact("en")
    await to_the_last(town, child, "/start", *TOLD["en"], "hm", SAYS["en"])
    text = "my dad hit me with a piano leg, i hide behind the boat"

    await to_the_last(town, child, text)

    assert text in said(await town.case_of(child))


@at_once(
    ("language", "text"),
    [
        ("en", "help he has a knife i am in the garden house"),
        ("en", "help he has a knife i am in the house garden river road"),
        ("en", "i hide at the bus station, dad hits me"),
        ("en", "bus station, he hits me again"),
        ("en", "i hide at the bus station"),
        ("en", "i am in the farm house"),
        ("en", "gave me candy and milk"),
        ("zh-hans", "我在车站马路边"),
        ("en", "uncle gave me candy and milk, he touched me"),
        ("zh-hans", "救命 爸爸拿刀 我在农场房屋里"),
        ("zh-hans", "救命 爸爸拿刀 农场房屋"),
        ("zh-hans", "爸爸又打我 我在车站马路边"),
        ("zh-hans", "他拿板凳石头打我"),
        ("zh-hans", "板凳石头打我 爸爸打的"),
    ],
)
async def test_a_place_and_what_was_done_are_kept_where_a_code_was_asked_for(town, language, text):
    child = town.contact(language)
    await to_the_last(town, child, "/start", *TOLD[language], "hm", SAYS[language])

    heard = await to_the_last(town, child, text)

    assert text in said(await town.case_of(child))
    assert not any(part in heard for part in NO_CODE[language])


HARM = {"en": "in danger right now?", "zh-hans": "现在有人有危险吗"}
WHO = {"en": "Who is writing?", "zh-hans": "你是？"}
NEWCOMERS = [
    ("zh-hans", "他打我", HARM),
    ("zh-hans", "我爸爸在家打我，我怕", HARM),
    ("en", "my dad hits me", HARM),
    ("en", "he hits me at home, i hide in the garden house", HARM),
    ("zh-hans", "我在车站", WHO),
    ("zh-hans", "我们在学校后面", WHO),
    ("en", "i am at the station", WHO),
    ("en", "we are behind the school", WHO),
    ("en", "i am at a friends house", WHO),
    ("zh-hans", "我们在外婆的房屋里", WHO),
]


@at_once(("language", "text", "asks"), NEWCOMERS)
async def test_who_has_told_nothing_yet_and_writes_no_code_is_heard_as_well(
    town, language, text, asks
):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", SAYS[language], text)

    assert asks[language] in heard
    assert not any(part in heard for part in NO_CODE[language])


@at_once(
    ("language", "lost", "text"),
    [
        ("zh-hans", "四个词都记不住", "我爸打我"),
        ("zh-hans", "四个词都记不住", "口令被我爸撕了，他还打我"),
        ("en", "something something", "my dad hits me"),
        ("en", "something something", "my uncle touched me and took my code"),
    ],
)
async def test_who_tells_harm_where_no_code_was_found_is_asked_about_danger(
    town, language, lost, text
):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", SAYS[language], lost, text)

    assert HARM[language] in heard
    assert text in said(await town.case_of(child))


@at_once(
    ("language", "text"),
    [
        ("zh-hans", "我在学校，没带"),
        ("zh-hans", "我到家再查"),
        ("zh-hans", "开头写在{words[0]}"),
        ("en", "i am on the bus and dont have it"),
        ("en", "it starts with {words[0]}"),
    ],
)
async def test_who_has_not_got_the_code_at_hand_is_helped_with_it(town, language, text):
    child = town.contact(language)
    known = town.run.lantern.house.directory.code_words
    words = return_code_text((0, 1, 2, 3), LONG[language], known).split()

    heard = await to_the_last(town, child, "/start", SAYS[language], text.format(words=words))

    assert any(part in heard for part in NO_CODE[language])


@at_once(
    ("language", "text"),
    [
        *(("zh-hans", text) for text in ("忘了", "口令丢了", "我在找口令", "农场 房屋", "没有了")),
        *(
            ("en", text)
            for text in ("i forgot", "i lost it", "i dont have it anymore", "farm house")
        ),
        *(("en", text) for text in ("my code is farm house boat", "what code")),
    ],
)
async def test_who_has_told_nothing_yet_and_lost_the_code_is_told_what_to_do(town, language, text):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", SAYS[language], text)

    assert any(part in heard for part in NO_CODE[language])


@at_once(("language", "who"), [("en", "child"), ("zh-hans", "小孩")])
async def test_who_came_there_from_the_menu_goes_on_as_whoever_chose_there(town, language, who):
    child = town.contact(language)
    tells = {"en": "he hits me", "zh-hans": "他打我"}[language]

    heard = await to_the_last(town, child, "/start", who, SAYS[language], tells)

    assert HARM[language] in heard
    assert (await town.case_of(child)).who == "child"


async def test_four_words_of_somebodys_code_are_hidden_though_they_may_be_a_place(town):
    other, child = await town.child("en"), town.contact("en")
    await to_the_last(town, other, *TOLD["en"][1:])
    code = await town.code_of(await town.case_of(other))
    await to_the_last(town, child, "/start", *TOLD["en"], "hm", SAYS["en"])

    await to_the_last(town, child, f"my dad hit me again, i hide in the {code} he beats me")

    cases = [await town.case_of(each) for each in (other, child)]
    assert not any(code in each for case in cases for each in said(case))
