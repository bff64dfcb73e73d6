"""Since when an address is answered as it is: what Last-Modified says, whoever else is asked meanwhile."""

from newsroom.first_seen import SHELF, FirstSeen


def test_answer_keeps_its_moment_until_another_is_given():
    seen = FirstSeen()
    assert seen.since("/a/", "one", now=10.0) == 10.0
    assert seen.since("/a/", "one", now=20.0) == 10.0
    assert seen.since("/a/", "two", now=30.0) == 30.0
    assert seen.since("/a/", "one", now=40.0) == 40.0


def test_what_a_page_knows_of_its_age_is_taken_once_and_never_goes_back():
    seen = FirstSeen()
    assert seen.since("/a/", "one", now=20.0, known=5.0) == 5.0
    assert seen.since("/b/", "one", now=20.0, known=50.0) == 20.0
    assert seen.since("/a/", "two", now=30.0, known=4.0) == 30.0


def test_addresses_of_one_shelf_do_not_push_one_another_off_it():
    seen = FirstSeen(slots=SHELF)
    addresses = [f"/{number}/" for number in range(SHELF)]
    for at, address in enumerate(addresses):
        seen.since(address, "same", now=float(at))
    told = [seen.since(address, "same", now=100.0) for address in addresses]
    assert told == [float(at) for at in range(SHELF)]


def test_one_too_many_is_held_like_the_others():
    seen = FirstSeen(slots=SHELF)
    for number in range(SHELF + 1):
        seen.since(f"/{number}/", "same", now=1.0)
    assert seen.since(f"/{SHELF}/", "same", now=2.0) == 1.0


def test_thousands_of_addresses_hold_their_moments_in_the_table_a_server_has():
    seen = FirstSeen()
    addresses = [f"/story/{number}/" for number in range(4_000)]
    for address in addresses:
        seen.since(address, "same", now=1.0)
    assert [one for one in addresses if seen.since(one, "same", now=2.0) != 1.0] == []
