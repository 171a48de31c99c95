"""Texts open with their own key, in their own place, and not otherwise."""

import stat
from base64 import b64decode, b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_engine.keys import KeyMissing, Keyring, Unreadable, digest, load_master, new_salt

MASTER = bytes(range(32))


@pytest.fixture(scope="module")
def keyring() -> Keyring:
    return Keyring(MASTER)


@pytest.fixture(scope="module")
def key(keyring: Keyring) -> bytes:
    return keyring.new_key()


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_sealed_text_opens_again(keyring: Keyring, key: bytes, text: str) -> None:
    assert keyring.open(key, keyring.seal(key, text, name="note"), name="note") == text


def test_another_process_with_the_master_key_opens_it(keyring: Keyring, key: bytes) -> None:
    assert Keyring(MASTER).open(key, keyring.seal(key, "ord", name="note"), name="note") == "ord"


def test_same_text_is_sealed_differently_each_time(keyring: Keyring, key: bytes) -> None:
    assert keyring.seal(key, "ord", name="note") != keyring.seal(key, "ord", name="note")
    assert keyring.new_key() != keyring.new_key()


def test_neither_text_nor_key_stands_in_what_is_stored(keyring: Keyring, key: bytes) -> None:
    assert b"diagnose" not in keyring.seal(key, "diagnose", name="note")
    assert len(key) == 1 + 12 + 32 + 16


def test_text_does_not_open_in_another_place(keyring: Keyring, key: bytes) -> None:
    with pytest.raises(Unreadable):
        keyring.open(key, keyring.seal(key, "ord", name="note"), name="reason")


def test_text_does_not_open_under_another_participants_key(keyring: Keyring, key: bytes) -> None:
    with pytest.raises(Unreadable):
        keyring.open(keyring.new_key(), keyring.seal(key, "ord", name="note"), name="note")


def test_participant_key_does_not_open_under_another_master_key(keyring: Keyring, key: bytes) -> None:
    blob = keyring.seal(key, "ord", name="note")
    with pytest.raises(Unreadable):
        Keyring(bytes(32)).open(key, blob, name="note")


@pytest.mark.parametrize("place", [0, 1, 12, 13, 16, -1])
def test_changed_byte_is_noticed(keyring: Keyring, key: bytes, place: int) -> None:
    blob = bytearray(keyring.seal(key, "ord", name="note"))
    blob[place] ^= 1
    with pytest.raises(Unreadable):
        keyring.open(key, bytes(blob), name="note")


@pytest.mark.parametrize("place", [0, 1, 13, -1])
def test_changed_byte_in_a_key_is_noticed(keyring: Keyring, place: int) -> None:
    wrapped = bytearray(keyring.new_key())
    wrapped[place] ^= 1
    with pytest.raises(Unreadable):
        keyring.seal(bytes(wrapped), "ord", name="note")


@pytest.mark.parametrize("length", range(32))
def test_cut_off_text_is_noticed(keyring: Keyring, key: bytes, length: int) -> None:
    blob = keyring.seal(key, "ord", name="note")
    with pytest.raises(Unreadable):
        keyring.open(key, blob[: min(length, len(blob) - 1)], name="note")


@pytest.mark.parametrize("destroyed", [None, b""])
def test_destroyed_key_is_told_apart_from_damage(keyring: Keyring, key: bytes, destroyed: bytes | None) -> None:
    blob = keyring.seal(key, "ord", name="note")
    with pytest.raises(KeyMissing):
        keyring.open(destroyed, blob, name="note")
    with pytest.raises(KeyMissing):
        keyring.seal(destroyed, "ord", name="note")


def test_more_keys_than_are_remembered_still_open() -> None:
    keyring = Keyring(MASTER, remembered=2)
    sealed = [(key, keyring.seal(key, str(n), name="n")) for n, key in enumerate(keyring.new_key() for _ in range(5))]
    assert [keyring.open(key, blob, name="n") for key, blob in sealed] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_master_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring(bytes(length))


def test_digest_is_sha_256_of_salt_and_text() -> None:
    assert digest(b"salt", "språk") == sha256(b"saltspr\xc3\xa5k").hexdigest()


def test_digest_says_nothing_of_equal_texts_under_different_salts() -> None:
    assert len(new_salt()) == 16
    assert digest(new_salt(), "ja") != digest(new_salt(), "ja")


def test_first_to_ask_makes_a_master_key_only_the_owner_can_read(tmp_path: Path) -> None:
    path = tmp_path / "instance" / "master.key"
    master = load_master(path)
    assert len(master) == 32
    assert b64decode(path.read_bytes()) == master
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["master.key"]


def test_master_key_that_is_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(b64encode(MASTER))
    assert load_master(path) == MASTER
    assert load_master(path) == MASTER


@pytest.mark.parametrize("content", [b"", b"short", b64encode(bytes(16)), b"\xff\xfe" * 22])
def test_file_without_a_master_key_is_named_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=r"master\.key"):
        load_master(path)
    assert path.read_bytes() == content


def test_all_who_ask_at_once_get_the_same_key(tmp_path: Path) -> None:
    at_once = 8
    for attempt in range(20):
        start = Barrier(at_once)

        def ask(_: int, path: Path = tmp_path / f"{attempt}.key", start: Barrier = start) -> bytes:
            start.wait()
            return load_master(path)

        with ThreadPoolExecutor(at_once) as pool:
            assert len(set(pool.map(ask, range(at_once)))) == 1
    assert len(list(tmp_path.iterdir())) == 20


def test_what_is_blinded_is_found_again_by_its_master_key_alone(keyring: Keyring) -> None:
    assert keyring.blind("mhm") == Keyring(MASTER).blind("mhm")
    assert keyring.blind("mhm") not in (keyring.blind("mh"), Keyring(bytes(32)).blind("mhm"))
    assert "mhm" not in keyring.blind("mhm")


def test_two_purposes_give_two_names_and_next_year_gives_the_same(keyring: Keyring) -> None:
    log, evaluation = keyring.pseudonyms(b"event log"), keyring.pseudonyms(b"evaluation")
    assert log("case 17") == Keyring(MASTER).pseudonyms(b"event log")("case 17")
    others = (evaluation("case 17"), log("case 18"), keyring.blind("case 17"))
    assert log("case 17") not in (*others, Keyring(bytes(32)).pseudonyms(b"event log")("case 17"))
