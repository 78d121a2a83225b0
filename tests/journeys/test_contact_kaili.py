"""Conversations as people in Kaili would hold them: whole, short, out of order and on any phone."""

import pytest
from journeys.at_once import at_once
from journeys.lives import level_of

from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
WHO = {"en": "Who is writing?", ZH: "请问，你是？"}
DANGER = {"en": "in danger right now?", ZH: "现在有人有危险吗？"}
AS_A_CHILD = {"en": "I write to you as to a child", ZH: "我把你当作小孩或青少年来说话"}


async def new_words(town, person, text):
    """Return all that *person* hears to *text*."""
    before = len(person.heard)
    await person.writes(text)
    await town.quiet()
    return person.heard[before:]


async def after(town, *texts, language=ZH):
    """Somebody new who wrote *texts*, and what they heard last."""
    person, heard = town.contact(language), []
    for text in texts:
        heard = await new_words(town, person, text)
    return person, heard


@at_once(
    ("language", "told", "then"),
    [
        (ZH, "有人骗我发了照片", "他说不给钱就发给我同学"),
        (ZH, "我有时候会割手", "没人知道"),
        ("en", "my uncle touches me", "he lives here"),
    ],
)
async def test_whoever_told_of_harm_and_not_who_they_are_is_asked_about_danger(
    town, language, told, then
):
    person, heard = await after(town, told, language=language)
    assert WHO[language] in heard[-1]

    heard = await new_words(town, person, then)

    assert DANGER[language] in heard[-1]
    assert AS_A_CHILD[language] in heard[-1]
    assert WHO[language] not in "".join(heard)
    assert (await town.case_of(person)).who == "skipped"


async def test_whoever_did_not_mean_it_so_is_not_asked_about_danger_for_it(town):
    person, _ = await after(town, "我爸打我")
    await person.taps("不是这个意思")
    await town.quiet()

    heard = await new_words(town, person, "我想问作业的事")

    assert DANGER[ZH] not in "".join(heard)


async def test_whoever_is_taken_for_a_child_says_that_they_are_an_adult(town):
    person, _ = await after(town, "隔壁天天打娃娃", "好吓人")

    heard = await new_words(town, person, "我是大人")

    assert "孩子现在有危险吗？" in heard[-1]
    assert (await town.case_of(person)).who == "other_adult"


async def test_whoever_writes_on_and_not_who_they_are_is_answered(town):
    person, heard = await after(town, "你好呀，请问", "我想说件事")
    assert WHO[ZH] in heard[-1]

    heard = await new_words(town, person, "作业太多了怎么办")

    assert WHO[ZH] not in "".join(heard)
    assert AS_A_CHILD[ZH] in "".join(heard)


async def test_a_greeting_is_asked_who_they_are_again(town):
    _, heard = await after(town, "在吗", "嗯")

    assert WHO[ZH] in heard[-1]


@at_once("answer", ["初二", "14", "我是她女儿", "五年级"])
async def test_a_class_or_an_age_says_that_a_child_writes(town, answer):
    person, _ = await after(town, "我同学天天打我", answer)

    assert (await town.case_of(person)).who == "child"


@at_once("text", ["我孙孙拿板凳砸我，我一个老太婆带他", "我刚才打了娃娃", "娃娃在老家天天被打"])
async def test_whoever_looks_after_the_child_is_spoken_to_as_an_adult(town, text):
    person, heard = await after(town, text)

    assert "孩子" in heard[-1]
    assert (await town.case_of(person)).who == "parent"


@at_once("texts", [("隔壁在打娃娃", "正在打"), ("隔壁天天打娃娃", "邻居", "现在正在打")])
async def test_blows_that_fall_while_they_write_are_danger(town, texts):
    person, heard = await after(town, *texts)

    assert "现在就打 110" in heard[-1]
    assert level_of(await town.case_of(person)) is Level.EMERGENCY


TOLD = {ZH: ("我爸打我", "学生"), "en": ("my dad hits me", "i am a child")}


ASKED = [
    (ZH, "怎么删", "“离开”"),
    (ZH, "帮我删了", "“离开”"),
    ("en", "please delete all of this", '"leave" removes'),
    (ZH, "我不会打字", "可以发语音"),
    ("en", "i cant type well", "voice message"),
    (ZH, "这个要钱不", "没有人会来收钱"),
    ("en", "does it cost anything", "Nobody is asked for money here"),
    ("en", "ok but do u charge for this", "Nobody is asked for money here"),
    (ZH, "我的口令忘了", "在这里再说就行"),
    ("en", "i lost my code", "just tell it here"),
    (ZH, "你们怎么还不回我", "社工会看"),
    ("en", "why has nobody answered me", "a social worker reads it"),
    (ZH, "你能帮我吗", "可以试试"),
    (ZH, "你们是政府的不", "这里是小橘灯"),
    (ZH, "在吗", "在的"),
    (ZH, "别报警", "我是程序，不会报警"),
    (ZH, "求你别报警", "我是程序，不会报警"),
    ("en", "please dont call the police", "cannot call the police"),
    (ZH, "不要打电话给我爸妈", "打不了电话"),
    (ZH, "我不想让老师知道", "不能保证没有别人知道"),
    (ZH, "她说不许告诉老师", "说了不算"),
    (ZH, "不晓得咋个办", "谁也不能打你"),
]


@at_once(
    ("language", "text", "hears", "is_telling"),
    [(*asked, is_telling) for asked in ASKED for is_telling in (False, True)],
)
async def test_what_they_ask_of_the_chat_is_answered_and_asked_on(
    town, language, text, hears, is_telling
):
    telling = () if not is_telling else ("no",) if language == "en" else ("没有",)
    person, _ = await after(town, *TOLD[language], *telling, language=language)

    heard = await new_words(town, person, text)

    assert hears in "".join(heard)
    assert "请选一个" not in "".join(heard)
    assert "please choose" not in "".join(heard)


async def test_what_others_put_online_is_not_deleted_by_a_word_here(town):
    person, _ = await after(town, "她们把我脱了衣服拍视频", "学生", "发到群里了")

    heard = await new_words(town, person, "怎么删掉")

    assert "“离开”" not in "".join(heard)


async def test_why_somebody_does_not_want_them_is_no_wrong_answer(town):
    person, _ = await after(town, "我奶奶说她不要我了", "学生")

    heard = await new_words(town, person, "为什么")

    assert "请选一个" not in heard[-1]


async def test_what_pupils_forbid_to_tell_is_bullying_and_no_emergency(town):
    texts = ("室友天天打我", "我13岁", "没有", "我", "就这些", "没有")
    person, _ = await after(town, *texts, "她说不许告诉老师")

    case = await town.case_of(person)
    assert level_of(case) is Level.URGENT
    assert "sexual_abuse" not in case.line.about


@at_once("text", ["12", "两天", "在家"])
async def test_a_word_or_two_is_not_thanked_for_as_if_it_were_harm(town, text):
    person, _ = await after(town, "叔叔摸我胸", "学生")

    heard = await new_words(town, person, text)

    assert "谢谢你把这些也告诉我们" not in "".join(heard)


async def test_nothing_is_asked_of_a_helper_who_has_called_the_police(town):
    person, _ = await after(town, "隔壁天天打娃娃", "邻居")

    await new_words(town, person, "报警了")

    assert level_of(await town.case_of(person)) is Level.URGENT


async def test_whoever_was_beaten_as_a_child_reports_no_child(town):
    _, heard = await after(town, "打孩子犯法吗", "家长", "那我小时候也是被打大的")

    assert "孩子受了伤" not in "".join(heard)


@at_once("text", ["我有点事不知道咋个说", "我叔叔", "我爸喝酒了"])
async def test_no_button_names_a_harm_that_a_child_has_not_told(town, text):
    person, _ = await after(town, "你好", "学生")

    await new_words(town, person, text)

    labels = " ".join(list(person.chat.messages.values())[-1].labels)
    assert not any(harm in labels for harm in ("弄伤自己", "不想活", "乱碰", "打我"))


async def test_a_father_who_asks_what_to_do_hears_how_not_to_hit(town):
    person, _ = await after(town, "我打了我儿子")

    heard = await new_words(town, person, "我该怎么办")

    assert "火" in heard[0]
    assert "孩子现在有危险吗？" in heard[-1]
