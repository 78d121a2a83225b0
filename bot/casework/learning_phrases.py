"""What Lantern says of lessons and activities outside the flows, to contacts."""

from bot.casework.phrases import pgettext

DAILY = {
    "right": pgettext("above what is sent to a child once a day", "One right a day"),
    "evening": pgettext("above what is sent to a parent once a day", "For tonight"),
}
HOW_TO_END = pgettext(
    "below what is sent once a day",
    'To end these messages, tap the button or write "unsubscribe".',
)
HOW_TO_END_ON_PAGE = pgettext(
    "below what is sent once a day", 'If you do not want this any more, write "unsubscribe".'
)
END = pgettext("button under what is sent once a day, at most 20 characters", "No more of these")
ENDED = pgettext(
    "answer to the button that ends what is sent once a day",
    "No more of these will come. You can ask for them again at any time.",
)

AUDIENCES = {
    "children": pgettext("for whom an activity is", "for children"),
    "parents": pgettext("for whom an activity is", "for parents"),
    "everybody": pgettext("for whom an activity is", "for everybody"),
}
ACTIVITY = pgettext(
    "an activity, told to families", "{title} ({audience})\n{weekday}, {when}\n{venue}"
)
PLACES_LEFT = pgettext("an activity, told to families", "Places left: {count}")
NO_PLACES_LEFT = pgettext("an activity, told to families", "All places are taken; waiting list")
HAS_PLACE = pgettext("an activity, told to families", "You have signed up, for {people} in all")
IS_WAITING = pgettext(
    "an activity, told to families", "You are on the waiting list, for {people} in all"
)
COMING_ON_PAGE = pgettext(
    "answer after signing up for an activity",
    "You have signed up, for {people} in all.\n\n{activity}\n\n"
    'If you cannot come, look at it again under "Activities near you", so that somebody else can.',
)
WAITING_ON_PAGE = pgettext(
    "answer after signing up for an activity",
    "You are on the waiting list, for {people} in all.\n\n{activity}\n\n"
    'If you no longer want to come, look at it again under "Activities near you".',
)
COMING = pgettext(
    "answer after signing up for an activity",
    "You have signed up, for {people} in all.\n\n{activity}\n\n"
    "If you cannot come, please tap below, so that somebody else can.",
)
WAITING = pgettext(
    "answer after signing up for an activity",
    "You are on the waiting list, for {people} in all.\n\n{activity}\n\n"
    "If you no longer want to come, please tap below.",
)
REMINDER = pgettext("a day before an activity", "Coming up soon:\n\n{activity}\n\nSee you there!")
NEWS = {
    "moved_up": pgettext(
        "to whoever waited for a place in an activity",
        "A place has become free, and it is yours.\n\n{activity}",
    ),
    "changed": pgettext(
        "to whoever signed up for an activity", "Something has changed. Now it is:\n\n{activity}"
    ),
    "called_off": pgettext(
        "to whoever signed up for an activity",
        "We are sorry: this does not take place.\n\n{activity}",
    ),
}
CANNOT_COME = pgettext("button under an activity, at most 20 characters", "I cannot come")
GIVEN_BACK = pgettext(
    "answer after cancelling an activity",
    "All right, you are no longer on the list. Thank you for telling us.",
)
