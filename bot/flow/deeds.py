"""What a state of a flow may do, besides saying and asking."""

from collections.abc import Mapping

DEEDS: Mapping[str, tuple[str, ...]] = {
    "find_guidance": ("found", "several", "nothing"),
    "tell_topic": ("told",),
    "tell_answer": ("report", "person", "none"),
    "note_not_asked": ("noted",),
    "look_up_case": ("found", "not_found", "too_often"),
    "tell_case": ("told",),
    "add_to_case": ("added",),
    "note_help_arrived": ("noted",),
    "call_a_person": ("called",),
    "erase_my_data": ("erased",),
    "leave_quickly": ("left",),
    "change_language": ("changed",),
    "go_back": ("back", "cannot"),
    "skip_question": ("cannot",),
    "list_answers": ("some", "none"),
    "change_answer": ("changed",),
    "stop_here": ("kept", "nothing"),
    "who_is_writing": ("child", "adult", "unknown"),
    "whose_child": ("own", "other"),
    "what_was_told": ("of_self", "told", "nothing"),
    "what_is_left": (
        "where",
        "who",
        "told",
        "age",
        "phone",
        "safe",
        "in",
        "others",
        "again",
        "all",
    ),
    "what_is_left_adult": ("told", "safe", "reach", "in", "again", "all"),
    "may_ask_more": ("may", "enough"),
    "note_not_meant": ("noted", "nothing"),
    "tell_lesson": ("told",),
    "look_at_daily": ("right", "evening", "right_on_page", "evening_on_page", "on"),
    "start_daily": ("started", "on_coming", "not_safe"),
    "stop_daily": ("stopped",),
    "pick_question": ("picked",),
    "judge_answer": ("right", "other", "unclear"),
    "list_activities": ("some", "none"),
    "look_at_activity": ("open", "full", "mine", "gone", "unclear"),
    "count_places": ("enough", "waiting", "too_many", "gone"),
    "sign_up": ("coming", "waiting", "too_many", "gone"),
    "cancel_sign_up": ("cancelled",),
}
"""What a state may ``do``, and the outcomes whose routes its ``then`` must give.

``skip_question`` goes on behind the skipped question, unless that cannot be skipped.
"""
