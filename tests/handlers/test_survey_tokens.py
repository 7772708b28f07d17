"""A survey link opens one question and teaches a guesser nothing."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.surveys.tokens import digest_of, new_token


def test_a_token_leads_to_its_digest_and_holds_no_trace_of_it() -> None:
    token, digest = new_token("secret")
    assert digest_of(token, "secret") == digest
    assert digest not in token
    assert digest_of(token, "another secret") is None


def test_two_tokens_have_nothing_in_common() -> None:
    tokens = {new_token("secret")[0] for _ in range(1000)}
    assert len(tokens) == 1000


@given(st.text())
def test_nothing_guessed_opens_anything(guess: str) -> None:
    assert digest_of(guess, "secret") is None


@given(st.integers(0, 40), st.characters(codec="ascii"))
def test_a_token_changed_in_one_place_opens_nothing(at: int, char: str) -> None:
    token, digest = new_token("secret")
    changed = token[:at] + char + token[at + 1 :]
    assert changed == token or digest_of(changed, "secret") != digest
