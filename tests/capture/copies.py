"""Saved copies made for tests, in our own words."""

from __future__ import annotations

import zlib
from io import BytesIO

PAGE = """\
<!DOCTYPE html>
<!-- saved from url=(0060)https://gazette.example.org/2013/08/pipeline-talks-open -->
<html lang="en"><head><meta charset="utf-8">
<title>Pipeline talks open | The Gazette</title>
<meta property="og:site_name" content="The Gazette">
<meta name="author" content="By Jo Example and Ann Other">
<meta property="article:published_time" content="2013-08-28T10:00:00+05:00">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Pipeline talks open"}</script>
</head><body>
<header><p>The Gazette, since 1901</p></header><nav><p>Home</p></nav>
<article><h1>Pipeline talks open</h1>
<p>Ministers of Russia and Pakistan met in the capital on&nbsp;Wednesday to open talks on a gas pipeline.</p>
<p>Trade stood at <b>542 million</b> dollars last year,<!-- checked --> the ministry said.</p>
<p hidden>Never seen.</p>
<script>var p = "<p>no text</p>";</script>
<ul><li>Sergey Lavrov will visit Islamabad on 3 October.</li></ul>
<p>One line<br>of two.<br><br>Another paragraph.</p>
<aside><p>Read also</p></aside></article>
<footer><p>Imprint</p></footer></body></html>
"""
PARAGRAPHS = [
    "Pipeline talks open",
    "Ministers of Russia and Pakistan met in the capital on Wednesday to open talks on a gas pipeline.",
    "Trade stood at 542 million dollars last year, the ministry said.",
    "Sergey Lavrov will visit Islamabad on 3 October.",
    "One line of two.",
    "Another paragraph.",
]

MHTML = """\
From: <Saved by a browser>
Snapshot-Content-Location: https://gazette.example.org/a?b=1
Subject: =?utf-8?Q?Caf=C3=A9_talks?=
Date: Fri, 30 Aug 2013 08:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="x"

--x
Content-Type: text/html
Content-ID: <frame@x>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://gazette.example.org/a?b=1

<html><head><meta charset=3D"utf-8"></head><body><p>They met in a caf=C3=A9.</p></body></html>
--x
Content-Type: text/html
Content-Location: https://ads.example.org/

<p>Buy this</p>
--x--
"""

MESSAGE = """\
From: Jo Example <jo@example.org>
To: desk@example.org
Subject: What the ministry
 said
Date: Wed, 28 Aug 2013 21:30:00 +0500
Content-Type: multipart/alternative; boundary="y"

--y
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: 8bit

The ministry said \xa350 million was paid.

It said no more.
--y
Content-Type: text/html

<p>Other words</p>
--y--
"""


def pdf(*pages: list[str], password: str = "", title: str = "") -> bytes:
    """A PDF; each page is its lines, an empty one a gap. A page without lines is a picture."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    encrypt = StandardEncryption(password) if password else None
    canvas = Canvas(out, pagesize=(400, 500), encrypt=encrypt)
    if title:
        canvas.setTitle(title)
    for lines in pages:
        if not lines:
            canvas.rect(50, 50, 300, 400, fill=1)
        for number, text in enumerate(lines):
            canvas.drawString(40, 460 - 14 * number, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pdf_that_ends_who_draws_it(text: str) -> bytes:
    """A PDF of some kilobytes and two pages. The first has `text`, which reads well, and a picture
    of 300 MB, which only drawing it unpacks; the second is black."""
    packer = zlib.compressobj(1)
    zeros = b"".join(packer.compress(b"0" * 2**24) for _ in range(18)) + packer.flush()
    picture = zlib.compress(zeros, 9)
    words = f"BT /F 9 Tf 40 700 Td ({text}) Tj ET q 500 0 0 500 50 50 cm /I Do Q".encode()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]/Contents %d 0 R/Resources<</Font<</F 8 0 R>>/XObject<</I 7 0 R>>>>>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        page % 5,
        page % 6,
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Length 16>>stream\n0 0 400 500 re f\nendstream",
        b"<</Type/XObject/Subtype/Image/Width 20000/Height 20000/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Length %d/Filter[/FlateDecode/FlateDecode/ASCIIHexDecode]>>"
        b"stream\n%s\nendstream" % (len(picture), picture),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.7\n", b""
    for number, part in enumerate(parts, 1):
        places += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 9\n0000000000 65535 f \n" + places
    return out + table + b"trailer<</Size 9/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def docx(*paragraphs: str, title: str = "") -> bytes:
    """A Word document."""
    from docx import Document

    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.core_properties.title = title
    document.core_properties.author = "Jo Example"
    out = BytesIO()
    document.save(out)
    return out.getvalue()
