"""Which addresses are taken, and what goes over the wire for them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.addresses import Address, parse_address, parse_addresses, without_repeats


@pytest.mark.parametrize(
    ("written", "name", "spec"),
    [
        ("jo@example.org", "", "jo@example.org"),
        ("  jo.doe+tag@Example.ORG ", "", "jo.doe+tag@example.org"),
        ("o'neil/x=1!#$%&*?^_`{|}~@a-b.co", "", "o'neil/x=1!#$%&*?^_`{|}~@a-b.co"),
        ("root@localhost", "", "root@localhost"),
        ("Jo Doe <jo@example.org>", "Jo Doe", "jo@example.org"),
        ('"Doe, Jo \\"JD\\"" <jo@example.org>', 'Doe, Jo "JD"', "jo@example.org"),
        ("Doe, Jo <jo@example.org>", "Doe, Jo", "jo@example.org"),
        ("<jo@example.org>", "", "jo@example.org"),
        ("d@пример.рф", "", "d@xn--e1afmkfd.xn--p1ai"),
        ("d@straße.de", "", "d@xn--strae-oqa.de"),  # IDNA 2003 makes strasse.de of it
        ("d@BÜCHER.example", "", "d@xn--bcher-kva.example"),
        ("Дмитрий <дмитрий@xn--e1afmkfd.xn--p1ai>", "Дмитрий", "дмитрий@xn--e1afmkfd.xn--p1ai"),
        ("jose\u0301@example.org", "", "josé@example.org"),
    ],
)
def test_taken(written: str, name: str, spec: str) -> None:
    address = parse_address(written)
    assert (address.name, address.spec) == (name, spec)
    assert parse_address(spec).spec == spec


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "is no e-mail address; write one like jo@example.org"),
        ("jo", "is no e-mail address; write one like"),
        ("@example.org", "look at what stands before the @"),
        ("jo@", "look at what stands after the @"),
        ("jo@example", "look at what stands after the @"),
        ("jo@example.org.", "look at what stands after the @"),
        ("jo@-a.org", "look at what stands after the @"),
        ("jo@a_b.org", "look at what stands after the @"),
        ("jo@[127.0.0.1]", "look at what stands after the @"),
        ("jo@127.0.0.1", "look at what stands after the @"),
        ("jo@xn--zzzzzz99.org", "look at what stands after the @"),
        (".jo@example.org", "look at what stands before the @"),
        ("jo..doe@example.org", "look at what stands before the @"),
        ("jo\u200b@example.org", "look at what stands before the @"),
        ("jo doe@example.org", "more than one address"),
        ("a@example.org, b@example.org", "more than one address"),
        ("a@example.org;b@example.org", "more than one address"),
        ("a@example.org, B <b@example.org>", "more than one address"),
        ("Jo <jo@example.org> x", "more than one address"),
        ("a" * 65 + "@example.org", "too long before the @"),
        ("jo@" + "a23456789." * 25 + "org", "is too long"),
        ("jo@" + "a" * 64 + ".org", "look at what stands after the @"),
        *((f"jo{c}x@example.org", "line break or control character") for c in
          "\r\n\0\t\x0b\x0c\x85\u2028\u2029"),
        ("Jo\r\nBcc: x@y.org <jo@example.org>", "line break or control character"),
    ],
)  # fmt: skip
def test_refused(written: str, said: str) -> None:
    with pytest.raises(ValueError, match="^[^\n]+$") as caught:
        parse_address(written)
    assert said in str(caught.value)


def test_people_see_both_forms_of_a_domain() -> None:
    address = parse_address("Дмитрий <d@пример.рф>")
    assert str(address) == "Дмитрий <d@пример.рф (xn--e1afmkfd.xn--p1ai)>"


def test_a_mailbox_is_told_once_with_the_name_it_had_first() -> None:
    found = without_repeats(
        tuple(map(parse_address, ("Jo <jo@a.org>", "ann@a.org", "jo@A.org", "Ann <ann@a.org>")))
    )
    assert [str(one) for one in found] == ["Jo <jo@a.org>", "ann@a.org"]


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=200)
def test_whatever_is_written_comes_out_fit_for_a_header_or_not_at_all(text: str) -> None:
    for written in (text, f"{text}@example.org", f"jo@{text}.org", f"{text} <jo@example.org>"):
        try:
            address = parse_address(written)
        except ValueError:
            continue
        assert isinstance(address, Address)
        assert address.domain.isascii()
        assert not set(address.spec) & set(' \t\r\n\0<>,;:"()[]\\')
        assert parse_address(address.spec) == Address(address.local, address.domain)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", []),
        (" ; ,", []),
        ("a@x.org", ["a@x.org"]),
        ("a@x.org, B <b@x.org>; c@x.org,", ["a@x.org", "B <b@x.org>", "c@x.org"]),
        ('"Doe, Jo; \\"x, y\\"" <a@x.org>, b@x.org', ['Doe, Jo; "x, y" <a@x.org>', "b@x.org"]),
    ],
)
def test_several_addresses(written: str, found: list[str]) -> None:
    assert [str(address) for address in parse_addresses(written)] == found


def test_of_several_the_one_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match=r"'b' is no e-mail address"):
        parse_addresses("a@x.org,b, c@x.org")
