"""What the tests of the fake Telegram share: buttons to send, and what a refusal looks like."""

YES_NO = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}


def refused(answer, code, words):
    """Make sure that *answer*, a status and a body, refuses with *code* and these *words*."""
    status, body = answer
    assert (status, body["ok"], body["error_code"]) == (code, False, code)
    assert words in body["description"]
    return True
