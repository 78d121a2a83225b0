"""What only sounds like danger or a blackmailer is answered, and nobody is called for it."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHILD, PARENT = "1", "2"


async def answer_to(town, language, who, *texts):
    """Say *who* writes, write *texts*, and return the person and all that follows the last."""
    person = town.contact(language)
    await town.answers(person, ("/start", ""), (who, ""))
    for text in texts:
        await town.quiet()
        before = len(person.heard)
        await person.writes(text)
    await town.quiet()
    return person, "\n".join(person.heard[before:])


@pytest.mark.parametrize(
    ("language", "who", "text", "part"),
    [
        ("en", CHILD, "will you call the police?", "We cannot promise|we cannot promise"),
        ("en", CHILD, "please dont call the police", "We cannot promise"),
        ("zh-hans", CHILD, "求你别报警", "不能保证"),
        ("en", CHILD, "my teacher is killing me with homework", ""),
        ("en", PARENT, "please help me find a school", ""),
        ("en", PARENT, "my ex wont let me see my daughter what are my rights", "a right to visit"),
        ("en", PARENT, "the school wont take my child because no hukou", "must go to school"),
        ("en", CHILD, "my brother took my tablet", "Thank you for writing"),
        ("en", CHILD, "i got my period and im shy to tell dad", "growing up"),
        ("en", CHILD, "mia: shes lying", "Thank you for writing"),
        ("en", PARENT, "please help me sign up", ""),
        ("en", PARENT, "sign me up please", ""),
        ("zh-hans", PARENT, "帮帮我报名", ""),
        ("zh-hans", PARENT, "孩子发烧了 38度", ""),
        ("en", CHILD, "he kicked me out of the lobby", ""),
        ("en", CHILD, "in the movie the dad kicks the mum and i hid my eyes", ""),
        ("en", CHILD, "mum forced me into dance club", ""),
        ("zh-hans", CHILD, "游戏里有人打我 我躲在草丛里", ""),
        ("zh-hans", CHILD, "王者里对面打我 我现在躲在草丛里", ""),
        ("zh-hans", CHILD, "被班上同学整笑了", ""),
        ("zh-hans", PARENT, "女儿打赏男主播八千", ""),
        ("en", PARENT, "my kid is glued to his phone and wont listen", ""),
        ("zh-hans", CHILD, "妹妹把我娃娃的头扯掉了", ""),
        ("zh-hans", CHILD, "电影里爸爸踢妈妈我躲起来看", ""),
        ("zh-hans", CHILD, "怎么删掉聊天记录", "发“离开”"),
        ("zh-hans", PARENT, "婆婆不给我见孩子", ""),
        ("zh-hans", PARENT, "离婚了他们家不让我见", ""),
        ("zh-hans", PARENT, "他不给咋整", ""),
        ("zh-hans", CHILD, "我妈不准我打", ""),
        ("zh-hans", CHILD, "她没打我", ""),
        ("en", CHILD, "how do i delete this chat", '"erase"'),
        ("en", CHILD, "How do I delete this chat?", "stays with them"),
    ],
)
async def test_everyday_sentences_call_nobody(town, language, who, text, part):
    person, words = await answer_to(town, language, who, text)

    assert any(each in words for each in part.split("|")), words
    assert "called a worker" not in words
    case = await town.case_of(person)
    assert case is None or level_of(case) > Level.URGENT


async def test_how_to_delete_is_answered_amid_a_report_and_the_question_is_asked_again(town):
    _, words = await answer_to(town, "en", CHILD, "1", "no", "how do i delete this chat")

    assert "stays with them" in words
    assert "Who needs help?" in words


@at_once(
    ("language", "text", "part", "never"),
    [
        ("en", "a man online wants to meet me on saturday", "do not go alone", "pay"),
        ("zh-hans", "网上认识的哥哥叫我星期六去酒店找他", "不要一个人去", "给钱"),
        ("zh-hans", "有个网友让我发裸照 不发就告诉我爸", "不要给钱", "一个人去"),
    ],
)
async def test_money_is_spoken_of_only_where_somebody_threatens(town, language, text, part, never):
    _, words = await answer_to(town, language, CHILD, text)

    assert part in words
    assert never not in words


async def test_whoever_was_threatened_and_is_to_meet_them_now_hears_of_that(town):
    _, words = await answer_to(
        town, "zh-hans", CHILD, "有个网友让我发裸照 不发就告诉我爸", "没有", "他要我明天去见他"
    )

    assert "去见那个人" in words


async def test_a_pregnancy_is_no_blackmail(town):
    _, words = await answer_to(
        town, "en", CHILD, "i think im pregnant", "im 13", "my boyfriend is 20"
    )

    assert "pay" not in words


async def test_a_parent_who_confesses_with_a_pronoun_is_asked_about_their_own_temper(town):
    person, words = await answer_to(town, "zh-hans", PARENT, "我真想掐死他")

    assert "谢谢您说出来" in words
    assert "请先不要去找动手的人" not in words
    assert level_of(await town.case_of(person)) <= Level.URGENT


async def test_what_is_said_again_says_if_a_child_is_in_danger(town):
    _, words = await answer_to(
        town, "zh-hans", PARENT, "我女儿说她不想活了", "没有", "邻居天天打他家小孩"
    )

    assert "如果孩子现在有危险" in words
