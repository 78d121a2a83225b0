"""Whoever seems to have taken the phone hears nothing of what a child told, and answers nothing."""

import pytest
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import level_of, said
from journeys.reading_desk import csrf_of, signed_in

from bot.domain.ids import MINUTE
from bot.domain.level import Level

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZH = "zh-hans"
WHO_ASKS = {"en": "who is this why are you texting my daughter", ZH: "你是谁 为什么和我女儿聊天"}
TOLD = {"en": "my dad hits me", ZH: "我爸打我"}
WRITE_ON = {"en": "You can write on here.", ZH: "可以在这里接着写"}
DANGER = {"en": "in danger right now?", ZH: "现在有人有危险吗"}


async def taken(town, language):
    """A child who told of blows, and whose phone somebody else seems to have taken since."""
    child = await town.child(language)
    await to_the_last(town, child, TOLD[language], WHO_ASKS[language])
    return child


@at_once(
    ("language", "text"),
    [
        (ZH, "没有，她乱说的"),
        (ZH, "把她写的给我看"),
        (ZH, "没有"),
        (ZH, "我是她爸"),
        ("en", "she lies, delete everything"),
        ("en", "no"),
    ],
)
async def test_what_they_write_is_kept_and_answers_nothing(town, language, text):
    child = await taken(town, language)

    heard = await to_the_last(town, child, text)

    assert heard.startswith(WRITE_ON[language])
    assert DANGER[language] not in heard
    case = await town.case_of(child)
    assert "safe" not in dict(case.answers).values()
    assert text in said(case)


async def test_the_worker_reads_from_where_the_phone_may_be_taken(town):
    child = await taken(town, ZH)

    entries = (await town.case_of(child)).entries
    texts = [entry.text for entry in entries]

    assert texts.count("phone_taken") == 1
    assert texts.index("phone_taken") < texts.index(WHO_ASKS[ZH])
    assert "phone_taken" not in said(await town.case_of(child))  # it is no word of theirs


async def test_before_a_worker_writes_there_they_are_asked_whether_it_is_safe(town):
    child = await taken(town, "en")
    worker = await town.run.add_worker("Worker of a taken phone")
    line = await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await town.quiet()
    heard = len(child.heard)

    async with signed_in(town, worker) as look:
        page = await look(f"/desk/cases/{line.id}")
        sent = {"csrf": csrf_of(page), "version": str(line.version), "answer": "Does he hit you?"}
        asked = await look(f"/desk/cases/{line.id}/answer", data=sent)

    await town.quiet()
    assert "Somebody else may have the phone" in page
    assert "From here on somebody else may have the phone" in page
    assert "Is it safe to write now?" in asked
    assert "Somebody else may have the phone" in asked
    assert child.heard[heard:] == []


@pytest.mark.parametrize("is_noted", [True, False])
async def test_it_is_theirs_again_with_their_code_or_where_a_worker_notes_it(town, is_noted):
    child = await taken(town, "en")
    worker = await town.run.add_worker(f"Worker {is_noted}")
    case = await town.case_of(child)
    if is_noted:
        line = await town.run.desk.claim(worker, case.line.id)
        await town.run.desk.note_safety(worker, line.id, "ok", version=line.version)
    else:
        await child.writes(await town.code_of(case))
    await town.quiet()

    assert not (await town.case_of(child)).may_be_taken


async def test_an_emergency_is_answered_all_the_same(town):
    child = await taken(town, ZH)

    heard = await to_the_last(town, child, "救命 他拿刀要杀我")

    assert "110" in heard
    assert level_of(await town.case_of(child)) is Level.EMERGENCY


@at_once(
    ("language", "asked", "text"),
    [
        (ZH, "你是谁啊", "我是他爸，他乱说的"),
        (ZH, "", "我是他爸"),
        (ZH, "", "我是孩子的妈妈 别发消息了"),
        ("en", "who are you", "im his father"),
        ("en", "", "this is his mother, he is lying"),
    ],
)
async def test_who_says_to_be_a_childs_parent_where_it_told_of_blows_has_its_phone(
    town, language, asked, text
):
    child = await town.child(language)
    earlier = (TOLD[language], asked) if asked else (TOLD[language],)

    heard = await to_the_last(town, child, *earlier, text)

    assert WRITE_ON[language] in heard
    assert DANGER[language] not in heard
    case = await town.case_of(child)
    assert case.may_be_taken
    assert case.who == "child"


@at_once(
    ("language", "told", "text"),
    [
        (ZH, "我老公打我，拿刀追我", "我是孩子妈妈，凯里大十字12号"),
        (ZH, "他打我，拿刀追我", "我是孩子妈妈，凯里大十字12号"),
        ("en", "my husband beats me, he has a knife", "im her mother, kaili yingpan road 3"),
    ],
)
async def test_a_mother_in_danger_who_says_who_she_is_with_the_place_keeps_her_phone(
    town, language, told, text
):
    mother = await town.child(language)

    heard = await to_the_last(town, mother, told, text)

    case = await town.case_of(mother)
    assert WRITE_ON[language] not in heard
    assert not case.may_be_taken
    assert dict(case.answers)["report_a_concern.where_now"] == text


@pytest.mark.parametrize(
    ("language", "told", "text"),
    [
        (ZH, "我爸打我，拿刀追我", "我是他爸，别再发了"),
        ("en", "my dad beats me, he has a knife", "this is his dad, stop writing to him"),
    ],
)
async def test_whoever_forbids_it_where_the_place_is_asked_has_the_phone(
    town, language, told, text
):
    child = await town.child(language)

    await to_the_last(town, child, told, text)

    assert (await town.case_of(child)).may_be_taken


@at_once(
    ("language", "told", "text"),
    [
        (ZH, "我爸打我，拿刀追我", "我是他爸，孩子没事"),
        (ZH, "我爸打我，拿刀追我", "我是他爸，你们是谁"),
        (ZH, "我爸打我，拿刀追我", "我是他爸不是坏人"),
        (ZH, "我爸打我，拿刀追我", "我是他爸，凯里大十字12号"),
        (ZH, "我妈打我，拿刀追我", "我是他爸，我们在家里呢"),
        ("en", "my dad beats me, he has a knife", "this is her dad, it was a misunderstanding"),
        ("en", "my dad beats me, he has a knife", "this is her dad he is fine"),
        ("en", "my dad beats me, he has a knife", "im her dad, kaili yingpan road 3"),
    ],
)
async def test_the_parent_of_whom_a_child_told_does_not_answer_where_it_is(
    town, language, told, text
):
    child = await town.child(language)

    heard = await to_the_last(town, child, told, text)

    assert WRITE_ON[language] in heard
    assert (await town.case_of(child)).may_be_taken


@at_once(
    ("language", "told", "text"),
    [
        (ZH, "爸爸打我", "我是他爸"),
        (ZH, "爷爷打我", "我是他爷爷"),
        (ZH, "我爷爷打我", "我是他爸"),
        (ZH, "我姑妈打我", "我是他爸"),
        ("en", "dad hits me", "im her dad"),
        ("en", "grandpa hits me", "im her grandpa"),
        ("en", "my uncle hits me", "its her mum leave us alone"),
        ("en", "my uncle hits me", "its her mum, stop writing to her"),
    ],
)
async def test_a_child_that_did_not_say_who_writes_is_known_by_whom_it_tells_of(
    town, language, told, text
):
    child = town.contact(language)

    heard = await to_the_last(town, child, told, text)

    assert WRITE_ON[language] in heard
    assert DANGER[language] not in heard
    assert (await town.case_of(child)).may_be_taken


@at_once(
    ("language", "told", "text"),
    [
        (ZH, "他打我", "我是孩子妈妈"),
        (ZH, "孩子爸爸打我", "我是孩子妈妈"),
        (ZH, "婆婆打我", "我是孩子妈妈"),
        ("en", "her dad hits me", "im her mum"),
        ("en", "my father in law hits me", "im her mum"),
    ],
)
async def test_a_beaten_mother_who_never_said_to_be_a_child_keeps_her_phone(
    town, language, told, text
):
    mother = town.contact(language)

    heard = await to_the_last(town, mother, told, text)

    assert WRITE_ON[language] not in heard
    assert not (await town.case_of(mother)).may_be_taken


@at_once(
    ("language", "told", "text"),
    [
        ("en", "i was touched at my friends house", "its her dad"),
        ("en", "i was touched at my friends house", "its her dad again"),
        ("en", "my stepdad hits me", "its his dad too he is violent"),
        ("en", "my stepdad hits me", "its his dad, please dont text him"),
        ("en", "my friend gets hurt", "its her dad he takes pictures of her"),
        (ZH, "我爸打我", "我是他爸不要我"),
        (ZH, "我爸打我", "我是他爸不疼的"),
        ("en", "he never hits me but he beats my sister", "its her dad"),
    ],
)
async def test_a_child_who_says_whose_father_it_was_is_no_parent(town, language, told, text):
    child = await town.child(language)

    heard = await to_the_last(town, child, told, text)

    assert WRITE_ON[language] not in heard
    case = await town.case_of(child)
    assert not case.may_be_taken
    assert case.who == "child"


async def test_whose_father_it_was_may_stand_in_quotation_marks(town):
    child = await town.child("en")

    heard = await to_the_last(town, child, "my stepdad hits me", '"its his dad"')

    assert DANGER["en"] in heard


@at_once(
    ("language", "text"),
    [
        ("en", "im her mum, kaili yingpan road 3, not fine please hurry"),
        ("en", "im her mum, kaili yingpan road 3, she is not okay"),
        ("en", "im her mum, we are in sankeshu town"),
        ("en", "im her mum, hiding in the bathroom"),
        ("en", "im her mum, please help us"),
        (ZH, "我是孩子妈妈，我躲在房间里"),
        (ZH, "我是孩子妈妈，在我妈家"),
        (ZH, "我是孩子妈妈，不好意思在三棵树"),
        (ZH, "我是孩子妈妈，在派出所门口"),
        (ZH, "我是孩子妈妈，躲在处理厂后面"),
        (ZH, "我是孩子妈妈，快来救我们"),
    ],
)
async def test_a_mother_who_flees_from_a_knife_keeps_her_phone_however_she_says_where(
    town, language, text
):
    mother = await town.child(language)
    told = "他打我，拿刀追我" if language == ZH else "he beats me he has a knife"

    heard = await to_the_last(town, mother, told, text)

    assert WRITE_ON[language] not in heard
    assert not (await town.case_of(mother)).may_be_taken


@at_once(
    ("language", "told", "text"),
    [
        (ZH, "我妈打我，拿刀追我", "我是她妈，我们在家里"),
        (ZH, "我爸打我，拿刀追我", "我是他爸，快来接孩子"),
        (ZH, "他打我，拿刀追我", "我是他爸，快来接孩子"),
        (ZH, "我妈打我，拿刀追我", "我是他妈，快来接孩子"),
        (ZH, "我爸打我，拿刀追我", "我是他妈，快来接孩子"),
        (ZH, "我爸妈打我，拿刀追我", "我是他妈，快来接孩子"),
        (ZH, "她打我，拿刀追我", "我是他妈，快来接孩子"),
        (ZH, "家里人打我，拿刀追我", "我是他妈，快来接孩子"),
        ("en", "she beats me she has a knife", "im her mum, please come get the child"),
        ("en", "they beat me, they have a knife", "im her mum, please come get the child"),
        ("en", "my dad beats me, he has a knife", "im her dad, please come get the child"),
        ("en", "he beats me he has a knife", "im her dad, please come get the child"),
        (ZH, "我爸妈打我，拿刀追我", "我是她妈，我们在家里"),
        (ZH, "他打我，拿刀追我", "我是她妈，她在写作业"),
        (ZH, "他打我，拿刀追我", "我是她妈，在处理"),
        (ZH, "我爸打我，拿刀追我", "我是她妈，我们在家里处理"),
        (ZH, "他打我，拿刀追我", "我是她妈，在沟通了"),
        ("en", "he beats me he has a knife", "i'm her mum, i'm handling it"),
        ("en", "he beats me he has a knife", "im her mum, we are dealing with it at home"),
        (ZH, "他打我，拿刀追我", "我是她爸，我们在家里"),
        ("en", "my parents beat me, they have a knife", "im her mum, please help us"),
        ("en", "he beats me he has a knife", "im her mum, please stop"),
        ("en", "he beats me he has a knife", "im her mum, we dont need help"),
        ("en", "he beats me he has a knife", "im her dad, we are at home"),
    ],
)
async def test_who_is_not_surely_a_mother_in_flight_does_not_answer_where_it_is(
    town, language, told, text
):
    child = await town.child(language)

    heard = await to_the_last(town, child, told, text)

    assert WRITE_ON[language] in heard
    assert (await town.case_of(child)).may_be_taken


async def test_a_beaten_wife_who_says_whose_mother_she_is_keeps_her_phone(town):
    mother = await town.child(ZH)

    heard = await to_the_last(town, mother, "我老公打我，我好怕", "我是孩子妈妈")

    assert WRITE_ON[ZH] not in heard
    assert not (await town.case_of(mother)).may_be_taken


@at_once(
    ("language", "text"),
    [
        (ZH, "我妹妹跟你们说了什么"),
        ("en", "did my sister write to you"),
        ("en", "has my brother talked to you"),
    ],
)
async def test_a_child_who_asks_after_a_brother_or_sister_keeps_its_phone(town, language, text):
    child = await town.child(language)

    heard = await to_the_last(town, child, TOLD[language], text, "没有" if language == ZH else "no")

    assert WRITE_ON[language] not in heard
    assert not (await town.case_of(child)).may_be_taken


async def test_an_adult_taken_for_a_child_may_still_say_whose_parent_they_are(town):
    adult = await town.child(ZH)

    await to_the_last(town, adult, "孩子在学校被同学打了", "我是他妈妈")

    assert not (await town.case_of(adult)).may_be_taken


async def test_after_an_hour_it_is_the_childs_again(town):
    child = await taken(town, ZH)
    town.later(61 * MINUTE)

    heard = await to_the_last(town, child, "他今天又打我了")

    assert WRITE_ON[ZH] not in heard


async def test_whoever_taps_an_answer_goes_on(town):
    child = await taken(town, ZH)

    await child.taps("没有，现在没有")
    await town.quiet()

    assert dict((await town.case_of(child)).answers)["report_a_concern.in_danger"] == "safe"
    assert WRITE_ON[ZH] not in await to_the_last(town, child, "我自己")


async def test_a_parent_who_told_nothing_may_ask_and_go_on(town):
    parent = town.contact(ZH)

    heard = await to_the_last(town, parent, "/start", "2", WHO_ASKS[ZH], "孩子不想上学怎么办")

    assert WRITE_ON[ZH] not in heard


@at_once(
    ("language", "text"),
    [
        (ZH, "我是她外婆"),
        (ZH, "我是孩子的舅舅"),
        (ZH, "我是她姑姑"),
        (ZH, "我是她阿姨"),
        ("en", "I'm her gran"),
        ("en", "this is his mummy"),
    ],
)
async def test_whoever_asked_so_and_says_whose_kin_they_are_hears_where_it_goes(
    town, language, text
):
    child = await town.child(language)

    heard = await to_the_last(town, child, WHO_ASKS[language], text)

    assert heard.startswith(WRITE_ON[language])


async def test_a_parent_who_told_and_asks_so_is_answered_as_before(town):
    parent = town.contact(ZH)

    texts = ("/start", "2", "我老公打女儿", WHO_ASKS[ZH], "他又打她了，怎么办")
    assert WRITE_ON[ZH] not in await to_the_last(town, parent, *texts)


@at_once(
    ("language", "text"),
    [
        ("en", "this is her dad she made it up"),
        ("en", "this is her dad everything is fine"),
        ("en", "this is her dad i took her phone"),
        ("en", "this is her dad what is going on"),
        ("en", "this is her dad go away"),
        ("en", "this is her dad she exaggerates"),
        ("en", "this is her dad i never hit her"),
        ("en", "its her dad. who is this"),
        ("en", "its her dad what did she tell you"),
        ("en", "its her dad she is fine"),
        ("en", "it is her dad, she is lying"),
        ("en", "its her dad, dont text her"),
        ("en", "its her dad i have her phone now"),
        ("en", "its her father speaking who is this"),
        ("en", "its her dad, i am asking you nicely"),
        ("en", "its his dad, he's lying"),
        (ZH, "我是他爸不要管"),
        (ZH, "我是他爸不用管"),
        (ZH, "我是他爸不要理她"),
        (ZH, "我是她爸不需要你们"),
        (ZH, "我是她爸不要听她乱说"),
        (ZH, "我是她爸不要信她"),
        (ZH, "我是她爸叫你们别管"),
        ("en", "its her dad, i hit her because she stole"),
        ("en", "its her dad she hurt herself"),
        ("en", "its her dad she kicks me too"),
        ("en", "its her dad again, stop"),
        (ZH, "我是他爸打他怎么了"),
        (ZH, "我是他爸家里事你们别管"),
        (ZH, "我是他爸养他这么大打两下怎么了"),
        (ZH, "我是她爸带她出去了"),
        (ZH, "我是她爸叫她来接电话"),
    ],
)
async def test_whoever_may_be_the_one_who_a_child_says_hits_it_hears_nothing_of_it(
    town, language, text
):
    child = await town.child(language)

    heard = await to_the_last(town, child, TOLD[language], text)

    assert WRITE_ON[language] in heard
    assert (await town.case_of(child)).may_be_taken


@at_once(
    ("language", "told", "text"),
    [
        ("en", "my dad hits me", "its her dad everything is fine"),
        ("en", "my dad hits me", "its her dad, i hit her because she stole"),
        ("en", "my stepdad hits me", "its her dad everything is fine"),
        (ZH, "我爸打我", "我是他爸打他怎么了"),
        (ZH, "我后爸打我", "我是他爸，孩子没事"),
    ],
)
async def test_the_no_of_whoever_may_be_that_one_says_nothing_of_danger(town, language, told, text):
    child = await town.child(language)

    await to_the_last(town, child, told, text, "no" if language == "en" else "没有")

    assert "safe" not in dict((await town.case_of(child)).answers).values()


@at_once(
    "told",
    [
        "my dad hits me when hes drunk",
        "my dad hits me when drunk",
        "my dad hits me when my mum is out",
        "my dad hits me if i cry",
        "my dad hits me and my sister",
        "my dad hits me and says i deserve it",
        "my dad hits me and he didnt stop",
        "my dad hits me in front of my friends",
        "my dad beats us",
        "爸爸打我 我告诉老师了",
        "我爸打我，没有人管",
        "我爸打我，也打我同学",
        "爸爸打我们",
    ],
)
async def test_a_father_has_the_phone_whenever_and_whomever_else_he_hits(town, told):
    language, says = ("en", "im her dad") if told.isascii() else (ZH, "我是她爸")
    child = await town.child(language)

    heard = await to_the_last(town, child, told, says)

    assert WRITE_ON[language] in heard
    case = await town.case_of(child)
    assert case.may_be_taken
    assert case.who == "child"


@at_once(
    ("language", "text"),
    [(ZH, "别再给我女儿发消息"), (ZH, "不准找我儿子"), ("en", "stop texting my daughter")],
)
async def test_who_forbids_to_write_to_their_child_has_its_phone(town, language, text):
    child = await town.child(language)

    heard = await to_the_last(town, child, TOLD[language], text)

    assert heard.startswith(WRITE_ON[language])
    case = await town.case_of(child)
    assert case.may_be_taken
    assert text in said(case)


async def test_an_adult_who_reports_may_say_whom_not_to_write_to(town):
    adult = town.contact(ZH)
    await to_the_last(town, adult, "/start", "2", "我老公打孩子", "没有", "我的孩子", "就这些")

    heard = await to_the_last(town, adult, "不要联系我女儿")

    assert WRITE_ON[ZH] not in heard
    assert not (await town.case_of(adult)).may_be_taken


@at_once(
    "text",
    [
        "its her dad he hits her too",
        "its her dad again with a belt",
        "its her dad when he drinks",
        "this is her dad's phone",
        "this is her dad and i saw him hit her",
        "its her dad not mine",
        "its her dad whos worse",
        "its her dad mine is ok",
        "its her dad, they live next door",
    ],
)
async def test_a_child_whose_father_hits_it_may_tell_of_anothers(town, text):
    child = await town.child("en")

    heard = await to_the_last(town, child, TOLD["en"], text)

    assert WRITE_ON["en"] not in heard
    assert not (await town.case_of(child)).may_be_taken


@at_once(
    ("language", "text"),
    [
        (ZH, "我是她妈，在用她手机"),
        (ZH, "我是她妈，在翻她手机"),
        (ZH, "我是她妈，在审她"),
        (ZH, "我是她妈，在收拾她"),
        (ZH, "我是她妈，在她房间"),
        (ZH, "我是她妈，帮帮我删掉"),
        (ZH, "我是她妈 快来接她"),
        (ZH, "我是她妈 快来接孩子走"),
        (ZH, "我是她妈 快来接孩子放学"),
        (ZH, "我是她妈 叫她爸快来接孩子"),
        (ZH, "我是她妈 快来接孩子 她不听话"),
        (ZH, "我是她妈 别再发了 快来接孩子"),
        ("en", "im her mum, come get her"),
        ("en", "im her mum, tell her dad to please come get the child"),
        ("en", "im her mum, help me understand this"),
        ("en", "im her mum, please help me understand what she wrote"),
        ("en", "im her mum, please send me what she wrote"),
        ("en", "im her mum, help me delete this"),
        ("en", "im her mum, in her room"),
        ("en", "im her mum, bored town of lies"),
        ("en", "this is her mum i have her phone"),
        ("en", "im her mum, on her phone"),
        ("en", "im her mum, i help her with her phone"),
        (ZH, "我是她妈，在陪她"),
        (ZH, "我是她妈，在孩子房间"),
        (ZH, "我是她妈，求求你们删掉"),
        (ZH, "我是她妈，孩子从家里跑出来的"),
        (ZH, "我是她妈 快来看她写的"),
    ],
)
async def test_who_has_taken_a_phone_is_no_mother_in_flight(town, language, text):
    child = await town.child(language)
    told = "他打我，拿刀追我" if language == ZH else "he beats me he has a knife"

    heard = await to_the_last(town, child, told, text)

    assert WRITE_ON[language] in heard
    assert (await town.case_of(child)).may_be_taken


@at_once(
    ("language", "text"),
    [
        (ZH, "我是孩子妈妈，在厨房"),
        (ZH, "我是孩子妈妈，帮帮我们"),
        (ZH, "我是孩子妈妈，快点来"),
        (ZH, "我是孩子妈妈，在舟溪"),
        (ZH, "我是他妈妈不敢出去"),
        (ZH, "我是孩子妈妈，他在砸门"),
        (ZH, "我是孩子妈妈，出不去"),
        ("en", "im her mum, he is at the door"),
        ("en", "im her mum, we cant get out"),
        ("en", "im her mum, help me he is at the door"),
        ("en", "im her mum, please send the police"),
        ("en", "im her mum, locked in the bathroom"),
        ("en", "im her mum, sankeshu town"),
        ("en", "im her mum, we are in zhouxi town he locked us in"),
        ("en", "im her mum zhouxi town near the bridge"),
        ("en", "im her mum please come to zhouxi town"),
        ("en", "im her mum, kaili town sankeshu"),
        ("en", "im her mum we are hiding in her room"),
        ("en", "im her mum, at her grandmas house"),
        ("en", "im her mum, we ran out"),
        ("en", "im her mum i am bleeding"),
        ("en", "im her mum help"),
        ("en", "im her mum, save us"),
        ("en", "im her mum, he is in"),
        ("en", "im her mum, he locked us in"),
        (ZH, "我是孩子妈妈，在她奶奶家"),
        (ZH, "我是孩子妈妈，在他爷爷家"),
        (ZH, "我是孩子妈妈，躲在孩子的房间"),
        (ZH, "我是孩子妈妈，在孩子学校"),
        (ZH, "我是他妈妈 快来救孩子"),
        (ZH, "我是他妈妈 快来接孩子"),
        (ZH, "我是他妈妈快点来接孩子啊"),
        (ZH, "我是孩子妈妈，求你们快来接我的孩子"),
        ("en", "im her mum, please come get the child"),
        ("en", "im her mum, come and get us"),
        (ZH, "我是他妈妈 快来舟溪"),
        (ZH, "我是他妈妈 快来凯里三棵树"),
        (ZH, "我是他妈妈 快点来啊他要砍我"),
        (ZH, "我是他妈妈 帮帮我求你"),
        (ZH, "我是他妈妈 我流血了"),
        (ZH, "我是他妈妈 他进来了"),
        (ZH, "我是他妈妈 求求你们"),
        (ZH, "我是他妈妈 我们跑出来了"),
        (ZH, "我是他妈妈 带着孩子跑出来了"),
    ],
)
async def test_a_mother_in_flight_keeps_her_phone_in_few_words(town, language, text):
    mother = await town.child(language)
    told = "他打我，拿刀追我" if language == ZH else "he beats me he has a knife"

    heard = await to_the_last(town, mother, told, text)

    assert WRITE_ON[language] not in heard
    assert not (await town.case_of(mother)).may_be_taken


@at_once(
    ("language", "text"),
    [
        (ZH, "你们是什么单位 我是他爸"),
        (ZH, "谁让你乱写的"),
        (ZH, "谁叫你告诉别人的"),
        (ZH, "你敢告老子"),
        (ZH, "你又在告状"),
        (ZH, "你在跟谁聊天"),
        (ZH, "孩子乱说的"),
        (ZH, "小孩子家家乱说什么"),
        ("en", "who told you to write this"),
        ("en", "who are you texting"),
        ("en", "how dare you"),
        ("en", "the kid is lying"),
    ],
)
async def test_whoever_scolds_a_child_for_telling_has_its_phone(town, language, text):
    child = await town.child(language)

    heard = await to_the_last(town, child, TOLD[language], text)

    assert WRITE_ON[language] in heard
    assert DANGER[language] not in heard
    assert (await town.case_of(child)).may_be_taken


@at_once(
    ("language", "text"),
    [
        (ZH, "你在干什么"),
        (ZH, "你写的什么"),
        (ZH, "你告我？"),
        (ZH, "把手机给我"),
        ("en", "what are you doing"),
        ("en", "give me the phone"),
    ],
)
async def test_what_may_be_asked_of_the_child_shows_nothing_of_what_it_told(town, language, text):
    child = await town.child(language)

    heard = await to_the_last(town, child, TOLD[language], text)

    assert WRITE_ON[language] in heard
    assert DANGER[language] not in heard
    assert not (await town.case_of(child)).may_be_taken
    assert "110" in await to_the_last(town, child, {"en": "yes", ZH: "有，现在就有"}[language])


@at_once(
    ("language", "text"),
    [
        (ZH, "他说谁让你告诉老师的 然后打我"),
        (ZH, "我弟弟乱说的"),
        (ZH, "没人让我说的"),
        (ZH, "我敢告他吗"),
        (ZH, "你敢告诉别人我就打死你，他说的"),
        (ZH, "他抢我手机"),
        ("en", "he asked who told you to say that and hit me"),
        ("en", "my brother is lying"),
        ("en", "the boy is lying"),
        ("en", "the girl is just making things up"),
        ("en", "he said how dare you tell and then he hit me"),
    ],
)
async def test_a_child_that_tells_how_it_is_scolded_keeps_its_phone(town, language, text):
    child = await town.child(language)

    await to_the_last(town, child, TOLD[language], text)

    assert not (await town.case_of(child)).may_be_taken
