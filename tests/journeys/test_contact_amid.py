"""What a child fears or asks amid a report is answered there and then, and asked on behind it."""

import pytest
from journeys.at_once import at_once

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOLD = {"en": "my dad hits me with a belt", "zh-hans": "我叔叔摸我下面"}
NO = {"en": "no", "zh-hans": "没有"}
NOT_YOURS = {"en": "No. It is not your fault.", "zh-hans": "不是。这不是你的错。"}
CHOOSE = {"en": "please choose one", "zh-hans": "请选一个"}


async def new_words(town, child, text):
    """Return all that *child* hears to *text*."""
    before = len(child.heard)
    await child.writes(text)
    await town.quiet()
    return child.heard[before:]


async def told(town, language):
    child = await town.child(language)
    for text in (TOLD[language], NO[language]):
        await new_words(town, child, text)
    return child


@at_once(
    ("language", "text"),
    [
        ("en", "is it my fault"),
        ("en", "i feel dirty"),
        ("zh-hans", "我是不是不干净了"),
        ("zh-hans", "你会不会觉得我恶心"),
    ],
)
async def test_whose_fault_it_is_is_said_at_once(town, language, text):
    child = await told(town, language)
    waits = child.heard[-1]

    [answer] = await new_words(town, child, text)

    assert answer.startswith(NOT_YOURS[language])
    assert waits in answer


@pytest.mark.parametrize(
    ("language", "text"), [("en", "is it my fault"), ("zh-hans", "是我的错吗")]
)
async def test_it_is_said_where_nothing_was_told(town, language, text):
    child = await town.child(language)

    [answer] = await new_words(town, child, text)

    assert answer.startswith(NOT_YOURS[language])


@at_once(
    ("language", "text", "hears"),
    [
        ("en", "will you take me away", "not a punishment"),
        ("en", "will my dad go to jail", "depends on the facts"),
        ("en", "what happens if i tell", "ask for someone beside you"),
        ("zh-hans", "会不会把我带走", "不是罚你"),
        ("zh-hans", "你们会去我家吗", "可能来问你"),
        ("zh-hans", "说了会怎么样", "可能来问你"),
        ("zh-hans", "说出来会不会被我爸知道", "不能保证没有别人知道"),
    ],
)
async def test_what_follows_is_answered_and_asked_on(town, language, text, hears):
    child = await told(town, language)
    waits = child.heard[-1]

    heard = await new_words(town, child, text)

    assert hears in heard[0]
    assert heard[-1] == waits


@at_once(
    ("texts", "hears"),
    [
        (["老师打我了", "怎么办"], "老师不可以打你"),
        (["老师打我了", "没有", "就这些", "怎么办"], "老师不可以打你"),
        (["有个网友让我发裸照 不发就告诉我爸", "怎么办"], "别去见那个人"),
        (["我肚子痛 他们不让我吃饭", "没有", "就这些", "怎么办"], ""),
    ],
)
async def test_what_to_do_is_never_met_with_a_list(town, texts, hears):
    child = await town.child("zh-hans")
    for text in texts[:-1]:
        await new_words(town, child, text)

    heard = await new_words(town, child, texts[-1])

    assert hears in heard[0]
    assert CHOOSE["zh-hans"] not in "".join(heard)
