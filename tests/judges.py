"""Programs that we did not write, asked what they make of our documents.

Each helper writes the bytes to a scratch folder, runs the program and gives back what it said.
Where the program is missing the test is skipped with the reason; with `CI` set it fails, so that
a machine meant to judge never passes by not looking.

- Open XML SDK: `npm install --prefix tools/ooxml` (or a folder named by `BRIEFGEN_JUDGES` that
  holds such a `node_modules`)
- LibreOffice, poppler, qpdf: the system's packages
- Exim, Dovecot, Perl's Email::MIME: the system's packages; servers are started by root alone
- Xvfb, xwininfo: a display to open windows on, and who looks at it
- pandoc: the `pypandoc_binary` wheel that we depend on
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

_TOOLS = Path(__file__).resolve().parents[1] / "tools" / "ooxml"
_TIMEOUT = 180


def _missing(what: str, remedy: str) -> NoReturn:
    reason = f"{what} is not installed; {remedy}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _program(*names: str) -> str:
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    _missing(names[0], f"install it and put `{names[0]}` on the path")


def _run(arguments: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=_TIMEOUT,
        check=False,
        **options,
    )


def _written(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


# --- DOCX ------------------------------------------------------------------------------------


def open_xml_sdk_errors(data: bytes, folder: Path, *, suffix: str = ".docx") -> list[str]:
    """What Microsoft's Open XML SDK finds wrong with an Office file; empty when it is valid."""
    node = _program("node")
    here = Path(os.environ.get("BRIEFGEN_JUDGES") or _TOOLS)
    program = here / "node_modules" / "@xarsh" / "ooxml-validator" / "dist" / "src" / "cli.js"
    if not program.is_file():
        _missing("the Open XML SDK validator", "run `npm install --prefix tools/ooxml`")
    path = _written(folder, f"judged{suffix}", data)
    result = _run([node, str(program), str(path), "--officeVersion", "Microsoft365"])
    if result.returncode not in (0, 1):
        pytest.fail(f"the Open XML SDK validator did not run: {result.stderr.strip()}")
    verdict = json.loads(result.stdout)
    return [
        f"{error['errorType']}: {error['path']} {error['xPath']}: {error['description']}"
        for error in verdict["errors"]
    ] or ([] if verdict["ok"] else ["not ok, without a reason"])


def libreoffice_convert(data: bytes, folder: Path, *, source: str, target: str) -> bytes:
    """`data`, a file with the suffix `source`, converted by LibreOffice to `target` (`pdf`)."""
    return libreoffice_convert_all({"judged": data}, folder, source=source, target=target)["judged"]


def libreoffice_convert_all(
    files: Mapping[str, bytes], folder: Path, *, source: str, target: str
) -> dict[str, bytes]:
    """Many files in one start of LibreOffice: by name, without suffix, converted to `target`."""
    soffice = _program("soffice", "libreoffice")
    paths = [_written(folder, f"{name}.{source}", data) for name, data in files.items()]
    profile = (folder / "profile").resolve().as_uri()
    out = folder / "out"
    result = _run(
        [
            soffice,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            *map(str, paths),
        ]
    )
    made = {name: out / f"{name}.{target.partition(':')[0]}" for name in files}
    missing = [name for name, path in made.items() if not path.is_file()]
    if missing:
        pytest.fail(f"LibreOffice made no {target} of {missing}: {result.stdout} {result.stderr}")
    return {name: path.read_bytes() for name, path in made.items()}


def pandoc_read(data: bytes, folder: Path, *, source: str, target: str = "plain") -> str:
    """`data` as pandoc reads it (`source`: `docx`, `html`), written by it as `target`."""
    pypandoc = pytest.importorskip("pypandoc")
    path = _written(folder, f"judged.{source}", data)
    result = _run(
        [
            str(pypandoc.get_pandoc_path()),
            "--from",
            source,
            "--to",
            target,
            "--wrap=none",
            str(path),
        ]
    )
    if result.returncode:
        pytest.fail(f"pandoc cannot read it: {result.stderr.strip()}")
    return result.stdout


def pandoc_ast(data: bytes, folder: Path, *, source: str) -> Any:
    """The document as pandoc's own tree (its JSON: `blocks`, `meta`)."""
    return json.loads(pandoc_read(data, folder, source=source, target="json"))


# --- PDF -------------------------------------------------------------------------------------


def pdf_text(
    data: bytes,
    folder: Path,
    *,
    layout: bool = False,
    raw: bool = False,
    crop: tuple[float, float, float, float] | None = None,
) -> str:
    """The text layer, by poppler; pages end with a form feed.

    `layout` keeps columns as they stand on the page, `raw` the order in which text was set.
    `crop` (left, top, width, height in points from the upper left) leaves out what is outside.
    """
    program = _program("pdftotext")
    path = _written(folder, "judged.pdf", data)
    options = ["-enc", "UTF-8", *(["-layout"] if layout else []), *(["-raw"] if raw else [])]
    for flag, length in zip(("-x", "-y", "-W", "-H"), crop or (), strict=False):
        options += [flag, str(round(length))]  # points, as poppler reads at 72 dots an inch
    result = _run([program, *options, str(path), "-"])
    if result.returncode:
        pytest.fail(f"pdftotext cannot read it: {result.stderr.strip()}")
    return result.stdout


def pdf_words(data: bytes, folder: Path) -> list[list[tuple[float, float, str]]]:
    """The words of each page as poppler sees them: left edge, upper edge (from the top), word."""
    path = _written(folder, "judged.pdf", data)
    result = _run([_program("pdftotext"), "-bbox", str(path), "-"])
    if result.returncode:
        pytest.fail(f"pdftotext failed: {result.stderr.strip()}")
    word = re.compile(r'<word xMin="([^"]+)" yMin="([^"]+)"[^>]*>([^<]*)</word>')
    return [
        [(float(left), float(top), said) for left, top, said in word.findall(page)]
        for page in result.stdout.split("<page ")[1:]
    ]


def pdf_info(data: bytes, folder: Path) -> dict[str, str]:
    """Title, pages, page size and the rest, by poppler's `pdfinfo`."""
    program = _program("pdfinfo")
    path = _written(folder, "judged.pdf", data)
    result = _run([program, str(path)])
    if result.returncode:
        pytest.fail(f"pdfinfo cannot read it: {result.stderr.strip()}")
    pairs = (line.partition(":") for line in result.stdout.splitlines())
    return {name.strip(): value.strip() for name, _, value in pairs}


@dataclass(frozen=True, slots=True)
class PdfFont:
    """A font of a PDF, by poppler's `pdffonts`."""

    name: str
    kind: str
    embedded: bool
    subset: bool
    unicode: bool


def pdf_fonts(data: bytes, folder: Path) -> list[PdfFont]:
    """Every font of the PDF, and whether it is embedded and maps back to Unicode."""
    program = _program("pdffonts")
    path = _written(folder, "judged.pdf", data)
    result = _run([program, str(path)])
    if result.returncode:
        pytest.fail(f"pdffonts cannot read it: {result.stderr.strip()}")
    fonts = []
    for line in result.stdout.splitlines()[2:]:
        words = line.split()  # name, type (one or two words), encoding, emb, sub, uni, object, id
        embedded, subset, mapped = words[-5:-2]
        fonts.append(
            PdfFont(
                words[0],
                " ".join(words[1:-6]),
                embedded == "yes",
                subset == "yes",
                mapped == "yes",
            )
        )
    return fonts


def qpdf_errors(data: bytes, folder: Path) -> list[str]:
    """What qpdf finds wrong with the PDF's structure; empty when it is sound."""
    program = _program("qpdf")
    path = _written(folder, "judged.pdf", data)
    result = _run([program, "--check", str(path)])
    if result.returncode == 0:
        return []
    said = (result.stdout + result.stderr).splitlines()
    return [line for line in said if line.strip()] or [f"qpdf ended with {result.returncode}"]


def pdf_pages_as_png(data: bytes, folder: Path, *, dots_per_inch: int = 70) -> list[Path]:
    """One picture a page, by poppler, for a person (or a pixel count) to look at."""
    program = _program("pdftoppm")
    path = _written(folder, "judged.pdf", data)
    stem = folder / "page"
    result = _run([program, "-r", str(dots_per_inch), "-png", str(path), str(stem)])
    if result.returncode:
        pytest.fail(f"pdftoppm cannot draw it: {result.stderr.strip()}")
    return sorted(folder.glob("page-*.png"))


# --- mail ------------------------------------------------------------------------------------


def mail_servers() -> tuple[str, str]:
    """Exim and Dovecot, for a test that starts both on this machine as root."""
    here = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    exim = shutil.which("exim4", path=here) or shutil.which("exim", path=here)
    dovecot = shutil.which("dovecot", path=here)
    if not exim or not dovecot:
        _missing("a mail server", "install Exim and Dovecot (exim4-daemon-light, dovecot-imapd)")
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        _missing("root, who alone may start mail servers,", "run the tests as root")
    return exim, dovecot


_EMAIL_MIME = r"""
use strict; use warnings; use Email::MIME; use Encode; use JSON::PP; use MIME::Base64;
binmode STDIN; local $/; my $mail = Email::MIME->new(<STDIN>); my @parts;
$mail->walk_parts(sub {
    my $part = shift; return if $part->subparts;
    push @parts, {type => (split /;/, $part->content_type)[0],
        name => scalar($part->filename) // "", data => encode_base64($part->body, "")};
});
my %headers = map { $_ => scalar($mail->header_str($_)) } qw(Subject To Cc From);
print JSON::PP->new->ascii->encode({headers => \%headers, parts => \@parts});
"""


def email_mime_read(data: bytes) -> dict[str, Any]:
    """A message as Perl's Email::MIME reads it.

    `headers` (decoded) by name, and `parts`: each a dict of `type`, `name`, `data` (bytes).
    """
    perl = _program("perl")
    known = subprocess.run([perl, "-MEmail::MIME", "-e", "1"], capture_output=True, check=False)
    if known.returncode:
        _missing("Perl's Email::MIME", "install it (libemail-mime-perl)")
    result = subprocess.run(
        [perl, "-e", _EMAIL_MIME], input=data, capture_output=True, timeout=_TIMEOUT, check=False
    )
    if result.returncode or result.stderr:
        pytest.fail(f"Email::MIME cannot read it: {result.stderr.decode('utf-8', 'replace')}")
    found: dict[str, Any] = json.loads(result.stdout)
    for part in found["parts"]:
        part["data"] = base64.b64decode(part["data"])
    return found


def as_running_text(text: str) -> str:
    """`text` with every run of white space made one space and soft hyphens dropped.

    For finding a statement in a text layer, where lines end wherever the page made them end.
    """
    return " ".join(text.replace("\u00ad", "").split())


# --- a display -----------------------------------------------------------------------------------


@contextmanager
def screen(width: int, height: int) -> Iterator[str]:
    """An X display of this many points, by its name (`:99`), while the block runs."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [
            _program("Xvfb"), "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24",
            "-nolisten", "tcp",
        ],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=_TIMEOUT)


def window_titles(display: str) -> str:
    """What the windows on a display are called, as xwininfo lists them."""
    listed = _run([_program("xwininfo"), "-display", display, "-root", "-tree"])
    assert listed.returncode == 0, listed.stderr
    return "\n".join(line for line in listed.stdout.splitlines() if '"' in line)
