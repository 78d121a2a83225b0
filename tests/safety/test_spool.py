"""While the database is away, what comes in is kept, people are told, and all of it is taken in."""

import asyncio
import json
import random
import re
import resource

import pytest
from away import (
    all_taken_in,
    full,
    is_impatient,
    learned,
    locked,
    locked_file,
    rows,
    said_in,
    spool_of,
    status_of,
)
from fake_telegram import GENEROUS, WITHIN, FakeTelegram
from fake_telegram.refusal import too_many
from process import SEEDS, Machine, kept_of
from running import prepare, running, settings_in

from bot.config import spool_folder
from bot.doctor.spool import check_spool
from bot.domain.ids import HOUR, MINUTE
from bot.domain.update import Kind, Update
from bot.domain.worker import Role
from storage import inbox
from storage.sealing import read_keys
from storage.spool import Spool, count_kept

pytestmark = pytest.mark.long
CANARY = "canary-7351"
AWAY = "Something on our side is not working"
DANGER = "This sounds dangerous"
TROUBLE = "my father beats me every day"
EMERGENCY = "he is going to kill me now"


@pytest.fixture
async def run(tmp_path, fake):
    async with running(tmp_path, fake) as run:
        await is_impatient(run)
        yield run


async def test_what_is_written_while_nothing_can_be_stored_is_kept_and_acknowledged(run, fake):
    child = fake.person(id=1001, language_code="en")
    async with locked(run):
        await child.writes(TROUBLE)
        told = await child.hears(AWAY)
        assert "110" in told.text
        assert "12356" in told.text
        await fake.all_taken()
        assert await rows(run, "SELECT count(*) FROM inbox") == [(0,)]
        assert count_kept(spool_of(run)) == (1, 0)
        kept = b"".join(file.read_bytes() for file in spool_of(run).iterdir())
        assert b"father" not in kept
        assert b"1001" not in kept
    await child.hears("It is not your fault")
    await all_taken_in(run)
    assert count_kept(spool_of(run)) == (0, 0)
    assert await rows(run, "SELECT count(*) FROM inbox") == [(1,)]


def update_of(number, text=TROUBLE):
    return Update(
        id=f"1001:{number}",
        channel="telegram",
        address="1001",
        sender="1001",
        kind=Kind.TEXT,
        at=number,
        text=text,
    )


async def test_only_what_is_not_committed_yet_goes_to_the_spool(run):
    mailroom = run.lantern.mailroom
    mailroom.longest_transaction = 0.0  # each takes in one
    async with full(run, but_for=30):
        await asyncio.gather(
            *map(mailroom.take, (update_of(1, "hello"), update_of(2, "far " * 40_000)))
        )
        assert mailroom.kept == 1
        assert await rows(run, "SELECT count(*) FROM inbox") == [(1,)]
    await all_taken_in(run)
    assert await rows(run, "SELECT count(*) FROM inbox") == [(2,)]


async def test_they_hear_it_in_their_own_language_and_once_in_a_while(run, fake):
    child, other = (fake.person(id=number, language_code="zh-hans") for number in (1001, 1002))
    await other.writes("English")
    await other.hears("Who is writing?")
    async with locked(run):
        await child.writes("在吗")
        await child.hears("我们这边现在出了故障")
        await child.writes("有人吗")
        await other.writes("are you there")
        await other.hears(AWAY)
        await fake.all_taken()
        run.clock.advance(HOUR + MINUTE)
        await child.writes("还在吗")
        await fake.all_taken()
        await child.hears("我们这边现在出了故障")
    await all_taken_in(run)
    assert len([told for told in child.heard if "故障" in told]) == 2


async def test_an_emergency_hears_the_emergency_words_and_opens_its_case_when_it_can(run, fake):
    phone = fake.person(id=2001)
    await phone.writes("hello")
    await fake.all_taken()
    worker = await run.add_worker("Worker 1", telegram=2001)
    await learned(run)
    child = fake.person(id=1001, language_code="en")
    async with locked(run):
        await child.writes("hello")
        await child.hears(AWAY)
        await child.writes(EMERGENCY)
        heard = await child.hears(DANGER)
        assert "110" in heard.text
        await phone.hears("The database cannot be written")
        await phone.hears("sounds like an emergency")
        assert not any("kill" in told for told in phone.heard)
        run.clock.advance(30 * MINUTE)
    await phone.hears("The database is back")
    await phone.chat.sees("L-0001")  # it may have come first
    [line] = await run.desk.queue(worker)
    [hello, emergency] = await said_in(run, worker, line.id)
    assert [hello.text, emergency.text] == ["hello", EMERGENCY]
    assert line.level.word == "emergency"
    now = run.clock()
    assert now - emergency.at > 29 * MINUTE
    assert hello.at <= emergency.at


async def test_a_group_of_staff_and_staff_hear_of_it_as_staff_and_not_as_contacts(run, fake):
    phone = fake.person(id=2001, language_code="en")
    group = fake.group(id=-500)
    await phone.writes("hello")
    await fake.all_taken()
    await run.add_worker("Worker 1", telegram=2001)
    await learned(run)
    async with locked(run):
        stranger = fake.person(id=1001, language_code="en")
        await stranger.writes("hello")
        await stranger.hears(AWAY)
        await phone.hears("The database cannot be written")
        await phone.writes("what is the matter")
        await stranger.writes("a word", group=group)
        await fake.all_taken()
        later = fake.person(id=1002, language_code="en")
        await later.writes("hello")
        await later.hears(AWAY)
        assert not any(AWAY in told for told in (*phone.heard, *group.heard))
    await all_taken_in(run)


async def test_a_tap_of_staff_counts_when_the_database_is_back_and_they_hear_so(run, fake):
    phone = fake.person(id=2001)
    await phone.writes("hello")
    worker = await run.add_worker("Worker 1", telegram=2001)
    child = fake.person(id=1001, language_code="en")
    await child.writes(TROUBLE)
    await phone.hears("Nobody has it yet")
    await fake.all_taken()
    await learned(run)
    async with locked(run):
        tap = await phone.taps("I have it")
        assert "Not yet" in await phone.notices(tap)
    await child.hears("A social worker is reading")
    [line] = await run.desk.queue(worker)
    assert line.owner == worker.id


async def test_everything_of_one_contact_is_taken_in_in_the_order_it_was_written(run, fake):
    worker = await run.add_worker("Worker 1", role=Role.SUPERVISOR)
    child = fake.person(id=1001, language_code="en")
    said = [TROUBLE, *(f"number {number}" for number in range(60))]
    await child.writes(said[0])
    await fake.all_taken()
    async with locked(run):
        for words in said[1:50]:
            await child.writes(words)
        await fake.all_taken()
    for words in said[50:]:
        await child.writes(words)
    await fake.all_taken()
    await all_taken_in(run)
    [line] = await run.desk.queue(worker)
    assert [entry.text for entry in await said_in(run, worker, line.id)] == said


async def test_a_full_disk_is_no_end(run, fake):
    worker = await run.add_worker("Worker 1", role=Role.SUPERVISOR)
    child = fake.person(id=1001, language_code="en")
    said = [TROUBLE, *(f"{number} " + "long " * 500 for number in range(8))]
    async with full(run):
        for words in said:
            await child.writes(words)
        await child.hears(AWAY)
        await fake.all_taken()
        assert (await status_of(run, "/readyz"))[0] == 503
    await all_taken_in(run)
    [line] = await run.desk.queue(worker)
    heard = [entry.text.strip() for entry in await said_in(run, worker, line.id)]
    assert heard == [words.strip() for words in said]
    assert await rows(run, "SELECT count(*) FROM inbox") == [(len(said),)]


async def test_health_and_metrics_tell_that_it_spools(run, fake):
    child = fake.person(id=1001, language_code="en")
    async with locked(run):
        await child.writes(TROUBLE)
        await child.hears(AWAY)
        status, body = await status_of(run, "/readyz")
        assert (status, json.loads(body)["status"]) == (503, "spooling")
        assert json.loads(body)["waiting"] >= 1
        metrics = (await status_of(run, "/metrics"))[1]
        assert "lantern_database_away 1.0" in metrics
        assert 'lantern_updates_spooled_total{channel="telegram"} 1.0' in metrics
        assert (await status_of(run, "/healthz"))[0] == 200
    await all_taken_in(run)
    assert (await status_of(run, "/readyz"))[0] == 200
    metrics = (await status_of(run, "/metrics"))[1]
    assert "lantern_database_away 0.0" in metrics
    assert "lantern_spool_waiting 0.0" in metrics


async def test_what_cannot_be_read_is_kept_as_well_and_lies_aside_once(run, fake):
    async with locked(run):
        fake.delivers({"message": {"canary": "7351"}})
        await fake.all_taken()
    await all_taken_in(run)
    assert await run.lantern.house.database.read(inbox.count_set_aside) == 1


async def test_somebody_who_leaves_hears_nothing_and_what_can_be_removed_is_removed(run, fake):
    child, other = (fake.person(id=number, language_code="en") for number in (1001, 1002))
    await other.writes("/start")
    welcome = await other.hears("I am a program")
    async with locked(run):
        written = await child.writes("hello")
        told = await child.hears(AWAY)
        leaving = await child.writes("leave")
        await child.loses(written, told.id, leaving)
        await other.writes("leave")
        await fake.all_taken()
        later = fake.person(id=1003, language_code="en")
        await later.writes("hello")
        await later.hears(AWAY)
        assert not any(AWAY in words for words in other.heard)
    await other.loses(welcome.id)
    await other.hears("Bye")
    await all_taken_in(run)


async def hears_after_a_second_try(fake, number):
    """Let somebody hear what came only the second time; others had their second try by then."""
    other = fake.person(id=number, language_code="en")
    fake.mischief.refuse("sendMessage", too_many(1))
    await other.writes("hello")
    await other.hears(AWAY)


async def test_whoever_left_before_the_words_could_be_sent_never_gets_them(run, fake):
    child = fake.person(id=1001, language_code="en")
    async with locked(run):
        fake.mischief.refuse("sendMessage", too_many(1))
        written = await child.writes(EMERGENCY)
        await fake.journal.wait_for("sendMessage", code=429)
        leaving = await child.writes("leave")
        await child.loses(written, leaving)
        await hears_after_a_second_try(fake, 1002)
        assert not [message for message in child.chat.messages.values() if message.is_from_bot]
        assert not child.chat.screen
    await all_taken_in(run)


async def test_words_that_arrive_just_after_somebody_left_are_removed(run, fake):
    child = fake.person(id=1001, language_code="en")
    async with locked(run):
        gate = fake.mischief.hold("sendMessage")
        written = await child.writes(EMERGENCY)
        await gate.reached()
        leaving = await child.writes("leave")
        await child.loses(written, leaving)
        gate.open()
        told = await child.hears(DANGER)
        await child.loses(told.id)
        assert not child.chat.screen
    await all_taken_in(run)


async def test_whoever_left_and_writes_again_is_told_again(run, fake):
    child = fake.person(id=1001, language_code="en")
    async with locked(run):
        await child.writes("hello")
        told = await child.hears(AWAY)
        await child.writes("leave")
        await child.loses(told.id)
        await child.writes("are you there")
        await child.hears(AWAY)
    await all_taken_in(run)


async def test_the_safe_word_and_what_was_told_before_it_go_when_they_leave(run, fake):
    child = fake.person(id=1001, language_code="en")
    async with locked(run):
        written = await child.writes("hello")
        told = await child.hears(AWAY)
        word = await child.writes("the lamp is on")
        noted = await child.hears("All right, I have noted it.")
        leaving = await child.writes("leave")
        await child.loses(written, told.id, word, noted.id, leaving)
        assert not child.chat.screen
    await all_taken_in(run)


async def test_what_was_said_directly_is_removed_when_they_leave_later(run, fake):
    child = fake.person(id=1001, language_code="en")
    async with locked(run):
        await child.writes("hello")
        told = await child.hears(AWAY)
    await child.hears("I am a program")
    await all_taken_in(run)
    await child.writes("leave")
    await child.loses(told.id)


async def test_erasing_is_not_forgotten(run, fake):
    child = fake.person(id=1001, language_code="en")
    await child.writes("/start")
    await child.hears("I am a program")
    await child.writes("erase")
    await child.hears("Shall we erase")
    async with locked(run):
        await child.taps("Yes, erase it")
        await child.hears(AWAY)
    await child.hears("It is erased")
    await all_taken_in(run)
    assert await rows(run, "SELECT count(*) FROM sessions WHERE sealed_body IS NOT NULL") in (
        [(0,)],
        [(1,)],
    )


async def test_what_another_version_has_kept_and_nobody_can_read_lies_aside(tmp_path, fake):
    settings = settings_in(tmp_path, fake)
    prepare(settings)
    spool = Spool(spool_folder(settings), read_keys(settings.key_file))
    spool.append([b'{"what": "is this"}', b"nothing at all"])
    spool.close()
    async with running(tmp_path, fake) as run:
        await all_taken_in(run)
        assert await run.lantern.house.database.read(inbox.count_set_aside) == 2
        child = fake.person(id=1001, language_code="en")
        await child.writes("/start")
        await child.hears("I am a program")


async def test_the_doctor_tells_what_waits_and_what_is_torn_and_changes_nothing(tmp_path):
    settings = settings_in(tmp_path)
    prepare(settings)
    folder = spool_folder(settings)
    [check] = await check_spool(settings)
    assert check.is_well
    assert not folder.exists()
    spool = Spool(folder, read_keys(settings.key_file))
    spool.append([b"something"])
    [check] = await check_spool(settings)
    assert "not taken in yet" in check.says
    spool.drop(1, failed={0})
    [check] = await check_spool(settings)
    assert "torn" in check.says
    spool.close()
    nowhere = settings.model_copy(update={"spool": settings.key_file / "spool"})
    [check] = await check_spool(nowhere)
    assert "LANTERN_SPOOL" in check.advice


def kept_in(folder):
    return sum(file.read_bytes().count(b"lantern") for file in folder.glob("*.spool"))


@pytest.mark.parametrize("seed", SEEDS)
async def test_killed_while_it_spools_and_while_it_replays_it_loses_and_doubles_nothing(
    tmp_path, seed
):
    chance = random.Random(seed)  # noqa: S311 - it only chooses when to kill
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake)
        people = [fake.person(id=number, language_code="en") for number in range(3001, 3004)]
        process = await machine.start()
        said = [TROUBLE, *(f"{CANARY} {number}" for number in range(7))]
        async with locked_file(machine.settings.database):
            for words in said[:4]:
                for person in people:
                    await person.writes(words)
            await people[0].hears(AWAY)
            await fake.all_taken()
            spool = machine.settings.database.with_suffix(".spool")
            assert kept_in(spool) == 1
            for words in said[4:]:
                for person in people:
                    await person.writes(words)
            await process.works_for(chance.random() * 0.05)
            await process.kill()
        for _ in range(2):
            process = await machine.start()
            await process.works_for(chance.random() * 0.1)
            await process.kill()
        process = await machine.start()
        await machine.everything_is_sent(process)
        async with asyncio.timeout(WITHIN):
            while count_kept(spool) != (0, 0):
                await process.works_for(0.02)
        assert await process.stop() == 0

        for person in people:
            assert await kept_of(machine, person) == said
        assert machine.rows("SELECT count(*) FROM cases") == [(len(people),)]
        assert machine.rows("SELECT count(*) FROM inbox") == [(len(people) * len(said),)]
        assert count_kept(spool) == (0, 0)
        log = process.log.read_text()
        for action in ("database_away", "updates_spooled"):
            assert f'"{action}"' in log
        for word in ("canary", "father", r"(?<!\d)3001(?!\d)", r"(?<!\d)3003(?!\d)"):
            assert not re.search(word, log)


async def test_a_replay_that_was_committed_and_not_removed_is_repeated_without_harm(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake)
        child = fake.person(id=1001, language_code="en")
        spool, before = machine.settings.database.with_suffix(".spool"), {}
        process = await machine.start()
        async with locked_file(machine.settings.database):
            await child.writes(TROUBLE)
            fake.delivers({"message": {"canary": "7351"}})
            await child.hears(AWAY)
            await child.writes("it hurts")
            await fake.all_taken()
            before = {file: file.read_bytes() for file in spool.glob("*.spool")}
        await child.hears("It is not your fault")
        await machine.everything_is_sent(process)
        assert await process.stop() == 0
        assert count_kept(spool) == (0, 0)
        everything = (
            "SELECT (SELECT count(*) FROM entries WHERE kind = 'said'), count(*) FROM set_aside"
        )
        [(entries_before, aside_before)] = machine.rows(everything)

        for file, content in before.items():
            file.write_bytes(content)
        process = await machine.start()
        await machine.everything_is_sent(process)
        await child.writes("still here")
        await machine.everything_is_sent(process)
        assert await process.stop() == 0
        assert count_kept(spool) == (0, 0)
        [(entries, aside)] = machine.rows(everything)
        assert (entries, aside) == (entries_before + 1, aside_before)
        assert aside == 1


async def test_if_the_spool_cannot_be_written_either_nothing_is_acknowledged(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake)
        child = fake.person(id=1001, language_code="en")
        process = await machine.start()
        whole = resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, (1, whole[1]))
        await child.writes(TROUBLE)
        await process.works_for(7)
        assert fake.world.updates.waiting
        assert child.heard == []
        resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, whole)
        await child.hears("It is not your fault")
        await machine.everything_is_sent(process)
        assert await process.stop() == 0
        assert machine.rows("SELECT count(*) FROM inbox") == [(1,)]


async def test_a_start_while_the_database_is_away_says_so_and_is_tried_again(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake:
        machine = Machine(tmp_path, fake)
        async with locked_file(machine.settings.database):
            code, told = await machine.fails_to_start()
        assert code == 1
        assert "cannot be written now" in told
