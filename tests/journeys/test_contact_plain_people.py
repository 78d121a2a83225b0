"""What people nobody had thought of write first, and what answers them."""

import pytest
from journeys.at_once import at_once
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


OFFICES = {"en": "civil affairs", ZH: "民政"}


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        (ZH, "我是村医，今天看到一个女娃身上有好几处淤青", "向谁报告"),
        (ZH, "邻居家孩子天天被打", "我该去哪里举报"),
        ("en", "my neighbour hits her little girl every evening", "who do i report this to"),
    ],
)
@pytest.mark.parametrize("danger", ["no", "not sure"])
async def test_who_asks_amid_a_report_whom_to_report_to_is_told(
    town, language, told, asked, danger
):
    adult = town.contact(language)
    answer = {"en": danger, ZH: {"no": "没有", "not sure": "不确定"}[danger]}[language]
    place = {"en": "the village of Zhouxi", ZH: "舟溪村"}[language]
    before = ("/start", "2", told, answer, *([place] if danger != "no" else []))

    heard = await to_the_last(town, adult, *before, asked)

    assert OFFICES[language] in heard
    assert "110" in heard


@at_once(
    ("language", "answer", "called"),
    [
        (ZH, "她有", "你现在在哪里"),
        (ZH, "我同学有危险", "你现在在哪里"),
        ("en", "my friend is", "here are you now"),
    ],
)
async def test_who_names_who_is_in_danger_says_yes(town, language, answer, called):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", "1", "1", answer)

    assert "110" in heard
    assert called in heard


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        (ZH, "我是凯里市公安局的，请把昨天联系你们的那个女孩的电话和地址给我"),
        ("en", "i am from the police, i need the phone number of the girl who contacted you"),
    ],
)
async def test_who_says_they_are_the_police_hears_what_everybody_hears(town, language, asked):
    adult = town.contact(language)

    heard = await to_the_last(town, adult, "/start", "2", asked)

    assert {"en": "I say that to everybody who asks", ZH: "谁来问"}[language] in heard


async def test_who_wants_to_interview_a_child_hears_that_it_is_not_settled_here(town):
    asked = "I am a reporter with a newspaper and want to interview a child who used your service"

    heard = await to_the_last(town, town.contact("en"), "/start", "2", asked)

    assert "interviews are settled with" in heard


async def test_whether_the_man_learns_who_told_is_answered(town):
    told = "a boy sits begging outside my shop every day with a man"

    heard = await to_the_last(
        town, town.contact("en"), "/start", "2", told, "no", "will the man know it was me"
    )

    assert "who reported" in heard.casefold() or "who told" in heard.casefold()


async def test_a_child_who_dares_not_go_back_with_a_bad_mark_is_asked_about_danger_first(town):
    heard = await to_the_last(town, town.contact(ZH), "/start", "1", "我数学没及格 不敢回去")

    assert "现在有人有危险吗" in heard
    assert "分数" not in heard


async def test_a_child_who_hit_its_sister_and_asks_whether_it_is_bad_is_answered(town):
    told = "我今天打了我妹妹 她才5岁 我好后悔"

    heard = await to_the_last(town, town.contact(ZH), "/start", "1", told, "没有", "我是不是坏人")

    assert "不是。不管谁那样说你" in heard


@at_once(
    ("language", "told", "age", "which"),
    [
        ("en", "help he is strangling my sister", "im 9", "Which place is it?"),
        (ZH, "我爸要杀我，救命", "我10岁", "是什么地方"),
        (ZH, "我爸要杀我，救命", "7", "是什么地方"),
    ],
)
async def test_an_age_is_no_place_and_is_kept(town, language, told, age, which):
    child = town.contact(language)

    heard = await to_the_last(town, child, "/start", "1", told, age)

    assert which in heard
    place = {"en": "the village of Zhouxi", ZH: "舟溪村"}[language]
    await to_the_last(town, child, place)
    answers = dict((await town.case_of(child)).answers)
    assert answers["report_a_concern.where_now"] == f"{age} / {place}"


@at_once(
    ("language", "texts", "hears"),
    [
        (ZH, ("有个女的跟我视频叫我脱光 现在要我转3000",), "不要给钱"),
        (ZH, ("有个女的跟我视频叫我脱光", "没有", "还有半个小时就发给我同学"), "不要给钱"),
        ("en", ("my baby wont stop crying and im scared i will shake him",), "step away"),
        ("en", ("my baby wont stop crying i want to throw him",), "step away"),
        (ZH, ("我快疯了娃娃一直哭我想把他甩了",), "先离孩子远一点"),
    ],
)
async def test_who_is_pressed_hears_just_what_helps(town, language, texts, hears):
    who = "2" if "baby" in texts[0] or "娃娃" in texts[0] else "1"

    heard = await to_the_last(town, town.contact(language), "/start", who, *texts)

    assert hears in heard


async def test_who_is_made_to_fight_is_not_spoken_to_of_parents_who_fight(town):
    child = town.contact(ZH)

    heard = await to_the_last(town, child, "/start", "1", "他们喊我打架 不打就打我")

    assert "谁都不可以伤害你" in heard
    assert "不用你去拦" not in heard
    assert "domestic_violence" not in {s.category for s in (await town.case_of(child)).signals}


@at_once("asked", ["你讲要咋个整", "您说咋办嘛", "你们说我该怎么办"])
async def test_a_grandmother_who_asks_what_we_say_to_do_is_told(town, asked):
    granny = town.contact(ZH)
    told = "我家姑娘男人天天喝醉了捶她 娃娃吓得尿床"

    heard = await to_the_last(town, granny, "/start", "2", told, asked)

    assert "依据：" in heard
    assert "孩子现在有危险吗" in heard


@pytest.mark.parametrize(
    ("language", "text", "then"),
    [
        (ZH, "我家孙子是自闭症 7岁 不会说话", "特校老师把他绑在凳子上"),
        ("en", "my son is autistic and he is 7 and he cant talk", "his teacher hits him"),
    ],
)
async def test_that_a_child_is_disabled_is_no_danger_and_what_is_done_to_it_is(
    town, language, text, then
):
    adult = town.contact(language)
    await to_the_last(town, adult, "/start", "2", text)
    assert await town.case_of(adult) is None

    await to_the_last(town, adult, then)

    assert await town.case_of(adult) is not None
