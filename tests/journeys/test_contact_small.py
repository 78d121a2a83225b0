"""What is no question is not searched: tears, files, what was told, what a program is asked."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of, said
from journeys.told_reports import DANGER

from bot.domain.ids import HOUR
from bot.domain.level import Level
from bot.intake.small_talk import is_small_talk

pytestmark = pytest.mark.asyncio(loop_scope="module")

MENU = {"en": "What would you like to do?", "zh-hans": "想做什么"}
TELL = {"en": "Tell what is happening", "zh-hans": "说说发生了什么"}
PERSON = {"en": "Talk to a person", "zh-hans": "找人聊聊"}
TELL_HERE = {"en": "tell what is happening here", "zh-hans": "可以在这里说说"}
NO_ANSWER = {"en": "I have no good answer", "zh-hans": "这个问题我答不好"}


def bottom(contact):
    return contact.chat.screen[-1].labels


@at_once(
    ("language", "text", "hears"),
    [
        ("zh-hans", "😭", "压在心里"),
        ("en", "😭😭 💔", "heavy for you"),
        ("zh-hans", "呜呜呜", "压在心里"),
        ("en", "waaah", "heavy for you"),
        ("zh-hans", "你是机器人吗", "我是程序"),
        ("zh-hans", "你是谁", "我是程序"),
        ("zh-hans", "你是谁开发的", "给孩子和照看孩子的人用的"),
        ("zh-hans", "这是谁办的", "给孩子和照看孩子的人用的"),
        ("zh-hans", "我想把我的信息都删掉", "发“离开”"),
        ("zh-hans", "删除我在你们这里的资料", "发“离开”"),
        ("zh-hans", "在吗", "在的"),
        ("zh-hans", "讲个笑话", "不太会"),
        ("en", "are you a robot?", "I am a program"),
        ("en", "who are you", "I am a program"),
        ("en", "tell me a joke", "not good at that"),
        ("zh-hans", "你会一直在吗", "白天晚上都可以给我写"),
        ("zh-hans", "你能陪我聊到睡着吗", "12356"),
        ("zh-hans", "你们晚上在吗", "09:00–18:00"),
        ("zh-hans", "晚上你们在不在", "09:00–18:00"),
        ("zh-hans", "你们天天在线吗", "09:00–18:00"),
        ("en", "will you always be here", "by day and by night"),
        ("en", "can you stay with me", "by day and by night"),
        ("en", "are you still there", "You can write."),
        ("zh-hans", "傻逼", "生气是可以的"),
        ("zh-hans", "滚", "生气是可以的"),
    ],
)
async def test_it_is_answered_shortly_and_the_menu_stays(town, language, text, hears):
    child = await town.child(language)

    answer = await town.answers(child, (text, hears))

    assert MENU[language] in answer
    assert TELL[language] in bottom(child)
    assert PERSON[language] in bottom(child)


@pytest.mark.parametrize("text", ["你别丢下我", "你不要丢下我", "你别不理我"])
async def test_who_begs_not_to_be_left_is_heard_like_whoever_tells(text):
    assert not is_small_talk(text)


@pytest.mark.parametrize(("language", "text"), [("en", "who are you"), ("zh-hans", "😭")])
async def test_the_same_is_not_said_twice_in_a_row(town, language, text):
    child = await town.child(language)
    for _ in range(2):
        await child.writes(text)
    await town.quiet()

    texts = child.heard[-2:]
    assert len(set(texts)) == 2
    assert MENU[language] in texts[-1]
    assert NO_ANSWER[language] not in "".join(child.heard)


async def test_whoever_begins_with_tears_is_seen_and_greeted(town):
    child = town.contact("zh-hans")

    await town.answers(child, ("😭", "压在心里"))
    await child.hears("不是真人")
    await child.writes("😢")

    await town.quiet()
    assert TELL["zh-hans"] in bottom(child)


@at_once(
    ("language", "text", "topics"),
    [
        ("en", "my uncle comes in my room at night", 2),
        ("en", "it is worse now, it was my brother again", 2),
        ("zh-hans", "叔叔晚上来我房间", 2),
    ],
)
async def test_what_is_told_and_not_asked_may_be_told_before_any_topic(
    town, language, text, topics
):
    child = await town.child(language)

    await child.writes(text)

    await town.quiet()
    labels = bottom(child)
    if await town.case_of(child) is None:
        assert labels[:2] == [TELL[language], PERSON[language]]
        shown = [
            label for label in labels[2:] if label not in {"Leave now", "Back", "马上离开", "返回"}
        ]
        assert len(shown) <= topics + 2


@pytest.mark.parametrize("language", ["en", "zh-hans"])
async def test_a_photo_at_the_menu_is_kept_and_the_menu_stays(town, language):
    child = await town.child(language)

    await child.sends_photo(b"photo")

    await town.quiet()
    assert TELL[language] in bottom(child)
    assert PERSON[language] in bottom(child)
    assert await town.case_of(child) is not None


@at_once(
    ("language", "text", "hears"),
    [
        ("en", "i feel so sad", "crying is all right"),
        ("zh-hans", "我好难过", "都是可以的"),
        ("zh-hans", "我怕", "害怕是可以的"),
        ("en", "im scared", "all right to be afraid"),
    ],
)
async def test_a_plain_feeling_is_answered_gently_and_not_twice_in_the_same_words(
    town, language, text, hears
):
    child = await town.child(language)
    await town.answers(child, (text, hears))
    await child.hears("anything else" if language == "en" else "还想问")
    assert TELL[language] in bottom(child)

    await child.writes(text)

    await town.quiet()
    assert sum(hears in words for words in child.heard) == 1
    assert not [words for words in child.heard if "Pills" in words or "吃了药" in words]
    assert TELL[language] in bottom(child)


async def test_a_topic_is_told_again_only_if_it_is_chosen(town):
    child = await town.child()
    first = await town.answers(child, ("i feel so sad", "crying is all right"))
    await child.hears("anything else?")
    await town.answers(child, ("i am so sad", "stands further up"), ("im scared", "Law:"))
    await child.hears("anything else?")

    await child.taps("I feel sad")

    assert (await child.hears("crying is all right")).text == first


@pytest.mark.parametrize("hours", [2, 13])
async def test_a_topic_is_told_again_in_another_conversation(town, hours):
    child = await town.child()
    first = await town.answers(child, ("i feel so sad", "crying is all right"))
    await child.hears("anything else?")
    town.run.clock.advance(hours * HOUR)

    await child.writes("i am so sad")

    assert (await child.hears("crying is all right")).text == first


async def test_a_topic_is_told_again_in_another_language(town):
    child = await town.child()
    await town.answers(child, ("i feel so sad", "crying is all right"))
    await child.hears("anything else?")
    await town.answers(child, ("language", "语言"), ("中文", "想问"))

    await town.answers(child, ("我好难过", "都是可以的"))


async def test_what_was_written_stays_with_the_case(town):
    child = await town.child()
    await child.writes("😭")
    await town.answers(child, ("person", "in danger"), ("1", "110"))

    assert "😭" in said(await town.case_of(child))


ASKED = {"zh-hans": "学校的事怎么办", "en": "what about school?"}
CLOSEST = {"zh-hans": "哪一个最接近", "en": "closest to your question"}


@at_once(
    ("language", "text"),
    [("zh-hans", "都不是"), ("en", "no")],
)
async def test_a_no_is_not_searched_for_topics(town, language, text):
    child = await town.child(language)
    await town.answers(child, (ASKED[language], CLOSEST[language]))

    answer = await town.answers(child, (text, TELL_HERE[language]))

    assert NO_ANSWER[language] not in answer
    assert bottom(child)[:2] == [TELL[language], PERSON[language]]
    assert len(bottom(child)) == 5  # something else, back, leave


@at_once(("language", "text"), [("zh-hans", "我10岁"), ("en", "im 10")])
async def test_an_age_is_not_searched_for_topics_and_leaves_those_offered(town, language, text):
    child = await town.child(language)
    await town.answers(child, (ASKED[language], CLOSEST[language]))
    offered = bottom(child)

    await town.answers(child, (text, CLOSEST[language]))

    assert bottom(child) == offered


HUNGRY = {"en": "needs food", "zh-hans": "都要有饭吃"}
KEPT = {"en": "It is not your fault", "zh-hans": "这不是你的错"}
ONE_WORD = [
    *(("zh-hans", word, HUNGRY) for word in ("饿", "饿了", "我饿", "冷", "我冷", "没人")),
    *(("zh-hans", word, KEPT) for word in ("怕", "好怕", "疼", "痛", "肚子疼", "危险")),
    *(("en", word, HUNGRY) for word in ("hungry", "i am hungry", "cold", "nobody")),
    *(("en", word, KEPT) for word in ("scared", "hurts", "it hurts", "danger")),
]


@at_once(("language", "text", "hears"), ONE_WORD)
async def test_a_single_word_of_a_child_is_heard_as_the_longer_sentence_is(
    town, language, text, hears
):
    child = await town.child(language)

    await town.answers(child, (text, hears[language]))
    await child.hears(DANGER[language])

    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert text in said(case)


@at_once(
    ("language", "text", "who"),
    [
        *(("zh-hans", text, "小孩") for text in ("饿", "怕", "疼", "没人")),
        *(("en", text, "child") for text in ("hungry", "scared", "nobody")),
        *(("zh-hans", text, who) for text in ("饿", "怕") for who in ("1", "跳过")),
        *(("en", text, who) for text in ("hungry", "danger", "alone") for who in ("1", "skip")),
        *(("zh-hans", "冷", "跳过"), ("en", "cold", "skip")),
    ],
)
async def test_so_is_one_that_was_written_before_it_said_who_writes(town, language, text, who):
    child = town.contact(language)

    await town.answers(child, (text, "110"), (who, KEPT[language]))
    await child.hears(DANGER[language])

    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert text in said(case)


@at_once(
    ("language", "text"),
    [*(("zh-hans", text) for text in ("怕", "危险")), ("en", "scared"), ("en", "in danger")],
)
async def test_one_that_says_there_is_danger_where_that_is_asked_is_answered_with_the_numbers(
    town, language, text
):
    child = await town.child(language)
    await town.answers(child, ("1", DANGER[language]))

    await town.answers(child, (text, "120"))
    await town.quiet()

    assert KEPT[language] not in "".join(child.heard)
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@at_once(
    ("language", "text", "button"),
    [
        *(("zh-hans", text, "我是小孩或青少年") for text in ("饿", "怕", "疼", "没人")),
        *(("en", text, "I am a child or teenager") for text in ("hungry", "scared", "danger")),
    ],
)
async def test_so_is_one_that_was_written_before_it_tapped_who_writes(town, language, text, button):
    child = town.contact(language)
    await town.answers(child, (text, "110"))
    await town.quiet()

    await child.taps(button)
    await child.hears(DANGER[language])

    case = await town.case_of(child)
    assert level_of(case) is Level.URGENT
    assert text in said(case)


@at_once(
    ("text", "who"),
    [("饿", "2"), ("怕", "2"), ("没人", "大人"), ("你好", "1"), ("我不怕", "1")],
)
async def test_before_an_adult_says_who_writes_or_where_it_is_no_such_word_nobody_is_called(
    town, text, who
):
    contact = town.contact("zh-hans")

    await town.answers(contact, (text, "110"))
    await town.quiet()
    await contact.writes(who)
    await town.quiet()

    assert await town.case_of(contact) is None


@at_once(
    ("steps", "hears"),
    [
        (("/start", "小孩", "1", "没有", "没人"), "用你自己的话"),
        (("/start", "小孩", "1", "没人"), "谁需要帮助"),
        (("/start", "家长", "饿"), "可以在这里说说"),
        (("/start", "小孩", "好冷的笑话"), ""),
        (("/start", "小孩", "我不怕"), ""),
        (("/start", "小孩", "户口怎么办", "没人"), ""),
        (("/start", "小孩", "怎么转学", "没有人"), ""),
        (("没人", "跳过"), ""),
    ],
)
async def test_where_it_answers_something_or_is_no_such_word_nobody_is_called(town, steps, hears):
    child = town.contact("zh-hans")

    await town.answers(child, *((step, "") for step in steps[:-1]), (steps[-1], hears))
    await town.quiet()

    assert await town.case_of(child) is None


@at_once(
    ("language", "text"),
    [
        *(("zh-hans", text) for text in ("怕", "危险", "好危险")),
        ("en", "danger"),
        ("en", "in danger"),
    ],
)
async def test_where_it_says_that_there_is_danger_nothing_stands_before_whom_to_call(
    town, language, text
):
    child = await town.child(language)
    await town.answers(child, ("1", DANGER[language]))

    heard = await to_the_last(town, child, text)

    assert "120" in heard
    assert KEPT[language] not in heard
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@at_once("text", ["没有", "都没有", "我10岁"])
async def test_behind_a_voice_message_neither_is_searched_for_topics(town, text):
    child = await town.child("zh-hans")
    await child.sends_voice(b"OggS" + b"0" * 500)
    await child.hears("已经收到了")

    await town.answers(child, (text, "想问别的吗"))

    assert "没有户口" not in bottom(child)


async def test_who_begs_not_to_be_left_is_heard_by_a_worker(town):
    child = await town.child("en")

    await town.answers(child, ("please dont leave me", "A social worker will read this"))

    assert await town.case_of(child) is not None


async def test_why_anything_matters_is_no_question_about_ours(town):
    child = await town.child("en")

    heard = await to_the_last(town, child, "i want to die", "why does it matter")

    assert "I ask so that the right help can come" not in heard
