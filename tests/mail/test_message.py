"""A message's bytes, read back by Python's own parser, and line by line."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import datetime, timedelta, timezone
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.addresses import Address, parse_address
from briefgen.errors import UsageError
from briefgen.mail.message import (
    Attachment,
    draft_bytes,
    lasting_id,
    message_id,
    sent_bytes,
    sent_from_draft,
)
from mail_server import a_message, addresses


def read(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def headers(data: bytes) -> str:
    return data.partition(b"\r\n\r\n")[0].decode("utf-8")


def test_a_draft_letter_by_letter() -> None:
    message = a_message(
        "Jo Doe <jo@example.org>", cc=addresses("d@пример.рф"), subject="Energy",
        text="Hello\n", html="<p>Hello</p>\n",
        attachments=(Attachment("a.txt", "text/plain; charset=UTF-8", b"one\n"),),
    )  # fmt: skip

    data = draft_bytes(message).decode("ascii")
    outer, inner = re.findall(r'boundary="(=_[0-9a-f]{32})"', data)
    assert data.replace(outer, "OUTER").replace(inner, "INNER") == (
        "From: Jo Doe <jo@example.org>\r\n"
        "To: Jo Doe <jo@example.org>\r\n"
        "Cc: d@xn--e1afmkfd.xn--p1ai\r\n"
        "Subject: Energy\r\n"
        "X-Unsent: 1\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Language: en\r\n"
        "Content-Type: multipart/mixed;\r\n"
        ' boundary="OUTER"\r\n'
        "\r\n"
        "--OUTER\r\n"
        "Content-Type: multipart/alternative;\r\n"
        ' boundary="INNER"\r\n'
        "\r\n"
        "--INNER\r\n"
        "Content-Type: text/plain; charset=UTF-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "Hello\r\n"
        "\r\n"
        "--INNER\r\n"
        "Content-Type: text/html; charset=UTF-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "<p>Hello</p>\r\n"
        "\r\n"
        "--INNER--\r\n"
        "\r\n"
        "--OUTER\r\n"
        "Content-Type: text/plain; charset=UTF-8;\r\n"
        ' name="a.txt"\r\n'
        "Content-Disposition: attachment;\r\n"
        ' filename="a.txt"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "b25lCg==\r\n"
        "\r\n"
        "--OUTER--\r\n"
    )


def test_a_draft_has_no_sender_unless_one_is_set() -> None:
    said = headers(draft_bytes(a_message(sender=None)))
    for name in ("From", "Date", "Message-ID", "Bcc"):
        assert f"{name}:" not in said


def test_what_is_sent_has_a_date_and_an_id_and_is_no_draft() -> None:
    moment = datetime(2026, 3, 5, 7, 8, 9, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    message = a_message()
    identity = message_id(message, moment, b"\x01\xff")
    said = headers(sent_bytes(message, date=moment, message_id=identity))

    assert "Date: Thu, 05 Mar 2026 07:08:09 +0530\r\n" in said
    assert "Message-ID: <20260305070809.01ff@example.org>\r\n" in said
    assert "X-Unsent" not in said


NAMES = [
    "energy.docx",
    "a name with blanks.pdf",
    'quotes "inside" and \\ too.pdf',
    "Überblick – «Öl».pdf",
    "Обзор энергетики, 2011–2023.docx",
    "概要.pdf",
    "semi;colon=percent%20'apostrophe*.txt",
    "=?UTF-8?Q?not=20a=20word?=.pdf",
    "о" * 120 + ".pdf",
    "long " * 40 + ".pdf",
    "😀" * 60 + ".pdf",
    ".hidden",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_attachments_come_back(name: str) -> None:
    data = draft_bytes(a_message(attachments=(Attachment(name, "application/pdf", b"%PDF-"),)))

    (attached,) = read(data).iter_attachments()
    assert attached.get_filename() == name
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == b"%PDF-"
    assert max(map(len, data.split(b"\r\n"))) <= 998


def test_a_name_longer_than_a_line_is_continued() -> None:
    name = "я" * 500 + ".pdf"
    data = draft_bytes(a_message(attachments=(Attachment(name, "application/pdf", b""),)))
    assert b"filename*12*=" in data
    assert max(map(len, data.split(b"\r\n"))) <= 998
    (attached,) = read(data).iter_attachments()
    assert attached.get_filename() == name


SUBJECTS = [
    "Energy ties",
    "[OFFICIAL-SENSITIVE] Energy ties, 2011–2023: what the record shows, and what it does not",
    "Обзор: российско-пакистанские отношения в сфере энергетики за последние двадцать лет",
    "=?UTF-8?Q?no_word?= of ours",
    "two  blanks and   three",
    "x" * 300,
    "👩‍👩‍👧‍👦" * 20,
    "long words " * 30 + "end",
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_subjects_come_back(subject: str) -> None:
    data = draft_bytes(a_message(subject=subject))
    assert read(data)["Subject"] == subject
    for line in headers(data).split("\r\n"):
        assert len(line) <= 78
        assert line.strip()


@pytest.mark.parametrize(
    "written",
    [
        "Jo Doe <jo@example.org>",
        '"Doe, Jo; (x) \\"y\\" \\\\" <jo@example.org>',
        "Дмитрий Анатольевич Очень-Длинное-Имя, первый заместитель министра <d@example.org>",
        "J. R. <jo@example.org>",
        "=?UTF-8?Q?x?= <jo@example.org>",
        '"two  blanks" <jo@example.org>',
    ],
)
def test_names_of_people_come_back(written: str) -> None:
    address = parse_address(written)
    data = draft_bytes(a_message("ann@example.org", written, "z@example.org"))

    # The newer interface of Python's parser keeps blanks between encoded words (RFC 2047, 6.2).
    found = getaddresses([str(email.message_from_bytes(data)["To"])])
    assert [spec for _, spec in found] == ["ann@example.org", address.spec, "z@example.org"]
    assert str(make_header(decode_header(found[1][0]))) == address.name
    assert all(len(line) <= 78 for line in headers(data).split("\r\n"))


def test_no_encoded_word_stands_in_an_address() -> None:
    data = draft_bytes(a_message("дмитрий@пример.рф"))
    assert "To: дмитрий@xn--e1afmkfd.xn--p1ai\r\n" in headers(data)


BREAKS = ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\0", "\x1c", "\x7f"]


@pytest.mark.parametrize("bad", BREAKS, ids=[f"{ord(text[0]):04X}" for text in BREAKS])
def test_nothing_gets_into_a_header(bad: str) -> None:
    injected = f"x{bad}Bcc: eve@example.org"
    for changed in (
        {"subject": injected},
        {"to": (Address("jo", "example.org", injected),)},
        {"sender": Address("jo", "example.org", injected)},
    ):
        with pytest.raises(UsageError) as caught:
            draft_bytes(a_message(**changed))
        assert len(str(caught.value).splitlines()) == 1
        assert re.search(r"U\+[0-9A-F]{4}", str(caught.value))


texts = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029"),
    max_size=120,
)


@given(subject=texts, name=texts, body=st.text(st.characters(blacklist_categories=("Cs", "Cc"))))
@settings(deadline=None, max_examples=150)
def test_any_text_comes_back(subject: str, name: str, body: str) -> None:
    name = f"{name.strip().replace('/', '')}.bin"
    data = draft_bytes(
        a_message(subject=subject, text=f"{body}\nFrom\n.\n", html=f"<p>{body}</p>",
                  attachments=(Attachment(name, "application/octet-stream", body.encode()),))
    )  # fmt: skip
    assert data.isascii()
    lines = data.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line or len(line) > 998 for line in lines)
    message = read(data)
    assert str(message["Subject"]) == subject.strip(" ") or not subject.isprintable()
    said = message.get_body(("plain",)).get_payload(decode=True).decode("utf-8")
    assert said.replace("\r\n", "\n") == f"{body}\nFrom\n.\n"
    (attached,) = message.iter_attachments()
    assert attached.get_payload(decode=True) == body.encode()
    assert attached.get_filename() == name or not name.isprintable()


def test_the_same_message_has_the_same_bytes() -> None:
    assert draft_bytes(a_message()) == draft_bytes(a_message())
    assert draft_bytes(a_message()) != draft_bytes(a_message(text="Other\n"))


@given(subject=texts, name=texts, body=st.text(st.characters(blacklist_categories=("Cs", "Cc"))))
@settings(max_examples=40, deadline=None)
def test_a_draft_becomes_what_is_sent(subject: str, name: str, body: str) -> None:
    message = a_message(subject=f"{subject} X-Unsent: 1 {name}", text=f"{body}\nX-Unsent: 1\n")
    date = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=1)))

    sent = sent_from_draft(draft_bytes(message), date=date, message_id="1@example.org")

    assert sent == sent_bytes(message, date=date, message_id="1@example.org")


@pytest.mark.parametrize(
    "data", [b"", b"Subject: a\r\n\r\nX-Unsent: 1\r\n", b"\r\n\r\nX-Unsent: 1\r\n"]
)
def test_what_is_no_draft_is_not_sent(data: bytes) -> None:
    with pytest.raises(ValueError, match="no draft"):
        sent_from_draft(data, date=datetime(2026, 1, 1), message_id="1@b.org")


def test_an_id_that_lasts_belongs_to_these_bytes() -> None:
    sender = parse_address("jo@example.org")
    one = lasting_id(b"one", sender)
    assert re.fullmatch(r"[0-9a-f]{40}@example\.org", one)
    assert one == lasting_id(b"one", sender) != lasting_id(b"two", sender)
