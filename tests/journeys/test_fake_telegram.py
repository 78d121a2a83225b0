"""The fake Telegram refuses what Telegram refuses."""

from datetime import timedelta

import pytest
from asking_the_fake import YES_NO, refused
from fake_telegram import FakeTelegram, Limits, Rate
from fake_telegram.schema import METHODS


@pytest.fixture
async def fake():
    async with FakeTelegram() as server:
        server.clock.stop()
        yield server


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "hi", "parse_mode": "HTML ", "chat_id": 1001}, "reads HTML only"),
        ({"text": "<b>hi", "parse_mode": "HTML"}, "Can't find end tag"),
        ({"text": "hi</b>", "parse_mode": "HTML"}, "Unmatched end tag"),
        ({"text": "<i><b>hi</i></b>", "parse_mode": "HTML"}, "Unmatched end tag"),
        ({"text": "<p>hi</p>", "parse_mode": "HTML"}, 'Unsupported start tag "p"'),
        ({"text": "2 < 3", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "<a>hi</a>", "parse_mode": "HTML"}, "must have attribute"),
        ({}, 'needs the field "text"'),
        ({"text": 5}, "must be of type String"),
        ({"text": "hi", "txt": "hi"}, 'no field "txt"'),
        ({"text": "hi", "disable_notification": "perhaps"}, "must be of type Boolean"),
        ({"text": "hi", "link_preview_options": {"disabled": True}}, 'no field "disabled"'),
        ({"text": "hi", "chat_id": 4}, "chat not found"),
    ],
)
async def test_a_wrong_message_is_refused(ask, child, parameters, words):
    answer = await ask("sendMessage", **{"chat_id": child.id, **parameters})

    assert refused(answer, 400, words)


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "Yes", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "Yes", "callback_data": "是" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "Yes"}, "Text buttons are unallowed"),
        ({"text": "Yes", "url": "no address"}, "Wrong HTTP URL"),
        ({"text": "Yes", "callback": "x"}, 'no field "callback"'),
    ],
)
async def test_a_wrong_button_is_refused(ask, child, button, words):
    markup = {"inline_keyboard": [[button]]}

    answer = await ask("sendMessage", chat_id=child.id, text="hi", reply_markup=markup)

    assert refused(answer, 400, words)


async def test_a_message_of_exactly_the_longest_length_is_shown(ask, child):
    status, _ = await ask("sendMessage", chat_id=child.id, text="😀" * 2048)

    assert status == 200
    assert child.heard == ["😀" * 2048]


async def test_html_is_shown_without_its_tags(ask, child):
    text = '<b>Call</b> <a href="https://example.org">us</a> &lt;now&gt;'

    await ask("sendMessage", chat_id=child.id, text=text, parse_mode="HTML")

    assert child.heard == ["Call us <now>"]


async def test_a_bot_cannot_write_first(ask, fake):
    stranger = fake.person(id=7)

    assert refused(await ask("sendMessage", chat_id=stranger.id, text="hi"), 403, "can't initiate")


async def test_a_bot_cannot_write_to_whoever_blocked_it(ask, child):
    await child.blocks()

    assert refused(await ask("sendMessage", chat_id=child.id, text="hi"), 403, "was blocked")


async def test_a_group_that_grew_names_its_new_address(ask, fake):
    fake.group(id=-500).becomes_supergroup(-100500)

    _, answer = await ask("sendMessage", chat_id=-500, text="hi")

    assert answer["parameters"] == {"migrate_to_chat_id": -100500}


async def test_a_wrong_token_is_refused(ask):
    assert refused(await ask("getMe", token="1:x"), 401, "Unauthorized")


async def test_a_malformed_token_and_an_unknown_method_are_not_found(ask):
    assert refused(await ask("getMe", token="x"), 404, "Not Found")
    assert refused(await ask("getThem"), 404, "Not Found")


async def test_a_known_method_that_is_not_played_says_so(ask):
    assert refused(await ask("logOut"), 501, "does not play logOut")


def test_the_table_knows_every_method_of_the_bot_api():
    assert len(METHODS) == 180
    assert METHODS["sendMessage"]["text"] == "!String"


async def test_one_message_too_many_to_a_chat_must_wait(ask, fake, child):
    codes = [(await ask("sendMessage", chat_id=child.id, text="hi"))[0] for _ in range(5)]

    status, answer = await ask("sendMessage", chat_id=child.id, text="hi")

    assert codes == [200] * 5
    assert (status, answer["parameters"]) == (429, {"retry_after": 5})
    fake.clock.advance(timedelta(seconds=5))
    assert (await ask("sendMessage", chat_id=child.id, text="hi"))[0] == 200


async def test_a_group_gets_at_most_twenty_messages_a_minute(ask, fake):
    group = fake.group()
    for _ in range(20):
        await ask("sendMessage", chat_id=group.id, text="hi")

    status, answer = await ask("sendMessage", chat_id=group.id, text="hi")

    assert (status, answer["parameters"]["retry_after"]) == (429, 60)


async def test_all_chats_together_get_at_most_thirty_messages_a_second(ask, fake):
    people = [fake.person(id=2000 + number) for number in range(31)]
    for person in people:
        await person.writes("hello")

    codes = [(await ask("sendMessage", chat_id=who.id, text="hi"))[0] for who in people]

    assert codes == [200] * 30 + [429]


async def test_an_edit_that_changes_nothing_is_refused(ask, child):
    _, sent = await ask("sendMessage", chat_id=child.id, text="hi", reply_markup=YES_NO)
    which = {"chat_id": child.id, "message_id": sent["result"]["message_id"]}

    same = await ask("editMessageText", **which, text="hi", reply_markup=YES_NO)
    other = await ask("editMessageText", **which, text="ho")

    assert refused(same, 400, "message is not modified")
    assert other[0] == 200
    assert child.heard == ["ho"]


async def test_a_message_can_be_deleted_for_48_hours(ask, fake, child):
    _, first = await ask("sendMessage", chat_id=child.id, text="old")
    fake.clock.advance(timedelta(hours=48, seconds=1))
    _, second = await ask("sendMessage", chat_id=child.id, text="new")
    old, new = first["result"]["message_id"], second["result"]["message_id"]

    assert refused(await ask("deleteMessage", chat_id=child.id, message_id=old), 400, "can't be")
    assert (await ask("deleteMessage", chat_id=child.id, message_id=new))[0] == 200
    assert refused(await ask("deleteMessage", chat_id=child.id, message_id=new), 400, "not found")
    assert child.heard == ["old"]


async def test_deleting_many_skips_what_is_not_there(ask, child):
    _, sent = await ask("sendMessage", chat_id=child.id, text="hi")

    numbers = [sent["result"]["message_id"], 99_999]

    assert (await ask("deleteMessages", chat_id=child.id, message_ids=numbers))[0] == 200
    assert child.heard == []
    many = list(range(101))
    assert refused(await ask("deleteMessages", chat_id=child.id, message_ids=many), 400, "100")


async def test_a_tap_can_be_answered_once_and_soon(ask, fake, child):
    await ask("sendMessage", chat_id=child.id, text="Safe?", reply_markup=YES_NO)
    prompt, late = await child.taps("Yes"), await child.taps("yes")

    assert (await ask("answerCallbackQuery", callback_query_id=prompt.id, text="ok"))[0] == 200
    assert await child.notices(prompt) == "ok"
    again = await ask("answerCallbackQuery", callback_query_id=prompt.id)
    fake.clock.advance(timedelta(minutes=16))
    assert refused(again, 400, "query is too old")
    assert refused(await ask("answerCallbackQuery", callback_query_id=late.id), 400, "too old")


async def test_commands_are_kept_by_language(ask):
    commands = [{"command": "help", "description": "Help"}]

    await ask("setMyCommands", commands=commands, language_code="en")

    assert (await ask("getMyCommands", language_code="en"))[1]["result"] == commands
    assert (await ask("getMyCommands"))[1]["result"] == []
    wrong = [{"command": "Help!", "description": "Help"}]
    assert refused(await ask("setMyCommands", commands=wrong), 400, "BOT_COMMAND_INVALID")
    answer = await ask("setMyCommands", commands=commands, language_code="zh_CN")
    assert refused(answer, 400, "language code")


async def test_a_test_can_set_limits_of_its_own(http):
    strict = Limits(overall=Rate(count=1, seconds=1))
    async with FakeTelegram(limits=strict) as fake:
        fake.clock.stop()
        group = fake.group()
        address = f"{fake.base_url}/bot{fake.token}/sendMessage"
        codes = []
        for _ in range(2):
            async with http.post(address, json={"chat_id": group.id, "text": "hi"}) as response:
                codes.append(response.status)

    assert codes == [200, 429]
