"""Which passwords are accepted: long enough, not about the person, and not easily guessed."""

from collections.abc import Sequence

from zxcvbn import zxcvbn

LENGTH_MIN = 8
LENGTH_MAX = 128
SCORE_MIN = 2
"""Of zxcvbn's 0 to 4: at least 100 million guesses."""

JUDGED_LENGTH_MAX = 40
"""The estimator takes more than half a second on 72 characters chosen for that, and a fifth on 40."""

PERSONAL_LENGTH_MIN = 4
"""Shorter names occur in innocent passwords by chance."""


def objection(password: str, *, username: str, name: str, email: str) -> str | None:
    """Answer why this person may not have this password, as a sentence, or none. May take tenths of a second."""
    if len(password) < LENGTH_MIN:
        return f"A password needs at least {LENGTH_MIN} characters."
    if len(password) > LENGTH_MAX:
        return f"A password may have up to {LENGTH_MAX} characters."
    local_part = email.rsplit("@", 1)[0]
    folded = password.casefold()
    for what, text in (("username", username), ("name", name), ("e-mail address", local_part)):
        if len(text) >= PERSONAL_LENGTH_MIN and text.casefold() in folded:
            return f"A password must not contain your {what}; choose one that has nothing to do with it."
    return _weakness(password, (username, local_part, email, name, *name.split()))


def _weakness(password: str, personal: Sequence[str]) -> str | None:
    known = [one[:JUDGED_LENGTH_MAX] for one in personal if one]
    judged = zxcvbn(password[:JUDGED_LENGTH_MAX], user_inputs=known)
    if judged["score"] >= SCORE_MIN:
        return None
    feedback = judged["feedback"]
    advice = " ".join(feedback["suggestions"]) or "Use a few uncommon words."
    return " ".join(part for part in ("This password is easy to guess.", feedback["warning"], advice) if part)
