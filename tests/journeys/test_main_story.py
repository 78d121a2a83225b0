"""A child tells something on Telegram, a worker takes it and answers, the case is closed."""

from fake_telegram import GENEROUS, FakeTelegram
from running import running

from bot.domain.level import Level
from bot.domain.worker import Role


async def test_a_child_tells_and_a_worker_answers(tmp_path):
    async with FakeTelegram(limits=GENEROUS) as fake, running(tmp_path, fake) as run:
        worker_phone = fake.person(id=2001, language_code="en")
        await worker_phone.writes("hello")
        worker = await run.add_worker("Worker 1", telegram=2001)
        child = fake.person(id=1001, language_code="en")

        await child.writes("/start")
        hello = await child.hears("I am a program, not a person")
        assert "110" in hello.text
        await child.taps("I am a child or teenager")
        await child.hears("What would you like to do?")
        await child.taps("Tell what is happening")
        await child.hears("Is anyone in danger right now?")
        await child.taps("No, not right now")
        await child.hears("Who needs help?")
        await child.writes("1")
        await child.hears("in your own words")
        await child.writes("At home it is very loud and I do not like it")
        await child.hears("You can write on")
        await child.writes("That is all")
        await child.hears("When did it happen last?")
        for answer, question in [
            ("today", "Where did it happen?"),
            ("at home", "How old"),
            ("11", "see what you write"),
            ("only me", "Is it safe for us"),
        ]:
            await child.writes(answer)
            await child.hears(question)
        await child.writes("yes")
        done = await child.hears("Your code to come back")
        assert len(done.text.split("from any phone: ")[1].splitlines()[0].split()) == 4

        alert = await worker_phone.hears("Nobody has it yet")
        assert "L-0001" in alert.text
        assert "loud" not in alert.text
        tap = await worker_phone.taps("I have it")
        await worker_phone.notices(tap)
        await child.hears("A social worker is reading")

        [line] = await run.desk.queue(worker)
        assert line.owner == worker.id
        assert line.level is Level.URGENT
        case = await run.desk.read(worker, line.id)
        assert "At home it is very loud and I do not like it" in [e.text for e in case.entries]
        line = await run.desk.answer(
            worker, line.id, "Thank you for writing.", version=line.version
        )
        await child.hears("Thank you for writing.")

        before = len(child.heard)
        number = await child.writes("Are you there?")
        await fake.all_taken()
        assert number
        case = await run.desk.read(worker, line.id)
        assert "Are you there?" in [entry.text for entry in case.entries]
        assert len(child.heard) == before

        supervisor = await run.add_worker("Supervisor", role=Role.SUPERVISOR)
        line = await run.desk.close(
            supervisor, line.id, outcome="helped", reason="talked", version=case.line.version
        )
        await child.hears("The worker has finished this for now")
        assert await run.desk.queue(worker) == ()
