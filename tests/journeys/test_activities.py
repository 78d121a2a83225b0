"""Activities: workers publish a class; families see it, sign up, are told, and cancel."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.casework.notices import REMIND, TELL
from bot.desk.activities import ActivityDesk
from bot.domain.activity import Audience, Plan
from bot.domain.errors import ConflictError, RefusedError
from bot.domain.ids import DAY, HOUR, MINUTE, Instant
from storage import audit, timers

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.long]
KAILI = ZoneInfo("Asia/Shanghai")


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def nothing_else(town):
    """Every test begins in the morning, with nothing planned."""
    yield
    desk = desk_of(town)
    for each in await desk.latest():
        if each.is_open(town.run.clock()):
            await desk.cancel(town.watcher, each.id, version=each.version)
    await settled(town)


def desk_of(town):
    return ActivityDesk(town.run.lantern.house)


async def morning(town):
    await go_to(town, 10)


async def go_to(town, hour, minute=0):
    now = datetime.fromtimestamp(town.run.clock() / 1_000_000, KAILI)
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    ahead = then + timedelta(days=then <= now) - now
    town.later(ahead // timedelta(microseconds=1))
    await settled(town)


async def settled(town):
    async def is_settled():
        now = Instant(town.run.clock())
        read = town.run.lantern.house.database.read
        due = await read(lambda tx: timers.due_timers(tx, now=now))
        return not [timer for timer in due if timer.kind in {REMIND, TELL}]

    await town.run.until(is_settled)
    await town.quiet()


async def published(town, title="Drawing together", *, places=5, days=3, hour=14, **more):
    """An activity that begins in so many days, at that hour in Kaili."""
    await morning(town)
    now = datetime.fromtimestamp(town.run.clock() / 1_000_000, KAILI)
    begins = (now + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
    plan = Plan(
        audience=more.get("audience", Audience.EVERYBODY),
        title=title,
        venue="Children's home, Wanchao",
        details="",
        starts_at=Instant(int(begins.timestamp()) * 1_000_000),
        places=places,
    )
    desk = desk_of(town)
    made = await desk.make(town.watcher, plan)
    await desk.publish(town.watcher, made, version=0)
    return await desk.find(made)


async def visitor(town, who="1", language="en"):
    """Somebody who looks at what is coming up."""
    person = town.contact(language)
    menu = "What would you like to do?" if language == "en" else "做什么"
    first = "Who is writing?" if language == "en" else "你是？"
    await town.answers(person, ("/start", first), (who, menu))
    await person.taps("Learn and join in" if language == "en" else "学一学")
    await person.hears("What would you like?" if language == "en" else "想要哪个")
    await person.taps("Activities near you" if language == "en" else "附近的活动")
    return person


async def signs_up(town, people="1", name="Auntie Yang", *, may_write="Yes", says="You have"):
    """Somebody who signs up, and what they hear; those for whom there is no place wait."""
    person = await visitor(town, "parent")
    await person.hears("Which one would you like to look at?")
    await town.answers(
        person,
        ("1", "How many of you would come?"),
        (people, "waiting list?" if "waiting list" in says else "What shall we call you there?"),
    )
    if "waiting list" in says:
        await person.taps("Yes, we wait")
        await person.hears("What shall we call you there?")
    await town.answers(person, (name, "May we write to you here about it"))
    await person.taps(may_write)
    confirmed = await person.hears(says)
    await person.hears("What would you like?")
    return person, confirmed


async def list_of(town, activity):
    return await desk_of(town).sign_ups(town.watcher, activity.id)


async def test_a_family_sees_what_is_coming_up_signs_up_and_is_on_the_list(town):
    activity = await published(town, "Parents' class", audience=Audience.PARENTS)
    person = await visitor(town, "parent")

    shown = await person.hears("Coming up:")
    assert "Parents' class (for parents)" in shown.text
    assert "14:00" in shown.text
    assert "Children's home, Wanchao" in shown.text
    assert "Places left: 5" in shown.text
    await person.taps("Parents' class")
    await person.hears("How many of you would come?")
    await town.answers(
        person,
        ("two of us", "What shall we call you there?"),
        ("Auntie Yang", "Somebody else may see it on this phone."),
    )
    await person.taps("Yes")
    await person.hears("You have signed up, for 2 in all.")

    found = await list_of(town, activity)
    assert [(one.name, one.people) for one in found.coming] == [("Auntie Yang", 2)]
    assert found.activity.left == 3


async def test_nothing_is_planned(town):
    await morning(town)
    person = await visitor(town)

    told = await person.hears("Nothing is planned at the moment.")
    assert "What would you like?" in told.text


async def test_a_class_for_parents_is_not_shown_to_children(town):
    await published(town, "Parents' class", audience=Audience.PARENTS)

    child = await visitor(town)

    await child.hears("Nothing is planned at the moment.")


async def test_no_name_has_to_be_given(town):
    activity = await published(town)

    await signs_up(town, name="skip")

    assert [one.name for one in (await list_of(town, activity)).coming] == [""]


async def test_the_name_is_sealed_and_in_no_log(town, capfd):
    await published(town)

    await signs_up(town, name="Qzx Wuvw")

    folder = town.run.lantern.settings.database.parent
    content = b"".join(path.read_bytes() for path in folder.glob("lantern.sqlite3*"))
    assert b"Qzx Wuvw" not in content
    assert "Qzx" not in "".join(capfd.readouterr())


async def test_they_are_reminded_a_day_before_and_only_by_day(town):
    await published(town, days=3, hour=7)
    person, _ = await signs_up(town)

    await go_to(town, 7, 59)
    await town.hears_nothing(person)
    await go_to(town, 7, 1)  # a day before: still in the silent hours
    await town.hears_nothing(person)
    await go_to(town, 8, 1)

    reminder = await person.hears("Coming up soon:")
    assert "Drawing together" in reminder.text
    await person.taps("I cannot come", on=reminder)
    await person.hears("you are no longer on the list")


async def test_who_does_not_want_to_be_written_to_is_not_reminded(town):
    activity = await published(town, days=2)
    person, _ = await signs_up(town, may_write="No, do not write")

    await go_to(town, 14, 1)
    town.later(DAY)
    await settled(town)

    await town.hears_nothing(person)
    assert [one.may_write for one in (await list_of(town, activity)).coming] == [False]


async def test_who_said_later_that_it_is_not_safe_is_named_as_one_who_is_told_nothing(town):
    activity = await published(town)
    person, _ = await signs_up(town)
    assert not (await list_of(town, activity)).untold

    await town.answers(person, ("menu", "What would you like to do?"))
    await person.taps("Talk to a person")
    case = await town.case_of(person)
    line = await town.run.desk.claim(town.watcher, case.line.id)
    await town.run.desk.note_safety(town.watcher, line.id, "not_ok", version=line.version)

    found = await list_of(town, activity)
    assert found.untold == {found.coming[0].id}


async def test_one_tap_gives_the_place_back_and_the_first_who_waits_moves_up_and_is_told(town):
    activity = await published(town, places=2)
    first, confirmed = await signs_up(town, "2")
    second, _ = await signs_up(town, "2", "Uncle Long", says="You are on the waiting list")
    third, _ = await signs_up(town, "1", "Pan", says="You are on the waiting list")

    await first.taps("I cannot come", on=confirmed)
    await first.hears("you are no longer on the list")

    await second.hears("A place has become free, and it is yours.")
    found = await list_of(town, activity)
    assert [one.name for one in found.coming] == ["Uncle Long"]
    assert [one.name for one in found.waiting] == ["Pan"]
    assert found.activity.left == 0
    await town.hears_nothing(third)
    await first.taps("I cannot come", on=confirmed)
    await settled(town)
    assert len((await list_of(town, activity)).coming) == 1


async def test_who_are_too_many_are_passed_over_but_stay_on_the_list(town):
    activity = await published(town, places=3)
    _, confirmed = first = await signs_up(town, "1")
    await signs_up(town, "2", "Both")
    await signs_up(town, "3", "Three", says="waiting list")
    single, _ = await signs_up(town, "1", "One", says="waiting list")

    await first[0].taps("I cannot come", on=confirmed)
    await single.hears("A place has become free")

    found = await list_of(town, activity)
    assert [one.name for one in found.waiting] == ["Three"]


async def test_more_people_than_places_are_refused_kindly(town):
    await published(town, places=3)
    person = await visitor(town, "parent")
    await person.hears("Which one")

    await town.answers(person, ("1", "How many"), ("8", "There are not so many places."))

    assert "How many of you would come?" in person.chat.screen[-1].text


async def test_they_look_again_and_cancel_in_words(town):
    activity = await published(town)
    person, _ = await signs_up(town)

    await person.taps("Activities near you")
    await person.hears("Which one")
    await town.answers(person, ("Drawing together", "Shall we keep your place?"))
    await person.taps("I cannot come")
    await person.hears("you are no longer on the list")

    assert not (await list_of(town, activity)).coming
    await person.hears("What would you like?")
    await person.taps("Activities near you")
    await person.hears("Which one")
    await town.answers(person, ("1", "How many of you would come?"))


async def test_when_it_is_cancelled_everybody_is_told(town):
    activity = await published(town, places=1)
    coming, _ = await signs_up(town)
    waiting, _ = await signs_up(town, says="waiting list")

    await desk_of(town).cancel(town.watcher, activity.id, version=activity.version)

    await coming.hears("this does not take place")
    await waiting.hears("this does not take place")
    with pytest.raises(ConflictError):
        await desk_of(town).cancel(town.watcher, activity.id, version=activity.version)


async def test_what_is_cancelled_at_night_is_told_in_the_morning(town):
    activity = await published(town, days=3)
    person, _ = await signs_up(town)

    await go_to(town, 23)
    await desk_of(town).cancel(town.watcher, activity.id, version=activity.version)
    await settled(town)
    await town.hears_nothing(person)
    await go_to(town, 8, 1)

    await person.hears("this does not take place")


async def test_what_begins_before_the_morning_is_told_at_once(town):
    activity = await published(town, days=1, hour=7)
    person, _ = await signs_up(town)

    await go_to(town, 23)
    await desk_of(town).cancel(town.watcher, activity.id, version=activity.version)

    await person.hears("this does not take place")


async def test_another_time_is_told_and_the_reminder_moves_along(town):
    activity = await published(town, days=3)
    person, _ = await signs_up(town)
    later = Plan(
        audience=activity.plan.audience,
        title=activity.plan.title,
        venue=activity.plan.venue,
        details="",
        starts_at=Instant(activity.plan.starts_at + 2 * DAY),
        places=activity.plan.places,
    )

    await desk_of(town).change(town.watcher, activity.id, later, version=activity.version)
    await person.hears("Something has changed.")
    town.later(2 * DAY + 5 * HOUR)
    await settled(town)
    await town.hears_nothing(person)
    town.later(2 * DAY)
    await settled(town)

    await person.hears("Coming up soon:")


async def test_more_places_move_those_up_who_wait_and_fewer_than_taken_are_refused(town):
    activity = await published(town, places=1)
    await signs_up(town)
    waiting, _ = await signs_up(town, says="waiting list")
    plan = activity.plan

    def with_places(places):
        return Plan(
            audience=plan.audience,
            title=plan.title,
            venue=plan.venue,
            details="",
            starts_at=plan.starts_at,
            places=places,
        )

    desk = desk_of(town)
    await desk.change(town.watcher, activity.id, with_places(2), version=activity.version)
    await waiting.hears("A place has become free")
    found = await desk.find(activity.id)
    with pytest.raises(RefusedError):
        await desk.change(town.watcher, activity.id, with_places(1), version=found.version)


async def test_what_is_over_can_no_longer_be_joined(town):
    activity = await published(town, days=1)
    person = await visitor(town, "parent")
    await person.hears("Which one")
    town.later(activity.plan.starts_at - town.run.clock() + MINUTE)

    await person.writes("1")

    await person.hears("This one is over, or does not take place.")


async def test_whoever_erases_everything_is_off_the_list_and_the_next_moves_up(town):
    activity = await published(town, places=1)
    first, _ = await signs_up(town)
    second, _ = await signs_up(town, "1", "Pan", says="waiting list")

    await town.answers(first, ("erase", "Shall we erase"), ("yes, erase it", "It is erased."))

    await second.hears("A place has become free")
    found = await list_of(town, activity)
    assert [one.name for one in found.coming] == ["Pan"]


async def test_a_name_that_tells_of_harm_is_heard(town):
    await published(town)
    person = await visitor(town, "1")
    await person.hears("Which one")

    await town.answers(person, ("1", "How many"), ("1", "call you"))
    await person.writes("my uncle beats me")

    await person.hears("Thank you for telling us.")
    await person.hears("in danger right now?")


async def test_it_is_told_in_chinese(town):
    activity = await published(town, "一起画画")
    person = await visitor(town, "1", "zh-hans")

    shown = await person.hears("接下来有")
    assert "还有5个名额" in shown.text
    await town.answers(
        person, ("1", "一共来几个人"), ("两个", "怎么称呼"), ("小杨", "能在这里发消息吗")
    )
    await person.taps("可以")
    await person.hears("报好名了，一共2人。")

    assert [one.people for one in (await list_of(town, activity)).coming] == [2]


async def test_everything_is_in_the_audit_without_a_name(town):
    activity = await published(town)
    await signs_up(town)
    await list_of(town, activity)

    lines = await town.run.lantern.house.database.read(lambda tx: audit.lines_of(tx, activity.id))

    assert [line["action"] for line in lines] == [
        "activity_made",
        "activity_published",
        "signed_up",
        "sign_ups_read",
    ]
    assert "Yang" not in "".join(line["detail"] for line in lines)


async def test_nobody_can_have_come_before_it_begins(town):
    activity = await published(town)
    await signs_up(town, "2")
    [first] = (await list_of(town, activity)).coming

    with pytest.raises(RefusedError) as refused:
        await desk_of(town).note_came(town.watcher, activity.id, {first.id: 2}, 3)

    assert refused.value.missing == "came"
    assert (await list_of(town, activity)).came == 0


async def test_attendance_is_counted_and_nobody_is_in_the_counts(town):
    activity = await published(town)
    await signs_up(town, "2")
    await signs_up(town, "1", "Pan")
    desk = desk_of(town)
    before = await desk.counts()
    [first, _] = (await list_of(town, activity)).coming
    town.later(3 * DAY + 5 * HOUR)

    await desk.note_came(town.watcher, activity.id, {first.id: 2}, 3)

    after = await desk.counts()
    assert (await list_of(town, activity)).came == 5
    assert after.activities.attended - before.activities.attended == 5


@pytest.mark.parametrize(
    ("language", "who", "which", "asked", "wait", "list_says"),
    [
        ("en", "parent", "Which one", "on the waiting list?", "Yes, we wait", "You are on the"),
        ("zh-hans", "家长", "哪一个", "要先排队等吗", "要，我们等", "在排队等名额，一共2人"),
    ],
)
async def test_two_who_want_the_last_place_are_asked_whether_they_wait(  # noqa: PLR0917
    town, language, who, which, asked, wait, list_says
):
    activity = await published(town, places=2)
    await signs_up(town)
    person = await visitor(town, who, language)
    await person.hears(which)
    await person.writes("1")
    await town.quiet()
    assert person.chat.screen[-1].labels[:3] == ["1", "2", "3"]

    await person.taps("2")
    await person.hears(asked)
    await person.taps(wait)
    await town.quiet()
    await town.answers(person, ("skip" if language == "en" else "跳过", ""))
    await person.writes("1")
    await town.quiet()

    heard = len(person.heard)
    await person.taps("Activities near you" if language == "en" else "附近的活动")
    await person.hears(which)
    assert list_says in "".join(person.heard[heard:])
    assert [one.people for one in (await list_of(town, activity)).waiting] == [2]


async def test_whoever_has_the_last_place_is_not_told_that_all_are_taken(town):
    await published(town, places=1)
    person, _ = await signs_up(town)

    await person.taps("Activities near you")
    shown = await person.hears("Coming up:")
    told = await town.answers(person, ("1", "Shall we keep your place?"))

    assert "You have signed up, for 1 in all" in shown.text
    assert "All places are taken" not in shown.text + told
    assert "You have signed up, for 1 in all" in told


async def test_an_old_button_after_signing_up_anew_says_how_they_stand_with_the_button_that_counts(
    town,
):
    activity = await published(town)
    person, old = await signs_up(town)
    await person.taps("I cannot come", on=old)
    await person.hears("no longer on the list")
    await town.answers(person, ("menu", "What would you like to do?"))
    await person.taps("Learn and join in")
    await person.hears("What would you like?")
    await person.taps("Activities near you")
    await person.hears("Which one")
    await town.answers(person, ("1", "How many"), ("2", "call you"), ("Auntie", "May we write"))
    await person.taps("Yes")
    await person.hears("You have signed up, for 2 in all")
    await person.hears("What would you like?")

    await person.taps("I cannot come", on=old)
    now = await person.hears("You have signed up, for 2 in all")
    await person.taps("I cannot come", on=now)
    await person.hears("no longer on the list")

    assert not (await list_of(town, activity)).coming


async def test_a_photo_is_kept_and_is_nobody_s_name(town):
    activity = await published(town)
    person = await visitor(town, "parent")
    await person.hears("Which one")
    await town.answers(person, ("1", "How many"), ("1", "call you"))

    await person.sends_photo(b"a picture")

    asked = await person.hears("call you there?")
    assert "we have kept this" in asked.text
    await town.answers(person, ("Auntie", "May we write"))
    await person.taps("Yes")
    await person.hears("You have signed up")
    assert [each.name for each in (await list_of(town, activity)).coming] == ["Auntie"]


async def test_what_was_answered_before_not_now_signs_nobody_up_and_breaks_nothing(town):
    activity = await published(town)
    person = await visitor(town, "parent")
    await person.hears("Which one")
    await town.answers(
        person, ("1", "How many"), ("2", "call you"), ("Auntie", "May we write"), ("menu", "What")
    )
    await person.taps("Learn and join in")
    await person.hears("What would you like?")
    await person.taps("Activities near you")
    await person.hears("Which one")
    await town.answers(person, ("1", "How many"), ("Not now", "Which one"))

    await person.writes("change")
    offered = (await person.hears("Which answer would you like to change?")).labels

    assert not [label for label in offered if "call you" in label or "How many" in label]
    await town.answers(person, ("back", "Which one"), ("1", "How many"), ("1", "call you"))
    await town.answers(person, ("Auntie", "May we write"), ("Yes", "You have signed up, for 1"))
    assert [each.people for each in (await list_of(town, activity)).coming] == [1]
