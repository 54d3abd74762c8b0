"""Sees to what the tests need from outside Python: judge programs and Qt's system libraries.

What is missing is installed with apt on Debian and Ubuntu, as root or where sudo asks for no
password; elsewhere it is named, with what would bring it, and the tests concerned are skipped.
With `CI` set that is an error: a machine meant to judge never passes by not looking.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
OOXML = HERE / "ooxml"
APT_SECONDS = 900
NPM_SECONDS = 300


@dataclass(frozen=True)
class Need:
    """Something that some tests cannot do without."""

    name: str
    used_for: str
    is_there: Callable[[], bool]
    packages: tuple[str, ...]
    """Debian's and Ubuntu's names."""
    in_ci_alone: bool = False
    """A server: not put on a person's machine unasked, where it would start with the system."""


def program(*names: str) -> Callable[[], bool]:
    """Whether one of these programs is on the path."""
    return lambda: any(shutil.which(name) for name in names)


def system_program(*names: str) -> Callable[[], bool]:
    """Whether one of these is there, on the path or where programs for root lie."""
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    return lambda: any(shutil.which(name, path=places) for name in names)


def perl_module(name: str) -> Callable[[], bool]:
    """Whether Perl has a module."""
    return lambda: bool(shutil.which("perl")) and run(["perl", f"-M{name}", "-e", "1"], 20,
                                                      quiet=True)  # fmt: skip


def library(*names: str) -> Callable[[], bool]:
    """Whether all these shared libraries can be loaded."""

    def loads(name: str) -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return lambda: all(loads(name) for name in names)


def font(family: str) -> Callable[[], bool]:
    """Whether this family is installed."""

    def installed() -> bool:
        asked = ["fc-list", f":family={family}", "file"]
        try:
            return bool(subprocess.run(asked, capture_output=True, check=True).stdout.strip())
        except (OSError, subprocess.SubprocessError):
            return False

    return installed


PROGRAMS = (
    Need("LibreOffice", "opening our DOCX", program("soffice", "libreoffice"),
         ("libreoffice-writer",)),
    Need("Carlito", "setting our DOCX to the measures of Calibri", font("Carlito"),
         ("fonts-crosextra-carlito",)),
    Need("poppler", "reading our PDF", program("pdftotext"), ("poppler-utils",)),
    Need("qpdf", "checking our PDF's structure", program("qpdf"), ("qpdf",)),
    Need("Xvfb", "a screen for the app's window", program("Xvfb"), ("xvfb",)),
    Need("xwininfo", "finding that window", program("xwininfo"), ("x11-utils",)),
    Need("Email::MIME", "reading our messages", perl_module("Email::MIME"),
         ("libemail-mime-perl",)),
    Need("Exim", "taking our messages", system_program("exim4", "exim"), ("exim4-daemon-light",),
         in_ci_alone=True),
    Need("Dovecot", "giving them back", system_program("dovecot"), ("dovecot-imapd",),
         in_ci_alone=True),
    Need("strace", "seeing that nothing connects", lambda: not sys.platform.startswith("linux")
         or program("strace")(), ("strace",), in_ci_alone=True),
    Need("Node", "running the Open XML SDK", program("node"), ("nodejs",)),
    Need("npm", "installing the Open XML SDK", lambda: validator() or program("npm")(), ("npm",)),
)  # fmt: skip

# What Qt's wheels expect the system to have, for its offscreen and xcb platforms.
QT_LIBRARIES = tuple(
    Need(package, "the desktop app", library(soname), (package,))
    for package, soname in (
        ("libdbus-1-3", "libdbus-1.so.3"),
        ("libegl1", "libEGL.so.1"),
        ("libfontconfig1", "libfontconfig.so.1"),
        ("libgl1", "libGL.so.1"),
        ("libglib2.0-0", "libgthread-2.0.so.0"),
        ("libxcb-cursor0", "libxcb-cursor.so.0"),
        ("libxcb-icccm4", "libxcb-icccm.so.4"),
        ("libxcb-image0", "libxcb-image.so.0"),
        ("libxcb-keysyms1", "libxcb-keysyms.so.1"),
        ("libxcb-randr0", "libxcb-randr.so.0"),
        ("libxcb-render-util0", "libxcb-render-util.so.0"),
        ("libxcb-shape0", "libxcb-shape.so.0"),
        ("libxcb-sync1", "libxcb-sync.so.1"),
        ("libxcb-xfixes0", "libxcb-xfixes.so.0"),
        ("libxcb-xkb1", "libxcb-xkb.so.1"),
        ("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
        ("libxkbcommon0", "libxkbcommon.so.0"),
    )
)


def validator() -> bool:
    """Whether the Open XML SDK validator is installed."""
    folder = Path(os.environ.get("BRIEFGEN_JUDGES") or OOXML)
    return (folder / "node_modules" / "@xarsh" / "ooxml-validator").is_dir()


def main() -> int:
    """Install what can be, name the rest. 1 when something is missing and `CI` is set."""
    needs = [*PROGRAMS, *(QT_LIBRARIES if sys.platform.startswith("linux") else ())]
    missing = [need for need in needs if not need.is_there()]
    if missing:
        wanted = [need for need in missing if os.environ.get("CI") or not need.in_ci_alone]
        install_with_apt([package for need in wanted for package in need.packages])
        missing = [need for need in missing if not need.is_there()]
    if not validator():
        install_validator()
    for need in missing:
        say(f"{need.name} is missing ({need.used_for}); on Debian and Ubuntu: "
            f"apt install {' '.join(need.packages)}")  # fmt: skip
    if not validator():
        say("the Open XML SDK validator is missing (judging our DOCX); "
            "run npm install --prefix tools/ooxml")  # fmt: skip
    if not missing and validator():
        return 0
    if os.environ.get("CI"):
        print("error: with CI set nothing may be missing", file=sys.stderr)
        return 1
    say("the tests concerned are skipped")
    return 0


def install_with_apt(packages: list[str]) -> None:
    """Install packages, where this machine and this person can."""
    prefix = as_root()
    if not packages or prefix is None or not shutil.which("apt-get"):
        return
    say(f"installing with apt: {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    run([*apt, "update"], APT_SECONDS)
    run([*apt, "install", "--yes", "--no-install-recommends", *packages], APT_SECONDS)


def as_root() -> list[str] | None:
    """What to put before a command to run it as root, or None."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    return sudo if shutil.which("sudo") and run([*sudo, "true"], 10, quiet=True) else None


def install_validator() -> None:
    """Install the Open XML SDK validator beside its package.json, without a lock file."""
    npm = shutil.which("npm")
    if npm is None or os.environ.get("BRIEFGEN_JUDGES"):
        return
    say("installing the Open XML SDK validator with npm")
    run([npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"],
        NPM_SECONDS, folder=OOXML)  # fmt: skip


def run(
    command: list[str], seconds: int, *, folder: Path | None = None, quiet: bool = False
) -> bool:
    """Run a command without a keyboard; whether it went well. Its last line is shown if not."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        say(f"{command[0]}: {error}")
        return False
    if done.returncode and not quiet:
        said = [line for line in done.stdout.splitlines() if line.strip()]
        say(f"{' '.join(command[:6])} …: {said[-1] if said else f'ended with {done.returncode}'}")
    return done.returncode == 0


def say(line: str) -> None:
    """One line about the set-up."""
    print(f"set-up: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
