"""Which passwords are accepted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.modules.identity.domain.passwords import LENGTH_MAX, objection

ADA = {"username": "lovelace", "name": "Ada Byron", "email": "countess@example.org"}


@pytest.mark.parametrize(
    "password", ["S3cure-Passw0rd!x", "correct-horse-battery-9", "Str0ng!Passphrase42", "brass-kettle-94-moor"]
)
def test_ordinary_decent_passwords_pass(password: str) -> None:
    assert objection(password, **ADA) is None


@pytest.mark.parametrize("password", ["password1", "aaaaaaaa", "Passw0rd", "qwertyuiop", "12345678", "abcdefgh"])
def test_passwords_that_are_guessed_first_are_refused_with_advice(password: str) -> None:
    reason = objection(password, **ADA)
    assert reason is not None
    assert reason.startswith("This password is easy to guess.")
    assert len(reason) > len("This password is easy to guess.")


def test_short_and_endless_passwords_are_refused() -> None:
    assert "at least 8" in str(objection("x7#Kq!2", **ADA))
    assert "up to 128" in str(objection("x7#Kq!2" * 20, **ADA))


@pytest.mark.parametrize(
    ("password", "what"),
    [
        ("my-LoveLace-77-harp", "username"),
        ("zeal-ada byron-42-moss", "name"),
        ("COUNTESS-of-42-moss", "e-mail address"),
    ],
)
def test_a_password_about_its_owner_is_refused(password: str, what: str) -> None:
    assert f"must not contain your {what}" in str(objection(password, **ADA))


def test_a_name_of_three_letters_may_occur_by_chance() -> None:
    assert objection("theater-kettle-94-moor", username="eat", name="Ted", email="ke@example.org") is None


@given(
    before=st.text(max_size=30), username=st.from_regex(r"[a-z0-9]{8,20}", fullmatch=True), after=st.text(max_size=30)
)
def test_no_decoration_hides_the_username(before: str, username: str, after: str) -> None:
    assert objection(before + username.upper() + after, username=username, name="Someone", email="x@y.zz") is not None


@given(st.text(min_size=8, max_size=LENGTH_MAX))
def test_every_text_gets_an_answer(password: str) -> None:
    reason = objection(password, **ADA)
    assert reason is None or reason.endswith((".", "!"))
