"""Tokens: nobody guesses one, nothing that is kept opens anything, and those that do not work all look the same."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, strategies as st

from gremienplan.errors import InputError, UnknownIdError
from gremienplan.tokens import (
    Art,
    Token,
    find,
    issue,
    mark,
    person_of,
    revoke,
    tokens_from_json,
    tokens_to_json,
)

STAND = datetime(2026, 10, 1, 8)
HEUTE = date(2026, 10, 2)
DOMAIN = "flussau.example"
PERSONEN = ("Erfunden A", "Erfunden B", "17")

texte = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
zufall = st.binary(min_size=32, max_size=32)


@st.composite
def listen(draw: st.DrawFn) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """Draw tokens with their secrets: some revoked, some with a last day."""
    tokens: tuple[Token, ...] = ()
    secrets: list[str] = []
    for bits in draw(st.lists(zufall, unique=True, max_size=6)):
        art = draw(st.sampled_from(Art))
        wert = mark(DOMAIN, draw(st.sampled_from(PERSONEN))) if art is Art.PERSON else draw(texte)
        bis = draw(st.none() | st.dates(date(2026, 9, 1), date(2027, 1, 1)))
        token, secret = issue(tokens, art, wert, STAND, bits, notiz=draw(texte), bis=bis)
        tokens = (*tokens, token)
        secrets.append(secret)
        if draw(st.booleans()):
            tokens = revoke(tokens, token.id, STAND)
    return tokens, tuple(secrets)


@given(listen())
def test_text_and_tokens_are_the_same(drawn: tuple[tuple[Token, ...], tuple[str, ...]]) -> None:
    tokens, _ = drawn
    text = tokens_to_json(tokens)
    assert tokens_from_json(text, "tokens.json") == tokens
    assert tokens_to_json(reversed(tokens)) == text


@given(listen())
def test_what_is_kept_opens_nothing(drawn: tuple[tuple[Token, ...], tuple[str, ...]]) -> None:
    """Neither a secret nor a person's key stands in the file, and nothing that stands in it is a secret."""
    tokens, secrets = drawn
    text = tokens_to_json(tokens)
    for secret in secrets:
        assert secret[:-4] not in text
        assert secret not in repr(tokens)
    for token in tokens:
        assert not find(tokens, token.hash, HEUTE)
        assert not find(tokens, token.endet_auf, HEUTE)
    assert not any(person in text for person in PERSONEN[:2])


@given(listen(), texte)
def test_a_secret_finds_its_own_token_while_it_works(
    drawn: tuple[tuple[Token, ...], tuple[str, ...]], fremd: str
) -> None:
    """And nothing else finds any."""
    tokens, secrets = drawn
    for token, secret in zip(tokens, secrets, strict=True):
        works = token.widerrufen is None and (token.bis is None or token.bis >= HEUTE)
        assert find(tokens, secret, HEUTE) == (token if works else None)
        assert find(tokens, secret.upper(), HEUTE) is None
        assert find(tokens, secret[:-1], HEUTE) is None
    assert find(tokens, fremd, HEUTE) is None


@given(zufall, zufall)
def test_a_token_is_its_256_bits(eins: bytes, zwei: bytes) -> None:
    """52 letters and digits that need no escaping in an address; other bits give another token."""
    (token, secret), (other, second) = (issue((), Art.SITZ, "a/b", STAND, bits) for bits in (eins, zwei))
    assert len(secret) == 52
    assert secret.isalnum()
    assert secret == secret.lower()
    assert (secret == second) is (eins == zwei) is (token.hash == other.hash)


@pytest.mark.parametrize("bits", [b"", b"x" * 31, b"x" * 33])
def test_fewer_bits_are_refused(bits: bytes) -> None:
    with pytest.raises(ValueError, match="32 random bytes"):
        issue((), Art.SITZ, "a/b", STAND, bits)


@given(zufall, st.sampled_from(PERSONEN))
def test_only_who_knows_the_persons_can_tell_whose_a_token_is(bits: bytes, person: str) -> None:
    """A person who is no longer listed is nobody; a key of another city is somebody else's."""
    token, _ = issue((), Art.PERSON, mark(DOMAIN, person), STAND, bits)
    assert person_of(token, DOMAIN, PERSONEN) == person
    assert person_of(token, DOMAIN, [p for p in PERSONEN if p != person]) is None
    assert person_of(token, "stadt.example", PERSONEN) is None
    sitz, _ = issue((), Art.SITZ, mark(DOMAIN, person), STAND, bits)
    assert person_of(sitz, DOMAIN, PERSONEN) is None


class TestRevoke:
    """A revoked token never works again."""

    def test_the_first_time_counts(self) -> None:
        token, _ = issue((), Art.SITZ, "a/b", STAND, bytes(32))
        once = revoke((token,), 1, STAND)
        assert revoke(once, 1, datetime(2027, 1, 1)) == once

    def test_the_others_stay(self) -> None:
        first, _ = issue((), Art.SITZ, "a/b", STAND, bytes(32))
        second, secret = issue((first,), Art.SITZ, "a/b", STAND, b"1" * 32)
        assert second.id == 2
        assert find(revoke((first, second), 1, STAND), secret, HEUTE) == second

    def test_one_that_is_not_there(self) -> None:
        with pytest.raises(UnknownIdError):
            revoke((), 1, STAND)


def steps(ask: Callable[[], object]) -> list[tuple[str, int]]:
    """Return every instruction that our own code executes for an answer."""
    done: list[tuple[str, int]] = []

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.endswith("werte.py"):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            done.append((frame.f_code.co_name, frame.f_lasti))
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        ask()
    finally:
        sys.settrace(before)
    return done


def test_what_does_not_work_takes_the_same_work() -> None:
    """Unknown, revoked, expired and nonsense, wherever in the file: instruction by instruction."""
    tokens: tuple[Token, ...] = ()
    secrets = []
    for nummer in range(6):
        bis = date(2026, 9, 30) if nummer in (0, 3) else None
        token, secret = issue(tokens, Art.SITZ, "a/b", STAND, bytes([nummer] * 32), bis=bis)
        tokens = (*tokens, token)
        secrets.append(secret)
    tokens = revoke(revoke(tokens, 2, STAND), 6, STAND)
    dead = [secrets[n] for n in (0, 1, 3, 5)]
    asked = [*dead, "a" * 52, "", "\udcff", "ä" * 500]
    assert {find(tokens, secret, HEUTE) for secret in asked} == {None}
    work = [steps(partial(find, tokens, secret, HEUTE)) for secret in asked]
    assert len(work[0]) > 100
    assert all(done == work[0] for done in work)
    assert steps(partial(find, tokens[:5], secrets[0], HEUTE)) != work[0]


GUT = tokens_to_json([issue((), Art.SITZ, "a/b", STAND, bytes(32), bis=HEUTE)[0]])


@pytest.mark.parametrize(
    ("alt", "neu", "orte"),
    [
        ('"format": 1', '"format": 2', ["format"]),
        ('"format": 1,', "", ["format"]),
        ('"id": 1', '"id": 0', ["tokens[1].id"]),
        ('"id": 1', '"id": true', ["tokens[1].id"]),
        ('"sitz": "a/b"', '"sitz": "a/b", "feed": "b.ics"', ["tokens[1]"]),
        ('"sitz": "a/b", ', "", ["tokens[1]"]),
        ('"sitz"', '"sitze"', ["tokens[1].sitze", "tokens[1]"]),
        ('"bis": "2026-10-02"', '"bis": "2026-13-02"', ["tokens[1].bis"]),
        ('"bis": "2026-10-02"', '"widerrufen": "2026-10-02"', ["tokens[1].widerrufen"]),
        ("T08:00:00", "T08:00:00Z", ["tokens[1].erstellt"]),
        ('"endet_auf": "', '"endet_auf": "x', ["tokens[1].endet_auf"]),
        ('"hash": "', '"hash": "0', ["tokens[1].hash"]),
        (
            '"tokens": [',
            '"tokens": [{},',
            [f"tokens[1].{k}" for k in ("id", "hash", "endet_auf", "erstellt")],
        ),
    ],
)
def test_mistakes_are_told_with_their_place(alt: str, neu: str, orte: list[str]) -> None:
    assert alt in GUT
    with pytest.raises(InputError) as caught:
        tokens_from_json(GUT.replace(alt, neu), "tokens.json")
    assert [p.pfad for p in caught.value.problems][: len(orte)] == orte


def test_two_of_one_number_or_hash_are_refused() -> None:
    """Which of them is revoked would be a question."""
    zeile = GUT.splitlines()[3]
    with pytest.raises(InputError) as caught:
        tokens_from_json(GUT.replace(zeile, f"{zeile},\n{zeile}"), "tokens.json")
    assert [p.pfad for p in caught.value.problems] == ["tokens[2].id", "tokens[2].hash"]
