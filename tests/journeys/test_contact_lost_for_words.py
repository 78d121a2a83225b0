"""Whoever does not know how to say it is offered to tell, and not told that there is no answer."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last

pytestmark = pytest.mark.asyncio(loop_scope="module")

OFFERED = {"en": "You can tell what is happening here", "zh-hans": "可以在这里说说发生了什么"}

NO_HURRY = {"en": "There is no hurry", "zh-hans": "不着急"}


@at_once(
    ("language", "text"),
    [
        ("en", "i dont know what to say"),
        ("en", "I don't know how to say it"),
        ("en", "sorry i dont know where to start"),
        ("zh-hans", "我不知道说什么"),
        ("zh-hans", "不知道怎么说"),
        ("zh-hans", "我不知道从哪里说起"),
        ("zh-hans", "我有事想说 但不敢"),
        ("zh-hans", "我不敢说"),
        ("zh-hans", "我想说一件事但是很丢人"),
        ("en", "i want to say something but im scared"),
    ],
)
async def test_who_lacks_words_is_offered_to_tell(town, language, text):
    child = await town.child(language)

    heard = await to_the_last(town, child, text)

    assert OFFERED[language] in heard
    assert NO_HURRY[language] in heard
    assert not {"举报怕被知道", "同学被人欺负"} & set(child.chat.screen[-1].labels)
    assert "12345" not in heard
