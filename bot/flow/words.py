"""The closed lists of the form: what may be written where."""

FILE_WORDS = ("flow", "version", "starts_at", "if_silent", "states")
"""What may stand at the top of a file."""

NEEDED_WORDS = ("flow", "version", "starts_at", "states")
"""What must stand at the top of a file."""

STATE_WORDS = (
    "note",
    "say",
    "ask",
    "answers",
    "also",
    "expect",
    "if_unclear",
    "skip",
    "if_silent",
    "do",
    "open_case",
    "then",
    "end",
)
"""What may stand in a state."""

NUMBERS = (
    "police_number",
    "ambulance_number",
    "fire_number",
    "text_police_number",
    "crisis_number",
    "government_number",
)
"""The placeholders that stand for an outside number to call or write to."""

PLACEHOLDERS = (
    *NUMBERS,
    "crisis_line",
    "reading_hours",
    "nobody_reads",
    "called",
    "reads_next",
    "organisation",
    "return_code",
    "case_status",
    "worker_messages",
    "help_arrived",
    "helplines",
    "safe_word",
    "costs",
    "lesson",
    "daily_time",
    "quiz_question",
    "quiz_told",
    "activities",
    "activity",
)
"""Every ``{name}`` that wording may hold."""

EMERGENCY = "emergency"
"""The queue in which somebody is called at once."""

ALWAYS_FLOW = "always"
"""The flow whose first state lists the words that work anywhere."""

ENTRANCES = (
    "welcome.again",
    "rights.told",
    "talk_to_a_person.asked_again",
    "report_a_concern_adult.temper_now",
)
"""States in which a conversation may begin besides the first of a flow."""
