"""A complaint about us or a worker: supervisors hear of it and see it, the worker does not."""

import pytest
import pytest_asyncio
from journeys.at_once import at_once
from journeys.last_heard import to_the_last
from journeys.lives import open_town, said
from journeys.reading_desk import signed_in

from bot.domain.worker import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOLD, MARK = "complains about us", "They complain about us"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def staff(town):
    """A worker and their supervisor, each with a phone."""
    return await town.worker("Anna"), await town.worker("Boss", role=Role.SUPERVISOR)


def heard(phone, code):
    """What *phone* was told of the case *code*."""
    return [text for text in phone.heard if code in text]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i want to make a complaint about your social worker"),
        ("zh-hans", "我要投诉"),
        ("zh-hans", "我想投诉你们的社工，他说话很凶"),
        ("zh-hans", "上次那个社工到我家来说话很难听，还说我不配当妈，我要投诉"),
        ("en", "Your social worker came to our house and was rude to me. I want to complain"),
    ],
)
async def test_a_complaint_is_told_to_supervisors_and_to_no_worker(town, staff, language, text):
    (_, phone), (_, boss) = staff
    contact = town.contact(language)
    for each in ("/start", "2", text):
        await contact.writes(each)
        await town.quiet()
    town.later(1)
    await town.quiet()
    case = await town.case_of(contact)

    assert case.line.about[0] == "complaint"
    assert [each for each in heard(boss, case.line.code) if TOLD in each]
    assert heard(phone, case.line.code) == []


async def test_a_complaint_about_somebody_else_is_none_about_us(town):
    contact = town.contact("zh-hans")

    await to_the_last(town, contact, "/start", "2", "社工说是学校不对，我要投诉学校")

    case = await town.case_of(contact)
    assert case is None or "complaint" not in case.line.about


async def test_a_complaint_to_the_worker_who_has_the_talk_reaches_the_supervisors_once(town, staff):
    (worker, phone), (_, boss) = staff
    child = await town.teller()
    await child.writes("he hits me every day")
    line = await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await town.quiet()

    for text in ("you do not listen, i want to complain about you", "i will complain about you"):
        await child.writes(text)
        await town.quiet()

    assert len([text for text in heard(boss, line.code) if TOLD in text]) == 1
    assert not [text for text in heard(phone, line.code) if TOLD in text]


async def test_a_complaint_to_the_worker_who_has_it_is_marked_for_supervisors_only(town, staff):
    (worker, _), (boss, phone) = staff
    child = await town.teller()
    await child.writes("he hits me every day")
    line = await town.run.desk.claim(worker, (await town.case_of(child)).line.id)
    await town.quiet()

    await child.writes("i want to complain about you")
    await town.quiet()

    page_of_case = f"/desk/cases/{line.id}"
    async with signed_in(town, worker) as page:
        assert MARK not in await page(page_of_case)
        assert MARK not in await page("/desk?show=mine")
    async with signed_in(town, boss) as page:
        assert MARK in await page(page_of_case)
    assert "only they see it marked" in next(t for t in heard(phone, line.code) if TOLD in t)


async def test_the_desk_marks_a_complaint_and_says_whose_it_is(town, staff):
    (worker, _), _ = staff
    contact = town.contact("en")
    for text in ("/start", "2", "i want to complain about your worker"):
        await contact.writes(text)
        await town.quiet()
    case = (await town.case_of(contact)).line.id

    async with signed_in(town, worker) as page:
        assert "They complain about us" in await page("/desk")
        shown = await page(f"/desk/cases/{case}")

    assert "Supervisors can read it." in shown


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i do not want to complain about you"),
        ("en", "can i complain about my teacher"),
        ("zh-hans", "我不想投诉你们"),
        ("zh-hans", "我想投诉老师"),
    ],
)
async def test_what_complains_about_others_or_not_at_all_is_none(town, staff, language, text):
    _, (_, boss) = staff
    before = len(boss.heard)
    contact = town.contact(language)
    for each in ("/start", "2", text):
        await contact.writes(each)
        await town.quiet()

    assert not [each for each in boss.heard[before:] if TOLD in each]


@pytest.mark.parametrize(
    "text",
    [
        "my mum says the class is complaining about you and then she beats me",
        "妈妈说老师又投诉你了，然后就用皮带打我",
        "i want to complain about your worker. and my dad beats me every day",
    ],
)
async def test_where_harm_is_told_as_well_nobody_on_duty_is_passed_over(town, staff, text):
    (_, phone), _ = staff
    child = await town.child()

    await child.writes(text)
    await town.quiet()
    town.later(1)
    await town.quiet()

    assert heard(phone, (await town.case_of(child)).line.code)


@pytest.mark.parametrize(
    ("language", "steps", "told"),
    [
        (
            "en",
            ("/start", "2", "i want to complain about your worker", "3", "she was rude to me"),
            "Our supervisors are told.",
        ),
        (
            "zh-hans",
            ("/start", "2", "我要投诉你们的社工", "没有", "她说话很凶"),
            "我们会告诉督导",
        ),
    ],
)
@pytest.mark.usefixtures("staff")
async def test_whoever_complains_about_a_worker_hears_that_supervisors_are_told(
    town, language, steps, told
):
    contact = town.contact(language)
    for each in steps:
        await contact.writes(each)
        await town.quiet()

    assert told in contact.heard[-1]
    assert "We have called a worker" not in contact.heard[-1]


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize(
    "steps",
    [
        (
            *("i want to talk to a person", "3", "my son does not eat"),
            *("i want to complain about your worker", "3", "she was rude to me"),
        ),
        (
            *("i want to complain about your worker. and my dad beats me every day", "3"),
            "i want to talk to a person",
        ),
    ],
)
async def test_where_others_were_called_before_nobody_hears_that_supervisors_are_first(town, steps):
    contact = town.contact("en")
    for each in ("/start", "2", *steps):
        await contact.writes(each)
        await town.quiet()

    assert "Our supervisors are told." in contact.heard[-1]
    assert not [text for text in contact.heard if "first." in text and "supervisors" in text]


async def test_where_no_supervisor_can_be_reached_nobody_hears_that_they_are_told(tmp_path):
    async with open_town(tmp_path, LANTERN_HEARTBEAT="off") as town:
        await town.worker("Anna")
        contact = town.contact("en")
        for each in ("/start", "2", "i want to complain about your worker", "3", "she was rude"):
            await contact.writes(each)
            await town.quiet()

        assert "We have called a worker." in contact.heard[-1]
        assert not [text for text in contact.heard if "supervisors are told" in text]


@pytest.mark.usefixtures("staff")
async def test_whoever_told_what_a_worker_did_is_not_asked_what_it_is_about(town):
    contact = town.contact("en")
    for each in (
        *("/start", "2", "i want to complain about one of your social workers"),
        "she shouted at my son on the phone and told my ex husband what I had written here",
        "3",
    ):
        await contact.writes(each)
        await town.quiet()

    assert "Our supervisors are told." in contact.heard[-1]
    assert not [text for text in contact.heard if "What is it about?" in text]


async def test_a_complaint_that_nobody_has_is_left_to_a_supervisor_by_whom_it_is_about(town, staff):
    (worker, _), _ = staff
    contact = town.contact("en")
    for text in ("/start", "2", "i want to complain about your worker"):
        await contact.writes(text)
        await town.quiet()
    path = f"/desk/cases/{(await town.case_of(contact)).line.id}"

    async with signed_in(town, worker) as page:
        assert "do not take it: leave it to a supervisor" in await page(path)


HURT = {"en": "It is not your fault", "zh-hans": "这不是你的错"}
COMPLAINS = {"en": "i want to complain about a worker", "zh-hans": "我要投诉社工"}
SAFE_AND = {"en": ("no", "What is it about?"), "zh-hans": ("没有", "是什么事")}


@at_once(
    ("language", "told", "is_hurt"),
    [
        ("en", "she shouted at me and called me stupid", False),
        ("zh-hans", "她骂我", False),
        ("zh-hans", "那个社工骂我", False),
        ("zh-hans", "我妈妈骂我是废物", True),
        ("en", "he touched me down there", True),
        ("en", "he shouts at me every night when he comes into my bed", True),
        ("en", "my mum calls me worthless every day", True),
    ],
)
async def test_harsh_words_of_a_worker_are_a_complaint_and_no_harm_at_home(
    town, language, told, is_hurt
):
    child = await town.child(language)
    await town.answers(child, (COMPLAINS[language], ""), SAFE_AND[language])

    heard = await to_the_last(town, child, told)

    case = await town.case_of(child)
    assert ((HURT[language] in heard), told in said(case)) == (is_hurt, True)
    assert dict(case.answers)["talk_to_a_person.what_about"] == told


async def test_a_worker_who_threatens_to_kill_is_an_emergency_in_a_complaint(town):
    child = await town.child("zh-hans")
    await town.answers(child, (COMPLAINS["zh-hans"], ""), SAFE_AND["zh-hans"])

    assert "你在哪里" in await to_the_last(town, child, "她说要打死我")
