"""Finding and telling guidance, in the transaction of a turn."""

from bot.casework.cases import is_adult
from bot.casework.speech import spoken_to
from bot.directory.hiding import hide_codes
from bot.domain.event import Event
from bot.domain.event import Said as Told
from bot.domain.expression import expression
from bot.domain.gap import Gap, GapKind, day_of
from bot.domain.level import Level
from bot.domain.looking import looks_once
from bot.domain.values import replace
from bot.engine.plain import plain
from bot.engine.reply import Outcome
from bot.engine.walk import Turn, walk
from bot.guidance.find import NOTHING, Found
from bot.guidance.left_short import may_be_left_short
from bot.guidance.masking import masked
from bot.guidance.model import Topic, Voice
from bot.guidance.question import is_question, wants_an_answer
from bot.guidance.render import render
from bot.guidance.writer_age import only_says_age
from bot.intake.grief import say_it_hurts, tells_of_a_pet
from bot.intake.searching import is_kept_open, look_for, look_with_before
from bot.intake.talk import Talk
from bot.triage.signals import glance
from storage import gaps
from storage.outbox import PULLED

TOLD = "rights.told"
"""Where whoever tells something is offered to tell more of it."""

_MOST_OFFERED = 3
_MOST_BESIDE = 2
"""How many topics are offered to whoever told something and asked nothing."""

_NONE_OF_THESE = frozenset(
    {
        *("no", "nope", "none", "none of them", "none of these", "not these", "neither"),
        *("不", "不是", "没有", "没", "都不是", "都没有", "不对"),
    }
)
_WOULD_SAY_ZH = (
    r"(?:我|有(?:一?[件点个些])?事(?:情)?|有(?:些)?话|很|特别|想|要|跟你们?|和你们?|说|讲|一件事(?:情)?|点事"
    r"|问|出来| )+"
)
_DARES_NOT_ZH = (
    r"(?:(?:我|是|觉得|有点|很|太|好|真的|也| )*(?:不敢|不好意思|不知道该不该|不晓得该不该|难以"
    r"|很难|说不出口|难为情|害羞)(?:说|讲|开口|说出来|讲出来|说出口)+"
    r"|(?<=[但可是又])(?:我|是|觉得|有点|很|太|好| )*(?:不敢|不好意思|怕|害怕|丢人"
    r"|难为情|害羞|说不出口))"
)
_LACKS_WORDS = expression(
    r"(?:(?:sorry|um+|well|but|and|so|ok|hi|its hard) )*(?:i )?(?:really |just |still )?"
    r"(?:dont|do not|didnt) (?:really )?know (?:what|how|where) (?:to|i (?:should|can))"
    r" (?:say|start|begin|tell|write|put)(?: (?:it|this|you|here|in|into|words|about|anyone))*"
    r"|(?:sorry |but )?i (?:cant|cannot) (?:say it|find the words|put it in(?:to)? words)"
    r"|(?:我|真的|就是|也|都|可是|但是?|现在|突然|有点)*(?:不(?:知道|晓得)(?:该|要|应该)?"
    r"(?:(?:怎么|咋个?|如何|从(?:哪里?|何|哪儿))(?:开始)?(?:去)?(?:说|讲|写|开口|表达)|(?:说|讲|写)(?:什么|啥|些))"
    r"|开不了口|(?:说|讲)不出口)(?:起|才好|好|什么|啥|出口|出来|了|呢|啊|呀)*"
    rf"|(?:{_WOULD_SAY_ZH}(?:但是?|可是|又|却|就是| )*)?{_DARES_NOT_ZH}"
    r"|(?:i (?:want to|wanna|have to|need to) (?:say|tell)(?: you)? (?:something|this|it)"
    r"|i have something to (?:tell|say)(?: you)?) but i?(?: am|m)? ?"
    r"(?:(?:too |so )?(?:scared|afraid|ashamed|shy|embarrassed)|cant|cannot|dont dare(?: to)?)"
    r"(?: to)?(?: say it| tell(?: you)?)?"
    r"|i (?:dont|do not) dare (?:to )?(?:say it|tell(?: you| it)?)"
)
"""Whoever cannot begin: no question that was not answered, and nothing that is passed on."""

_TOLD_BEFORE = Told(key="always.told_before.say")
_NO_HURRY = Told(key="always.no_hurry.say")
_A_WORKER_READS = Told(key="always.heard_you.say")
_TOLD_ALL = Told(key="always.told_all.say")
_MOST_RELATED = 4
_MOST_REMEMBERED = 20


async def find_guidance(talk: Talk, question: str) -> Outcome:
    """Find the topic that was chosen, or those that answer *question*."""
    topics = talk.house.topics
    if question in topics.by_id:
        talk.topic = question
        chosen = _as_told(talk, question)
        others = tuple(told for told in talk.session.topics_told if told != chosen)
        talk.session = replace(talk.session, topics_told=others)
        await _forget_another_question(talk)
        return Outcome(name="found")
    found = await look_with_before(talk, question)
    if not await is_kept_open(talk, question, found):
        talk.session = replace(talk.session, question=question)
    if found.is_sure and found.best:
        talk.topic = found.best[0]
        return Outcome(name="found")
    if found.best:
        return Outcome(name="several", choices=found.best[:_MOST_OFFERED])
    await collect(talk, question, GapKind.UNANSWERED)
    return Outcome(name="nothing")


async def offer_to_tell(talk: Talk, text: str, *, has_case: bool) -> Turn | None:
    """Offer to tell, or a person, before topics, if *text* is told and none is sure to answer.

    With a case, what fits no topic reaches its worker, and that is said; of a small worry it is
    said here as well.
    """
    plan = talk.release.plan
    lacks_words = _LACKS_WORDS.fullmatch(plain(text)) is not None
    is_asked = is_question(text) and not lacks_words
    if TOLD not in plan.states or text in talk.house.topics.by_id or is_asked:
        return None
    is_heard = lacks_words or tells_of_a_pet(text)
    is_bare = is_heard or says_nothing_to_find(text)
    found = NOTHING if is_bare else await look_with_before(talk, text)
    if found.is_sure or (has_case and not (found.best or is_heard)):
        return None
    if not (found.best or is_bare):
        await collect(talk, text, GapKind.UNANSWERED)
    session = talk.session
    if not await is_kept_open(talk, text, found):
        session = replace(session, question="" if is_bare else text)
    turn = walk(plan, session, TOLD, talk.now, choices=_unleading(talk, found)[:_MOST_BESIDE])
    is_hard = lacks_words and plan.can_say(_NO_HURRY.key)
    first = (*_heard(talk, text, has_case=has_case), *((_NO_HURRY,) if is_hard else ()))
    return replace(turn, events=(*first, *turn.events))


def _heard(talk: Talk, text: str, *, has_case: bool) -> tuple[Event, ...]:
    """Return what is said first to whoever told *text*: of a loss, and that a worker reads it."""
    is_sayable = talk.release.plan.can_say(_A_WORKER_READS.key)
    is_read = has_case and not talk.session.hides_case and is_sayable
    is_worry = is_read and talk.felt is Level.ROUTINE
    return (*say_it_hurts(talk, text), *((_A_WORKER_READS,) if is_worry else ()))


def _unleading(talk: Talk, found: Found) -> tuple[str, ...]:
    """Return of *found* what may be offered to whoever told something: no child is led to a harm.

    我叔叔 alone names no harm; a button that does would put words in its mouth.
    """
    if is_adult(talk.session.answers) or talk.felt is not Level.NONE:
        return found.best
    harms = talk.house.follow.topics_of_harm()
    return tuple(name for name in found.best if name not in harms)


@looks_once
def says_nothing_to_find(text: str) -> bool:
    """Whether *text* answers rather than asks: an age alone, or that it is none of these."""
    return only_says_age(text) or plain(text) in _NONE_OF_THESE


def may_be_told(talk: Talk, text: str, topic: str) -> bool:
    """Whether *topic* may be told to whoever wrote *text*, which tells of harm.

    Whoever asks nothing is told only what is listed for just that harm: the topic that is nearest
    to 我爸赌钱输了就打我们 says that children may not gamble.
    """
    seen = glance(text, talk.house.rules).signals
    listed = talk.house.follow.topics_after(seen, is_adult=is_adult(talk.session.answers))
    return topic in listed or is_question(text)


async def tell_found(talk: Talk, text: str, found: Found, waiting: list[Event]) -> bool:
    """Tell what is sure to answer *text*, which tells of harm; return whether it was told.

    All that is *waiting* is said before it. Whoever asks nothing needs no page of law then.
    """
    if not (found.is_sure and wants_an_answer(text) and may_be_told(talk, text, found.best[0])):
        return False
    await talk.say(waiting)
    waiting.clear()
    talk.topic = found.best[0]
    await tell(talk)
    return True


async def _forget_another_question(talk: Talk) -> None:
    """Keep the last question only if the topic chosen was offered as an answer to it."""
    question = talk.session.question
    if question and talk.topic not in (await look_for(talk, question)).best:
        talk.session = replace(talk.session, question="")


async def tell_topic(talk: Talk, _: str) -> Outcome:
    """Tell the topic that was found, to the child or adult who asks."""
    await tell(talk)
    return Outcome(name="told")


async def tell_answer(talk: Talk, _: str) -> Outcome:
    """Tell the topic that was found; offer those related, and what its author says comes next."""
    topic = await tell(talk)
    related = (name for name in topic.related if name in talk.house.topics.by_id)
    return Outcome(name=topic.next, choices=tuple(related)[:_MOST_RELATED])


async def tell(talk: Talk) -> Topic:
    """Tell the topic of this turn, unless what was said in it says the same.

    What stands further up is not told again in the same words; on a page nothing is sure to stand
    there, because it begins anew when it is opened, or after a while without a word.
    """
    topic = talk.house.topics.by_id[talk.topic]
    if topic.id in talk.covered:
        return topic
    if _as_told(talk, topic.id) in talk.session.topics_told and talk.place.channel != PULLED:
        await talk.say((await _told_before(talk),))
        return topic
    told = (*talk.session.topics_told, _as_told(talk, topic.id))[-_MOST_REMEMBERED:]
    talk.session = replace(talk.session, topics_told=told)
    text = render(topic, voice_of(talk), talk.session.language, talk.house.directory)
    await talk.say_text(text, f"guidance.{topic.id}")
    return topic


async def _told_before(talk: Talk) -> Told:
    """Return what is said where the answer stands further up; it may leave open what they ask."""
    is_short = may_be_left_short(talk.kept) and talk.release.plan.can_say(_TOLD_ALL.key)
    is_open = is_short and not (await look_for(talk, talk.kept)).is_sure
    return _TOLD_ALL if is_open else _TOLD_BEFORE


def _as_told(talk: Talk, topic: str) -> str:
    """Return what is remembered of *topic* once it is told; in another language it is new."""
    return f"{talk.session.language} {topic}"


def voice_of(talk: Talk) -> Voice:
    """Return to whom Lantern speaks here."""
    return spoken_to(talk.session)


async def note_not_asked(talk: Talk, _: str) -> Outcome:
    """Offer what else the last question may have meant, and keep it for those who write."""
    question = talk.session.question
    await collect(talk, question, GapKind.NOT_ASKED)
    found = await look_for(talk, question) if question else NOTHING
    told_at_once = found.best if found.is_sure else ()
    shown = {*talk.session.answers.values(), *told_at_once}
    return Outcome(name="noted", choices=tuple(name for name in found.best if name not in shown))


async def collect(talk: Talk, question: str, kind: GapKind) -> None:
    """Keep *question* for those who write answers, if it can be nobody's in particular.

    Whoever was ever seen to be at risk here, or has a case, asks about that case: nothing of it
    is kept outside of it.
    """
    text = masked(hide_codes(question, talk.house.directory.code_words))
    if not text or _is_at_risk(talk):
        return
    zone = talk.house.directory.organisation.reading_hours.zone
    gap = Gap(
        text=text,
        language=talk.session.language,
        voice=voice_of(talk).value,
        day=day_of(talk.now, zone),
        kind=kind,
    )
    await gaps.keep_gap(talk.tx, gap)


def _is_at_risk(talk: Talk) -> bool:
    has_case = talk.case or talk.session.case or talk.place.case
    is_felt = talk.felt is not Level.NONE or talk.session.level is not Level.NONE
    return bool(has_case or talk.session.risky_at) or is_felt
