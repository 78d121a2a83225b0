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
END = pgettext("button under what is sent once a day, at most 20 characters", "No more of these")
ENDED = pgettext(
    "answer to the button that ends what is sent once a day",
    "No more of these will come. You can ask for them again at any time.",
)
