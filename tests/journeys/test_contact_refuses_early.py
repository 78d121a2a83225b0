"""Who asks not to be written to before we ask that is not written to."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import happened, level_of, said
from journeys.told_reports import (
    DANGER,
    OFFER,
    child_who_told,
    told_in_chinese,
    told_in_english,
)

from bot.domain.case import OK, REFUSED
from bot.domain.level import Level
from bot.intake.refusals_in_short import is_only_of_writing, times_refused
from bot.intake.refused_early import asks_not_to

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
TOLD = {"en": "my PE teacher kissed me", ZH: "体育老师亲我"}
SAFE = {"en": "Is it safe for us to write", ZH: "以后我们在这里给你发消息，安全吗"}
CODE = {"en": "Your code to come back", ZH: "回来时用的口令"}
REFUSALS = [
    (ZH, "不要给我发消息 我妈会看到"),
    (ZH, "你们别联系我"),
    ("en", "please dont text me my mum reads my phone"),
    ("en", "stop texting me"),
    (ZH, "不要再找我"),
    (ZH, "千万别回消息 他会看我手机"),
    ("en", "no texts please he reads them"),
]


@pytest.mark.parametrize(("language", "text"), REFUSALS)
async def test_what_a_worker_writes_waits_for_the_code_then(town, language, text):
    child = await child_who_told(town, language, TOLD[language])
    await child.writes(text)
    await town.quiet()

    case = await town.case_of(child)
    assert case.safe_to_reply == REFUSED
    assert text in said(case)
    line = await town.run.desk.claim(town.watcher, case.line.id)
    await town.run.desk.answer(town.watcher, line.id, "Hello, are you well?", version=line.version)
    await town.quiet()
    assert not [heard for heard in child.heard if "are you well" in heard]


@at_once(("language", "text"), REFUSALS)
async def test_it_is_asked_all_the_same_and_another_answer_counts(town, language, text):
    child = await child_who_told(town, language, TOLD[language])
    steps = [(text, DANGER[language]), ("3", ""), ("1", ""), ("skip", ""), ("skip", "")]
    await town.answers(child, *steps)
    for _ in range(6):
        await town.quiet()
        if SAFE[language] in child.heard[-1]:
            break
        await child.writes("skip")
    assert SAFE[language] in child.heard[-1]
    assert (await town.case_of(child)).safe_to_reply == REFUSED

    await town.answers(child, ("1", CODE[language]))

    assert (await town.case_of(child)).safe_to_reply == OK


async def test_in_the_very_first_words_it_counts_as_well(town):
    child = town.contact(ZH)
    await child.writes("体育老师亲我，我妈不知道，上个星期的事，不要给我发消息")
    await town.quiet()

    case = await town.case_of(child)

    assert case.safe_to_reply == REFUSED
    assert not [text for text in happened(case) if "safety" in text]


@at_once(
    ("language", "text", "who", "told"),
    [
        ("en", "dont text me mum checks my phone", "child", "my dad hits me"),
        ("en", "please dont write to me", "parent", "my daughter is beaten by her dad"),
        (ZH, "你们别联系我", "小孩", "我爸喝酒就打我"),
    ],
)
async def test_it_counts_also_where_harm_is_told_only_later(town, language, text, who, told):
    child = town.contact(language)
    await town.answers(child, (text, ""), (who, ""), (told, ""))
    await town.quiet()

    assert (await town.case_of(child)).safe_to_reply == REFUSED


@at_once(
    ("language", "text", "who", "asked"),
    [
        ("en", "dont text me mum checks my phone", "child", "What would you like to do?"),
        (ZH, "你们别联系我 我妈会看", "小孩", "你想做什么"),
    ],
)
async def test_it_is_no_question_that_a_page_answers(town, language, text, who, asked):
    child = town.contact(language)

    await town.answers(child, (text, ""), (who, asked))


@pytest.mark.parametrize(
    ("language", "told", "who", "yes"),
    [
        (ZH, "我爸爸打我，别给我发消息", "小孩", "有"),
        (ZH, "他打我别给我发消息", "小孩", "有"),
        ("en", "my dad hits me dont text me", "child", "yes"),
        ("en", "my dad hits me, dont text me", "child", "yes"),
    ],
)
async def test_whoever_begins_with_it_is_asked_about_danger_all_the_same(
    town, language, told, who, yes
):
    child = town.contact(language)
    await child.writes(told)
    await child.hears("110")

    await town.answers(child, (who, DANGER[language]), (yes, "110"))
    await town.quiet()

    case = await town.case_of(child)
    assert level_of(case) is Level.EMERGENCY
    assert case.safe_to_reply == REFUSED


async def test_an_adult_who_begins_with_it_is_asked_about_danger_at_once(town):
    parent = town.contact(ZH)

    await parent.writes("我孩子被他爸打，别给我发消息")

    await parent.hears("孩子现在有危险吗")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "我跟他说不要给我发消息",
            "我跟他说 不要给我发消息",
            "他叫我不要给他发消息",
            "不要给他发消息",
        ),
        *("不要发给别人", "我妈会看到", "晚上不要给我发消息", "不要告诉我妈"),
        *("i told him dont text me", "he says dont message me", "i said please dont text me"),
        *("dont text me before eight", "please dont write to me at night, in the day its ok"),
        *("dont write to my mum", "dont tell me", "he doesnt text me"),
        *("我告诉他，不要联系我", "他给我发裸照 我跟他讲过 不要给我发消息"),
        *("i told him, dont text me", "i said to him, please dont text me"),
        *("please dont send me back home", "my dad hits me please dont send me home"),
        *("dont send me to foster care", "never send me there", "and dont send me back to him"),
        *("dont send me photos", "please dont send me a policeman", "dont write to me in english"),
        *(
            "don't text me on that number, text this one",
            "dont text me on wechat, write to me here",
        ),
        *("dont text me in the evening", "please dont text me in class"),
        *(
            "please dont contact me through my dad",
            "别给我发微信 在这里发",
            "别给我发短信，在这里回我",
        ),
        *("不要找我", "别来找我", "求求你们别来找我", "别回我家", "不要回我奶奶家", "不要往这里跑"),
        *("她写 别联系我", "她发短信来 别联系我", "我姐回我 别给我发消息", "她在微信上写 别联系我"),
        *("晚上 别给我发消息", "我不要他发短信", "我不想他们联系我", "我不想收到他的消息"),
        *("不能发消息", "我不能回消息", "我不敢给你们发消息", "他叫我不要发消息来"),
        *("不要发消息给他", "不要联系我爸", "我不要你们给我爸发消息", "不要发照片"),
        *("老师说 不要发消息", "不要发到群里", "我不要你们来", "我不要你们告诉妈妈"),
        *("she texted me dont contact me", "he texted me, dont text me"),
        *('he wrote "please dont text me"', "her message was dont contact me"),
        *("she said i dont want you to text me", "he says you must not text me"),
        *("my teacher said no texts please", "no texts from my dad", "no texting in class"),
        *("i dont want him to text me", "i dont want you to text my mum", "i dont want to text"),
        *("you must not tell him", "why cant you text me", "you cant text him he reads it"),
        *("you cant text me in the morning", "i dont want you to text me at night"),
        *("dont text him he reads everything", "dont message my mum she sees it"),
        *(
            "i dont want messages from strangers",
            "its not safe to text you",
            "i want you to text me",
        ),
    ],
)
async def test_what_was_said_to_others_or_names_a_time_is_no_such_plea(text):
    assert not asks_not_to(text)


@pytest.mark.parametrize(
    "text",
    [
        *("我跟老师说了，不要给我发消息", "我求他，别联系我", "我告诉她了，你们不要给我发消息"),
        *("i told him. dont text me", "i told my teacher, please dont text me"),
        "he wrote dont tell. please dont text me",
    ],
)
async def test_what_may_be_said_to_us_behind_somebody_else_is_such_a_plea(text):
    assert asks_not_to(text)


@pytest.mark.parametrize(
    "text",
    [
        *("my dad hits me dont text me", "he hit me again last night dont message me"),
        *("my mum checks my phone dont text me", "my dad will see dont write to me"),
        *("he touched me please dont text me", "stop texting me", "please stop writing to me"),
        *("he beats us stop messaging me", "my dad hits my mum don't text me pls"),
        *("stop texting me my mum reads my phone", "dont text me call me"),
        *("他打我别给我发消息", "我爸打我了不要给我发消息", "叔叔摸我你们别联系我"),
        *("老师亲了我千万别给我发消息", "我妈会看到别给我发消息", "我爸查手机不要给我发信息"),
        *("不要再找我", "你们别再来找我了", "别打扰我", "爸爸天天打我求求你们别给我发消息"),
        *("please dont send me messages", "dont send me anything my mum reads it"),
        *("dont send anything to me", "my dad hits me dont send me texts"),
        *("dont text me, dont write to me here", "dont text me on this phone my mum reads it"),
        *("don't reply, my dad has my phone", "please dont reply", "dont text or write to me here"),
        *("不要往这里发消息", "别回我消息", "求你们不要回我", "别给我发消息 也别在这里发"),
        *("你们不要发消息来", "我不要你们发短信", "千万不要回消息", "别发消息", "莫发信息来嘛"),
        *("不要发消息来 我妈看得到", "不要发信息过来我害怕", "你们不能发消息来我妈会看"),
        *("我不想你们联系我", "我不希望你们给我发消息", "我不想让你们联系我", "我不要你们回我"),
        *("我不想收到消息", "我不想被联系", "这里不方便收短信", "给我发消息不安全", "请勿联系我"),
        *("他打我我不要你们发短信", "他摸我 不要发消息来", "不用联系我", "不得给我发消息"),
        *("i dont want you to text me", "i don't want you texting me", "u must not message me"),
        *("you cant text me my dad checks my phone", "pls never message me", "dont txt me"),
        *(
            "my dad hits me i dont want you to text me",
            "he touched me, i dont want you to write me",
        ),
        *("my stepdad beats me you cant text me", "you are not allowed to text me"),
        *("no messages please", "no texts please he reads them", "please no texts", "dont text"),
        *("dont text my mum reads my phone", "no messages please its my brothers phone"),
        *("i dont want messages", "i dont want to be texted", "i dont want a reply"),
        *("dont send texts he reads them", "never text this number", "please do not respond"),
        *("its not safe to text me", "texting me is not safe", "dont you text me"),
    ],
)
async def test_it_counts_as_well_without_a_comma(text):
    assert asks_not_to(text)


@pytest.mark.parametrize(
    "text",
    [
        *("they ignore me dont text me", "my friends dont text me", "he hits me they dont text me"),
        *("dont call me, text me", "dont call me text me", "he hits me dont call me text me"),
        *(
            "he wont stop texting me",
            "how do i make him stop texting me",
            "he should stop texting me",
        ),
        *("i told him to stop texting me", "i want him to go and stop texting me"),
        *(
            "stop texting me is what i told him",
            "i said stop texting me",
            "he hits me dont tell me",
        ),
        *("my dad hits me dont text my mum", "he hits me dont text me before eight"),
        *(
            "he yells at me dont text me",
            "he told me dont text me",
            "he hits me dont text me he said",
        ),
        *("他说别给我发消息", "他打我还说别给我发消息", "他打我他说不要给我发消息"),
        *("老师说你们别联系我", "他骂我不要给我发消息", "他威胁我不要给我发消息"),
        *("叫他别给我发消息", "我希望他不要给我发消息", "让我爸不要再找我", "他叫我不要再找他"),
        *("我跟他说不要再找我", "不要找我妈", "我跟他分手了 不要再找我", "他打我别给我妈发消息"),
        *("他打我 别给我打电话 给我发消息", "他打我晚上别给我发消息", "他打我叫我别给他发消息"),
    ],
)
async def test_nor_is_what_others_do_or_say_without_a_comma(text):
    assert not asks_not_to(text)


async def test_who_told_nothing_has_nothing_noted(town):
    child = await town.child(ZH)

    await child.writes("不要给我发消息")

    await town.quiet()
    assert await town.case_of(child) is None


ONLY_ANSWERS = {"en": "only get an answer when you write", ZH: "收到话才会回"}


@at_once(
    ("language", "text"),
    [
        *(("en", text) for text in ("stop texting me", "dont text me", "no messages please")),
        *((ZH, text) for text in ("别给我发消息", "你们不要发消息来", "我不想收到消息")),
    ],
)
async def test_who_told_nothing_hears_that_nothing_is_sent_and_is_asked_again(town, language, text):
    child = await town.child(language)

    await town.answers(child, (text, ONLY_ANSWERS[language]))
    await town.quiet()

    menu = "What would you like to do?" if language == "en" else "想做什么"
    assert menu in child.heard[-1]
    assert await town.case_of(child) is None
    await child.writes("leave" if language == "en" else "离开")
    await town.quiet()
    case = await town.case_of(child)
    assert case is None or case.safe_to_reply == REFUSED


@at_once(
    "text", ["别来找我", "不要再找我", "别打扰我", "我妈会看到 别给我发消息", "晚上别给我发消息"]
)
async def test_who_may_mean_more_is_not_told_so(town, text):
    child = await town.child(ZH)

    await child.writes(text)
    await town.quiet()

    assert ONLY_ANSWERS[ZH] not in child.heard[-1]


@at_once(
    ("language", "text"),
    [
        ("en", "i dont want you to text me"),
        ("en", "you must not text me"),
        ("en", "no texts please"),
        (ZH, "我不想你们联系我"),
        (ZH, "我不要你们发短信"),
    ],
)
async def test_where_it_is_asked_the_same_words_answer_it(town, language, text):
    child = await child_who_told(town, language, TOLD[language])
    await town.answers(child, ("3", ""), ("1", ""), ("skip", ""), ("skip", ""))
    for _ in range(6):
        await town.quiet()
        if SAFE[language] in child.heard[-1]:
            break
        await child.writes("skip")

    await town.answers(child, (text, CODE[language]))

    assert (await town.case_of(child)).safe_to_reply == REFUSED


OK_AT_TIMES = [
    ("en", "you cant text me at school"),
    ("en", "dont text me when my dad is home"),
    (ZH, "上学的时候别发消息"),
    (ZH, "晚上不要给我发消息"),
]
NO_MORE = [
    ("en", "dont text back"),
    ("en", "no need to text back"),
    ("en", "please dont write to me"),
    (ZH, "不用回"),
    (ZH, "别回消息"),
    (ZH, "你们别给我发消息"),
]


@at_once(("language", "text"), NO_MORE)
async def test_behind_a_report_it_counts_and_is_said_so(town, language, text):
    told, no = (told_in_english, "no") if language == "en" else (told_in_chinese, "不用了")
    child, _ = await told(town)
    await to_the_last(town, child, no)

    await town.answers(
        child, (text, "not write to you here" if language == "en" else "不会在这里发消息")
    )

    case = await town.case_of(child)
    assert (case.safe_to_reply, text in said(case)) == (REFUSED, True)


@at_once(("language", "text"), OK_AT_TIMES)
async def test_a_time_at_which_nothing_may_be_written_is_kept_as_that(town, language, text):
    told, no = (told_in_english, "no") if language == "en" else (told_in_chinese, "不用了")
    behind, _ = await told(town)
    offered, _ = await told(town)
    asked = await child_who_told(town, language, TOLD[language])
    await to_the_last(town, behind, no, text)
    await to_the_last(town, offered, text)
    await to_the_last(town, asked, text)

    cases = [await town.case_of(each) for each in (behind, offered, asked)]
    assert {case.safe_to_reply for case in cases} == {f"sometimes {text}"}


async def test_it_does_not_undo_a_no(town):
    child, _ = await told_in_english(town)

    await to_the_last(town, child, "no", "dont text me", "you cant text me at school")

    assert (await town.case_of(child)).safe_to_reply == REFUSED


@pytest.mark.parametrize("text", ["never, dont write at night", "not safe. dont text me at night"])
async def test_a_no_beside_a_time_is_no_other_time(text):
    assert not times_refused(text)


async def test_where_it_is_asked_a_time_is_the_answer(town):
    child, _ = await told_in_english(town, safe=(("dont text me at school", OFFER["en"]),))

    assert (await town.case_of(child)).safe_to_reply == "sometimes dont text me at school"


@pytest.mark.parametrize(
    "text",
    [
        *("不用回家", "我不用回学校", "别回家", "不回我消息", "妈妈不回我", "别回来", "不用回他"),
        *("he doesnt text back", "nobody texts me back", "no answer", "dont answer the door"),
        *("晚上不许回", "放学不许回", "睡觉不许回", "周末不能回", "晚上别回", "不许回", "不准再回"),
        *("you never answer", "you dont answer", "you dont reply me", "u never write back"),
        *("so you dont answer", "you never text", "you do not write back"),
        *("晚上别打我", "叫他晚上不要发消息给我", "他晚上给我发消息", "上学的时候他打我"),
        *(
            "dont hit me at school",
            "he texts me at night",
            "text me at school",
            "dont reply to him",
        ),
    ],
)
async def test_what_others_do_or_do_not_or_where_they_go_is_neither(text):
    assert not is_only_of_writing(text)


@at_once("text", ["晚上不许回", "不许回"])
async def test_who_may_not_come_home_is_heard_and_refuses_nothing(town, text):
    child, _ = await told_in_chinese(town)

    heard = await to_the_last(town, child, "不用了", text)

    assert ("12356" in heard, "不会在这里发消息" in heard) == (True, False)
    assert (await town.case_of(child)).safe_to_reply == OK
