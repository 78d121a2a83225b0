"""What Lantern says outside the flows: to staff, and of where a case stands."""

from typing import NamedTuple


class Phrase(NamedTuple):
    """A text for translators: its context, and its English."""

    context: str
    text: str


def pgettext(context: str, text: str) -> Phrase:
    """Mark *text* for translation; the catalogs find it by this name."""
    return Phrase(context, text)


ALERT = pgettext(
    "staff alert", "{mark} {level}: {code}, {queue}. Waiting for {wait}. Nobody has it yet."
)
ALERT_OF_ITS_QUEUE = pgettext(
    "staff alert", "{mark} {level}: {code}. Waiting for {wait}. Nobody has it yet."
)
RAISED = pgettext("staff alert", "{mark} {level}: {code} has become more pressing. {owner} has it.")
NEWS = pgettext("staff alert", "{mark} {level}: There is something new in {code}.")
TAKEN = pgettext("staff alert", "{owner} has {code} now.")
A_MOMENT = pgettext("how long a case waits", "less than a minute")
UNREAD_NEWS = pgettext(
    "staff alert",
    "{mark} {level}: {owner} has {code}, but something new in it has not been read yet.",
)
NOT_OPENED = pgettext(
    "staff alert", "{mark} {level}: {owner} has {code}, but has not opened it yet."
)
NOT_LOOKED_AT = pgettext(
    "staff alert", "{mark} {level}: {owner} has {code}, but has not looked at what is new in it."
)
NOT_ANSWERED = pgettext(
    "staff alert",
    "{mark} {level}: {owner} has {code}. The time for an answer is over, and none was written.",
)
NOT_DECIDED = pgettext(
    "staff alert",
    "{mark} {level}: {owner} has {code}. It is time to decide what follows, or to look at it "
    "again, and to note that at the desk.",
)
NO_REPORT = pgettext(
    "staff alert, to supervisors only",
    "{mark} {level}: {owner} has noted for {code} that no report is needed. Please look at it.",
)
COMPLAINT = pgettext(
    "staff alert, to supervisors only",
    "In {code} somebody complains about us or one of our workers. Supervisors are told this first; "
    "at the desk everybody can see it. Please look at it yourself.",
)
COMPLAINT_OF_OWNER = pgettext(
    "staff alert, to supervisors only",
    "In {code}, which {owner} has, somebody complains about us or one of our workers. Only "
    "supervisors are told this, and only they see it marked at the desk; what was written stands "
    "in the case. Please look at it yourself.",
)
OFF_DUTY_NOTED = pgettext(
    "staff alert",
    "{name} has noted that you are off duty until {time}. If you are on duty, say so at the desk.",
)
ON_DUTY_NOTED = pgettext("staff alert", "{name} has noted that you are on duty again.")
HANDED = pgettext("staff alert", "{mark} {level}: {code} has been handed over to you.")
CLOSED_COMPLAINT = pgettext(
    "staff alert, to supervisors only",
    "{owner} has closed {code}, in which somebody complains about us or one of our workers. "
    "Please look at it yourself.",
)
CLOSED = pgettext("staff alert", "A supervisor has closed {code}, which you had.")
DEAD_ADDRESS = pgettext(
    "staff alert", "A message in {code} could not be delivered. Please look at the case."
)
SET_ASIDE = pgettext(
    "staff alert",
    "Something that came in could not be read by the program and was set aside. "
    "Please tell whoever runs Lantern.",
)
DATABASE_AWAY = pgettext(
    "staff alert",
    "The database cannot be written. What families write is being kept, but nobody can read it "
    "yet, and they are told so. Please tell whoever runs Lantern now.",
)
EMERGENCY_WHILE_AWAY = pgettext(
    "staff alert",
    "Somebody has written something that sounds like an emergency, and it cannot be read before "
    "the database is back. Please call whoever runs Lantern now.",
)
DATABASE_BACK = pgettext(
    "staff alert", "The database is back. What families wrote meanwhile is being taken in now."
)
TAP_WHILE_AWAY = pgettext(
    "answer to a worker's tap",
    "Not yet: the database is away. Your tap is kept and counts when it is back.",
)
MANY_CODES = pgettext(
    "staff alert",
    "Somebody is trying many return codes that do not exist. Please tell whoever runs Lantern.",
)
ALARM_TEST = pgettext(
    "staff alert",
    "Test of the alarm: nobody is in danger. Press the button so that we know it reaches you.",
)
ALARM_BROKEN = pgettext(
    "staff alert, why an alert reaches nobody stands before it",
    "{why} Pressing cases without a worker: {count}. Please open the desk now and keep its "
    "sound on: {address}",
)
ALARM_BROKEN_WHY = {
    "nobody": pgettext(
        "staff alert", "Lantern: there is nobody whom an alert could reach, since {time}."
    ),
    "not_taken": pgettext("staff alert", "Lantern: alerts reach nobody since {time}."),
    "not_answered": pgettext(
        "staff alert",
        "Lantern: nobody has answered a test of the alarm; this was noticed at {time}.",
    ),
}
ALARM_MENDED = pgettext(
    "staff alert",
    "Lantern: alerts reach people again. They did not from {since} to {until}. "
    "Please look at the desk: {address}",
)
ALARM_MISSED = pgettext(
    "staff alert", "The test of the alarm did not reach: {names}. Please see to their phones."
)
DEAD_GROUP = pgettext(
    "staff alert",
    "Alerts do not reach a group any more: Lantern was taken out of it, or it was closed. "
    "Please have a group linked again.",
)
ALARM_SILENT = pgettext(
    "staff alert",
    "No test of the alarm was answered for days by: {names}. Please ask whether it reaches them.",
)
IT_REACHES_ME = pgettext("staff button, at most 20 characters", "It reaches me")
THANK_YOU = pgettext("answer to a worker's tap", "Thank you. The alarm reaches you.")
I_HAVE_IT = pgettext("staff button, at most 20 characters", "I have it")
OPEN = pgettext("staff button, at most 20 characters", "Open")
YOU_HAVE_IT = pgettext("answer to a worker's tap", "You have {code}.")
YOU_HAVE_IT_OFF_DUTY = pgettext(
    "answer to a worker's tap, at most 200 characters",
    "You have {code}, though you are off duty. The alerts to colleagues have stopped. If you "
    "cannot see to it now, hand it over at the desk or give it back.",
)
HAS_IT = pgettext("answer to a worker's tap", "{owner} has {code} already.")
HAD_IT = pgettext(
    "answer to a worker's tap",
    "{code} waits for a colleague who has not had it yet, or for a supervisor.",
)
OPEN_AT = pgettext("answer to a worker's tap", "Open {code} at the desk: {address}")
NOT_LINKED = pgettext(
    "answer to a worker's tap", "This account is not linked. Ask a supervisor for a link."
)
IS_CLOSED = pgettext("answer to a worker's tap", "{code} is closed.")
LINKED = pgettext("answer to a worker", "You are linked, {name}. Alerts will reach you here.")
GROUP_LINKED = pgettext("answer to a worker", "Alerts will reach this group.")
BAD_LINK = pgettext("answer to a worker", "This link is used up or too old. Ask for a new one.")
STAFF_CHAT = pgettext(
    "answer to a worker",
    "This chat is for alerts. Sign in at the desk (works once, for one day): {address}",
)

LEVELS = {
    "emergency": pgettext("level", "Emergency"),
    "urgent": pgettext("level", "Urgent"),
    "routine": pgettext("level", "Routine"),
    "none": pgettext("level", "None"),
}
MARKS = {
    "emergency": "\N{OCTAGONAL SIGN}",
    "urgent": "\N{WARNING SIGN}",
    "routine": "\N{WHITE CIRCLE}",
}

STATUSES = {
    "new": pgettext("where a report stands", "Your report is here. A worker will read it."),
    "alerted": pgettext(
        "where a report stands", "Your report is here. A worker has been called to read it."
    ),
    "claimed": pgettext(
        "where a report stands", "A worker has your report and is looking into it."
    ),
    "waiting": pgettext(
        "where a report stands", "A worker has your report and is waiting for an answer."
    ),
    "referred": pgettext(
        "where a report stands", "A worker has passed your report on to people who can help."
    ),
    "closed": pgettext("where a report stands", "The worker has finished this for now."),
    "reopened": pgettext(
        "where a report stands", "Your report is open again. A worker will read it."
    ),
}
WORKER_WROTE = pgettext("where a report stands", "A worker wrote on {when}:")
NO_WORKER_WROTE = pgettext("where a report stands", "No worker has written to you yet.")
FROM_WORKER = pgettext("before a worker's own words to a contact", "A social worker writes:")
STICKER = pgettext(
    "in the log of a case, where the contact sent what has no words; {emoji} is what it stands for",
    "(a sticker or the like, which cannot be shown here) {emoji}",
)
TOO_LATE = pgettext("notice after tapping an old button", "We have moved on. Please see below.")
