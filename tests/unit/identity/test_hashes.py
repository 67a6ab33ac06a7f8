"""How passwords are hashed, whatever an operator's costs are."""

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from berth.modules.identity.usecases.passwords import Passwords

LEAST, MORE = 12_288, 16_384
PASSWORD = "brass-kettle-94-moor"


async def judged(passwords: Passwords, password: str, stored: str | None) -> tuple[bool, str | None]:
    async with passwords.turn() as verify:
        return await verify(password, stored)


async def test_a_hash_says_what_it_costs() -> None:
    assert (await Passwords(memory_kib=LEAST).hash(PASSWORD)).startswith("$argon2id$v=19$m=12288,t=3,p=4$")


async def test_a_right_password_gets_a_new_hash_once_the_costs_were_changed() -> None:
    before, after = Passwords(memory_kib=LEAST), Passwords(memory_kib=MORE)
    stored = await before.hash(PASSWORD)
    assert await judged(before, PASSWORD, stored) == (True, None)
    right, renewed = await judged(after, PASSWORD, stored)
    assert right
    assert renewed is not None
    assert await judged(after, PASSWORD, renewed) == (True, None)
    assert await judged(after, "another-kettle-94", stored) == (False, None)


async def test_a_name_that_nobody_has_takes_a_real_hash_to_refuse() -> None:
    passwords = Passwords(memory_kib=LEAST)
    assert await judged(passwords, PASSWORD, None) == (False, None)
    with pytest.raises(VerifyMismatchError):  # one that could not be read would be refused without being worked out
        PasswordHasher().verify(passwords._nobodys, PASSWORD)
