"""Web pages: their text without what is around it, and what they say of themselves.

lxml reads them. Nothing is fetched or run; what cannot be seen on the page is no text of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from briefgen.capture.metadata import date, line, names_of
from briefgen.capture.model import SavedText, numbered
from briefgen.capture.plain_text import decoded
from briefgen.errors import InputError, Origin
from briefgen.patterns import lazy_pattern

MOST_ELEMENTS = 400_000
_MOST_JSON = 2**18

_NOT_READ = frozenset((
    "script", "style", "nav", "noscript", "template", "svg", "math", "iframe", "object", "select",
    "button", "input", "textarea", "form", "head", "footer", "aside", "video", "audio", "canvas",
    "dialog", "menu",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_APART = frozenset(("nav", "form", "footer", "aside", "menu", "dialog", "video", "iframe"))
"""Of what is not read, what parts the text before it from the text behind it."""
_HIDDEN = lazy_pattern(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_CHARSET = lazy_pattern(rb"(?i)<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]{2,40})")
_SAVED_FROM = lazy_pattern(r"(?i)(?:saved from url=\(\d+\)|\burl:\s*)(https?://[^\s<>]+)")
_HALF = 0.5
_ENOUGH = 200

_TYPES = {
    "newsarticle": "article-newspaper", "reportagenewsarticle": "article-newspaper",
    "opinionnewsarticle": "article-newspaper", "analysisnewsarticle": "article-newspaper",
    "scholarlyarticle": "article-journal", "blogposting": "post-weblog", "report": "report",
    "socialmediaposting": "post", "dataset": "dataset", "book": "book", "legislation":
    "legislation",
}  # fmt: skip
_ARTICLES = frozenset(("article", "webpage", *_TYPES))


def read_html(data: bytes, origin: Origin) -> SavedText:
    """A web page that was saved. Raises `InputError`."""
    root = parsed(data, "", origin)
    return SavedText("html", numbered(html_paragraphs(root)), html_csl(root))


def parsed(data: bytes, charset: str, origin: Origin) -> etree._Element:
    """The tree of a page; `charset` is what stands around it says. Raises `InputError`."""
    found = _CHARSET.search(data[:4096])
    said = charset or (found.group(1).decode("ascii", "replace") if found is not None else "")
    text = decoded(data, said).replace("\0", " ")
    if text.count("<") > 3 * MOST_ELEMENTS:  # beginnings, ends, and as many comments
        raise _too_many(origin)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise InputError("this is no web page", hint="save it again as HTML", origin=origin)
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise _too_many(origin)
    return root


def _too_many(origin: Origin) -> InputError:
    what = "the page has more parts than any real one"
    return InputError(what, hint="save it as text", origin=origin)


# --- its text --------------------------------------------------------------------------------


def html_paragraphs(root: etree._Element) -> list[str]:
    """The paragraphs of a page: of its article where that is most of it, else of all."""
    whole = _texts(root)
    length = sum(map(len, whole))
    for inner in _articles(root):
        texts = _texts(inner)
        within = sum(map(len, texts))
        if within >= _ENOUGH and within >= _HALF * length:
            return texts
    return whole


def _articles(root: etree._Element) -> Iterator[etree._Element]:
    """What may be the article itself, the narrowest kinds first; one that stands alone."""
    for path in ("//*[@itemprop='articleBody']", "//article", "//main | //*[@role='main']"):
        found: Any = root.xpath(path)
        if len(found) == 1:
            around = next(found[0].iterancestors("article"), None)
            if around is not None:  # a headline often stands beside the body
                yield around
            yield found[0]


def _texts(root: etree._Element) -> list[str]:
    """The paragraphs within an element, none of them recursively found: pages nest deeply."""
    done: list[str] = []
    pieces: list[str] = []
    breaks = 0

    def end() -> None:
        text = " ".join("".join(pieces).split())
        if text:
            done.append(text)
        pieces.clear()

    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag
        name = tag.lower() if isinstance(tag, str) else ""
        if event == "start":
            if name in _NOT_READ or _is_hidden(element):
                if name in _APART:
                    end()
                walk.skip_subtree()
                continue
            if name == "br":
                breaks += 1
                if breaks > 1:
                    end()
                pieces.append(" ")
                continue
            if name in _BLOCKS:
                end()
            elif name in ("td", "th"):
                pieces.append(" ")
            breaks = _more(element.text, pieces, breaks)
        else:
            if name in _BLOCKS:
                end()
            if element is not root:
                breaks = _more(element.tail, pieces, breaks)
    end()
    return done


def _more(text: str | None, pieces: list[str], breaks: int) -> int:
    """Add a text; line ends in a row count only while nothing stands between them."""
    if text:
        pieces.append(text)
    return 0 if text and text.strip() else breaks


def _is_hidden(element: etree._Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style", "")))
        or (element.tag == "header" and next(element.iterancestors("article", "main"), None) is None
            and not element.xpath(".//h1"))
    )  # fmt: skip


# --- what it says of itself ------------------------------------------------------------------


def html_csl(root: etree._Element) -> dict[str, Any]:
    """Title, authors, date, site and address of a page, as far as it tells them."""
    meta = _metas(root)
    data = next(iter(_json_ld(root)), {})
    kind = _kind(meta, data)
    csl: dict[str, Any] = {"type": kind}
    title = _first(
        meta.get("citation_title"), data.get("headline"), meta.get("og:title"),
        meta.get("dc.title"), _text_of(root, "//h1"), data.get("name"), _text_of(root, "//title"),
    )  # fmt: skip
    site = _first(
        meta.get("citation_journal_title"), meta.get("og:site_name"),
        _named(data.get("publisher")), meta.get("application-name"),
    )  # fmt: skip
    if title:
        csl["title"] = _without_site(title, site)
    names = names_of(_authors(root, meta, data))
    if names:
        csl["author"] = names
    if site and site != csl.get("title"):
        csl["container-title"] = site
    issued = _issued(root, meta, data)
    if issued:
        csl["issued"] = issued
    url = _address(root, meta)
    if url:
        csl["URL"] = url
    if meta.get("citation_doi"):
        csl["DOI"] = meta["citation_doi"][0].removeprefix("doi:").strip()
    language = line(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"))
    if language:
        csl["language"] = language.replace("_", "-")
    return csl


def _metas(root: etree._Element) -> dict[str, list[str]]:
    """The contents of the page's meta elements, by name in small letters."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        said = line(element.get("content"))
        if name and said:
            found.setdefault(name.lower().strip(), []).append(said)
    return found


def _json_ld(root: etree._Element) -> Iterator[Mapping[str, Any]]:
    """What the page says of its article as JSON-LD."""
    for element in root.iter("script"):
        text = element.text or ""
        if "ld+json" not in (element.get("type") or "") or len(text) > _MOST_JSON:
            continue
        try:
            said: Any = json.loads(text)
        except (ValueError, RecursionError):
            continue
        records = said if isinstance(said, list) else [said]
        for record in list(records):
            if isinstance(record, dict) and isinstance(record.get("@graph"), list):
                records = [*records, *record["@graph"]]
        for record in records:
            if isinstance(record, dict) and _is_article(record):
                yield record


def _is_article(record: Mapping[str, Any]) -> bool:
    kinds = record.get("@type")
    said = kinds if isinstance(kinds, list) else [kinds]
    return any(str(one).lower() in _ARTICLES for one in said)


def _kind(meta: Mapping[str, list[str]], data: Mapping[str, Any]) -> str:
    kinds = data.get("@type")
    for one in kinds if isinstance(kinds, list) else [kinds]:
        if str(one).lower() in _TYPES:
            return _TYPES[str(one).lower()]
    return "article-journal" if "citation_journal_title" in meta else "webpage"


def _authors(
    root: etree._Element, meta: Mapping[str, list[str]], data: Mapping[str, Any]
) -> list[str]:
    said = data.get("author")
    told = [_named(one) for one in (said if isinstance(said, list) else [said])]
    for names in (meta.get("citation_author"), told, meta.get("author"),
                  meta.get("article:author"), meta.get("dc.creator"),
                  [_text_of(root, "//*[@rel='author']")]):  # fmt: skip
        good = [name for name in names or () if name and "://" not in name]
        if good:
            return good
    return []


def _issued(root: etree._Element, meta: Mapping[str, list[str]], data: Mapping[str, Any]) -> str:
    said = [meta.get(name) for name in ("citation_publication_date", "citation_date")]
    said.append([str(data.get("datePublished") or "")])
    said += [
        meta.get(name)
        for name in ("article:published_time", "og:article:published_time", "datepublished",
                     "parsely-pub-date", "dc.date.issued", "dcterms.issued", "dc.date",
                     "publishdate", "pubdate", "date")
    ]  # fmt: skip
    times: Any = root.xpath("//time[@itemprop='datePublished'] | //article//time | //time")
    said.append([line(one.get("datetime")) for one in times[:1]])
    for texts in said:
        for text in texts or ():
            # A page tells the day with the hour behind it, each in a way of its own.
            read = date(text) or date(text[:10])
            if read:
                return read
    return ""


def _address(root: etree._Element, meta: Mapping[str, list[str]]) -> str:
    canonical: Any = root.xpath("//link[@rel='canonical']/@href")
    comments: Any = root.xpath("//comment()[position() < 20] | /comment()")
    before = root.getprevious()
    while before is not None:
        comments = [before, *comments]
        before = before.getprevious()
    saved = [found.group(1) for one in comments if (found := _SAVED_FROM.search(one.text or ""))]
    for said in (*canonical, *meta.get("og:url", ()), *saved, *meta.get("citation_public_url", ())):
        text = line(str(said))
        if text.lower().startswith(("http://", "https://")) and " " not in text:
            return text
    return ""


def _first(*said: object) -> str:
    for one in said:
        text = line(one[0] if isinstance(one, list) and one else one)
        if text:
            return text
    return ""


def _named(said: object) -> str:
    if isinstance(said, list):
        said = said[0] if said else ""
    return line(said.get("name")) if isinstance(said, dict) else line(said)


def _text_of(root: etree._Element, path: str) -> str:
    found: Any = root.xpath(path)
    return line("".join(found[0].itertext())) if found else ""


def _without_site(title: str, site: str) -> str:
    """`Title | Site` and `Title - Site` without the site."""
    for sign in (" | ", " - ", " – ", " — ", " :: "):
        head, found, tail = title.rpartition(sign)
        if found and head and site and tail.casefold() == site.casefold():
            return head
    return title
