"""E-mail addresses: checked, and in the form that goes over the wire.

What is accepted: `local@domain`, alone or after a name (`Jo Doe <jo@example.org>`). The local
part is a dot-atom (RFC 5322, section 3.2.3), where letters of any script may stand too (RFC 6531);
the domain becomes ASCII by IDNA 2008 (RFC 5891, with the mapping of UTS #46). Quoted local parts
and domains in brackets are valid, and refused: nobody has one, and a mistake looks like one.
"""

from __future__ import annotations

import unicodedata

from briefgen.patterns import LINE_BREAK, UNPRINTABLE, lazy_pattern
from briefgen.suggestions import shown
from briefgen.values import valueclass

_WITH_NAME = lazy_pattern(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_ATOM = lazy_pattern(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x80-\U0010ffff-]+")
_LABEL = lazy_pattern(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")

MAX_LOCAL_BYTES = 64
"""RFC 5321, section 4.5.3.1.1."""
MAX_BYTES = 254
"""A path of 256 octets (RFC 5321, section 4.5.3.1.3) less its angle brackets."""


@valueclass(frozen=True, slots=True)
class Address:
    """A mailbox. Two are equal when mail for them goes to one place, whatever name it carries."""

    local: str
    """Normalised (NFC), never quoted; may hold letters beyond ASCII."""
    domain: str
    """ASCII, in small letters: `xn--…` where people write another script."""
    name: str = ""
    """How the person is called; empty for a bare address."""

    @property
    def spec(self) -> str:
        """`local@domain`, as it goes over the wire."""
        return f"{self.local}@{self.domain}"

    @property
    def is_ascii(self) -> bool:
        """Whether any mail server can take it; one that must know SMTPUTF8 otherwise."""
        return self.local.isascii()

    def __str__(self) -> str:
        """For people: with the name, and a domain in its own script beside the ASCII one."""
        spec = self.spec
        if "xn--" in self.domain:
            spec = f"{self.local}@{_own_script(self.domain)} ({self.domain})"
        return f"{self.name} <{spec}>" if self.name else spec


def parse_address(text: str) -> Address:
    """One address as a person writes it. Raises `ValueError` saying what is wrong with it."""
    if LINE_BREAK.search(text) or UNPRINTABLE.search(text) or "\t" in text:
        raise ValueError(
            f"the address {shown(text)} has a line break or control character in it; remove it"
        )
    written = text.strip()
    name = ""
    match = _WITH_NAME.fullmatch(written)
    if match:
        name, written = _name(match["name"].rstrip(), text), match["address"].strip()
    local, at, domain = written.rpartition("@")
    if not at:
        raise ValueError(f"{shown(text)} is no e-mail address; write one like jo@example.org")
    if any(c in written for c in ",; "):
        raise ValueError(f"{shown(text)} is more than one address; give them one by one")
    local = _local(local, text)
    address = Address(local, _domain(domain, text), name)
    if len(address.spec.encode()) > MAX_BYTES:
        raise ValueError(f"the address {shown(text)} is too long; {MAX_BYTES} bytes are the most")
    return address


def parse_addresses(text: str) -> tuple[Address, ...]:
    """Several addresses as a person writes them, with commas or semicolons between.

    Raises `ValueError` saying what is wrong with the first that is none.
    """
    parts, quoted, before = [""], False, ""
    for character in text:
        if character == '"' and not (quoted and before == "\\"):
            quoted = not quoted
        if character in ",;" and not quoted:
            parts.append("")
        else:
            parts[-1] += character
        before = "" if before == "\\" else character
    return tuple(parse_address(part) for part in parts if part.strip())


def without_repeats(addresses: tuple[Address, ...]) -> tuple[Address, ...]:
    """The same addresses, each mailbox once."""
    first: dict[str, Address] = {}
    for address in addresses:
        first.setdefault(address.spec, address)
    return tuple(first.values())


def _name(written: str, text: str) -> str:
    name = written
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].replace('\\"', '"').replace("\\\\", "\\").strip()
    elif name.count('"') % 2:
        raise ValueError(f"{shown(text)} has a quotation mark that is never closed; close it")
    elif "@" in name:
        raise ValueError(f"{shown(text)} is more than one address; give them one by one")
    return name


def _local(local: str, text: str) -> str:
    local = unicodedata.normalize("NFC", local)
    atoms = local.split(".")
    if not all(_ATOM.fullmatch(atom) and atom.isprintable() for atom in atoms):
        raise ValueError(f"{shown(text)} is no e-mail address: look at what stands before the @")
    if len(local.encode()) > MAX_LOCAL_BYTES:
        raise ValueError(
            f"the address {shown(text)} is too long before the @; "
            f"{MAX_LOCAL_BYTES} bytes are the most"
        )
    return local


def _domain(domain: str, text: str) -> str:
    if not domain.isascii() or "xn--" in domain.lower():
        import idna  # the standard library's codec is IDNA 2003: it sends ß to another domain

        try:
            domain = idna.encode(domain, uts46=True, std3_rules=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            domain = ""
    labels = domain.lower().split(".")
    whole = len(labels) > 1 or labels == ["localhost"]
    if not whole or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise ValueError(f"{shown(text)} is no e-mail address: look at what stands after the @")
    return ".".join(labels)


def _own_script(domain: str) -> str:
    import idna

    try:
        return idna.decode(domain)
    except (idna.IDNAError, UnicodeError):  # pragma: no cover - it was encoded by idna itself
        return domain
