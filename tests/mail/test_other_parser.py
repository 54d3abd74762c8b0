"""Drafts read by a program that we did not write: names and bytes come out as they went in."""

from __future__ import annotations

import pytest

from briefgen.mail.message import Attachment, draft_bytes
from judges import email_mime_read
from mail.test_message import NAMES, SUBJECTS
from mail_server import a_message, addresses

pytestmark = pytest.mark.slow


def test_attachments_byte_for_byte() -> None:
    files = tuple(
        Attachment(name, "application/pdf", bytes(range(256)) * number)
        for number, name in enumerate(NAMES)
    )
    read = email_mime_read(draft_bytes(a_message(attachments=files)))

    plain, html, *attached = read["parts"]
    assert (plain["type"], html["type"]) == ("text/plain", "text/html")
    assert plain["data"].decode("utf-8").splitlines() == [
        "Grüße",
        ".",
        "..two dots",
        "From here on",
    ]
    assert [(one["name"], one["type"], one["data"]) for one in attached] == [
        (file.name, file.media_type, file.data) for file in files
    ]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_headers(subject: str) -> None:
    message = a_message("Дмитрий Анатольевич <d@пример.рф>", '"Doe, Jo" <jo@example.org>',
                        cc=addresses("Zoë <z@example.org>"), subject=subject)  # fmt: skip
    headers = email_mime_read(draft_bytes(message))["headers"]

    assert headers == {
        "Subject": subject,
        "To": '"Дмитрий Анатольевич" <d@xn--e1afmkfd.xn--p1ai>, "Doe, Jo" <jo@example.org>',
        "Cc": "Zoë <z@example.org>",
        "From": "Jo Doe <jo@example.org>",
    }
