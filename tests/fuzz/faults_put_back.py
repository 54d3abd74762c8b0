"""Faults that readers had once, as changes of the code that mended them."""

from __future__ import annotations

from typing import NamedTuple


class Change(NamedTuple):
    """Text of a file in `src/briefgen`, and what stands in its place."""

    file: str
    mended: str
    faulty: str

    def made(self, text: str) -> str:
        """The file's text with the change. Raises `ValueError` where it does not stand there once."""
        if text.count(self.mended) != 1:
            raise ValueError(f"{self.file} has {text.count(self.mended)} times: {self.mended}")
        return text.replace(self.mended, self.faulty)


class PutBack(NamedTuple):
    """A fault."""

    name: str
    targets: tuple[str, ...]
    """Whose inputs may find it."""
    changes: tuple[Change, ...]


def _one(name: str, targets: str, file: str, mended: str, faulty: str) -> PutBack:
    return PutBack(name, tuple(targets.split(", ")), (Change(file, mended, faulty),))


_SANDBOX = "brief/template/jinja_sandbox.py"
_TREE = "reading/yaml_tree.py"
_SMTP = "mail/sending.py"
FAULTS = (
    # --- texts of templates
    _one("steps of a template's text", "text of a template", _SANDBOX, "if self._steps > MOST_STEPS:", "if False:"),
    _one("texts joined by ~", "text of a template", _SANDBOX, 'made = _bounded("".join(map(str, values)))', 'made = "".join(map(str, values))'),
    _one("methods of texts", "text of a template", _SANDBOX, "return attr in allowed", "return super().is_safe_attribute(obj, attr, value)"),
    _one("a template's number of many digits", "text of a template, template", "brief/template/jinja_text.py", "except ValueError as error:  # a number", "except ZeroDivisionError as error:  # a number"),
    PutBack("a damaged template that was kept", ("kept template",), (
        Change("brief/template/cache.py", 'digest, _, body = kept.read_bytes().partition(b"\\n")\n', "body = kept.read_bytes()\n"),
        Change("brief/template/cache.py", "_decoded(json.loads(body)) if digest == _digest(body) else None", "_decoded(json.loads(body))"),
    )),
    # --- YAML
    _one("deep YAML", "yaml, facts", _TREE, "if len(self.open) >= MAX_DEPTH:", "if False:"),
    PutBack("aliases of aliases", ("yaml", "brief", "csl.yaml"), (
        Change(_TREE, "if parent.size > self.most_nodes:", "if False:"), Change(_TREE, "if self.repeated > MAX_REPEATED_NODES:", "if False:"),
    )),
    PutBack("problems that aliases repeat", ("yaml", "facts", "brief"), (
        Change(_TREE, "if self.repeated > MAX_REPEATED_NODES:", "if False:"), Change("many_problems.py", "if known in self._known:", "if False:"), Change("many_problems.py", "if len(self) < MOST - 1:", "if True:"),
    )),
    _one("unseen characters that turn", "yaml, facts, sources, brief", "reading/shapes.py", "stray = stray_direction(text)", 'stray = ""'),
    _one("lines of a million letters", "base, facts, jobs, csv", "errors.py", "return line if len(line) <= MOST_LETTERS else", "return line if True else"),
    _one("a name like a home's", "brief, jobs, csv, scale and markings, bib", "folders.py", "return Path(os.path.expanduser(path))", "return Path(path).expanduser()"),
    _one("a pipe for a file", "brief, csv, bib, style, template", "ordinary_files.py", "os.open(path, flags | _AT_ONCE | (0 if links", "os.open(path, flags | (0 if links"),
    # --- tables
    _one("elements of a workbook's part", "workbook", "facts/tables/xlsx_table.py", "most_elements=1_000_000", "most_elements=10**12"),
    _one("bytes of a workbook's row", "workbook", "facts/tables/xlsx_table.py", "if max(longest, len(data) - last) > _LONGEST_ROW:", "if False:"),
    _one("cells of nan and 1e400", "workbook", "facts/tables/xlsx_numbers.py", "if not isfinite(number):", "if False:"),
    _one("a namespace with a brace", "workbook", "facts/tables/xlsx_table.py", 'element.tag.rpartition("}")[2] == name', "etree.QName(element).localname == name"),
    _one("a part packed by bzip2", "workbook, house, saved word", "safe_zip.py", "if any(entry.compress_type not in _PACKED for entry in entries):", "if False:"),
    _one("blank rows without end", "csv", "facts/tables/csv_table.py", "if number > _MOST_LINES or len(records) > MOST_ROWS + 1:", "if False:"),
    _one("what a date column holds", "csv, foreign table", "facts/tables/cell_dates.py", "--empty {shown(written)}", "--empty '{written}'"),
    # --- documents
    _one("elements of a house's part", "house", "render/docx/opening.py", "most_elements=1_000_000", "most_elements=10**12"),
    _one("elements of a saved Word file's part", "saved word", "capture/word_text.py", "most_elements=1_000_000", "most_elements=10**12"),
    _one("headers of a saved message", "saved message, saved mhtml", "capture/mail_text.py", "_LONGEST_HEADER = 2_000", "_LONGEST_HEADER = 10**9"),
    # --- dates
    _one("1 BC in a date's parts", "csl.json, csl.yaml", "bibliography/dates.py", "== wanted and not _NONE.fullmatch(text) else None", "== wanted else None"),
    _one("a time in an interval", "dates", "dates/edtf.py", "        if in_interval:\n            _refuse(text, f\"the ends", "        if False:\n            _refuse(text, f\"the ends"),
    _one("long dates of bibliographies", "dates, ris, bib", "bibliography/dates.py", "if len(text) > _LONGEST:", "if False:"),
    # --- the author's own text
    _one("a long word of own text", "own text", "brief/own_text/typography.py", "(?:(?<![^\\s\\\"'<>()])[^\\s", "(?:[^\\s"),
    _one("emphasis within emphasis", "own text", "brief/own_text/reader.py", "_join_texts(_not_too_deep(token.children or ()))", "_join_texts(token.children or ())"),
    # --- bibliographies
    _one("@string of @string", "bib, bib in pieces", "bibliography/bib_split.py", "if length > MAX_TEXT:", "if False:"),
    _one("a type with -", "bib in pieces, bib", "bibliography/bib_split.py", 're.sub("[^A-Za-z0-9]", "", found[1])', 're.sub("[^A-Za-z0-9-]", "", found[1])'),
    _one("@commentary", "bib in pieces, bib", "bibliography/bib_split.py", 'other = _OTHER if _RESERVED.match(kind) else ""', 'other = ""'),
    _one("ids of RIS that are numbers", "ris, two references", "bibliography/ris_read.py", 'if key.isdigit() and key != first("LB"):', "if key.isdigit():"),
    PutBack("an address cut at a blank", ("ris", "addresses", "bib", "csl.json", "foreign table"), (
        Change("bibliography/ris_read.py", 'item["URL"] = first_address(address)', 'item["URL"] = re.split(r"\\s|;(?=https?:)", address)[0]'),
        Change("bibliography/clean.py", "first = first_address(url)", "first = url.split()[0]"),
    )),
    _one("an address before a long text", "addresses, ris", "bibliography/clean.py", "    parts = [place for place, word in enumerate(rest, 1) if _GOES_ON.fullmatch(word)]\n    end = parts[-1] if parts else 0\n    address = \"%20\".join((first, *rest[:end]))\n    return address.rstrip(\";,\") if end < len(rest) else address\n", "    while rest and any(_GOES_ON.fullmatch(word) for word in rest):\n        first += f\"%20{rest.pop(0)}\"\n    return first.rstrip(\";,\") if rest else first\n"),
    _one("works that something tells apart", "two references", "bibliography/identity.py", "apart = _apart(said[0], self._telling[id_])", "apart = ()"),
    _one("deep JSON of a bibliography", "csl.json", "bibliography/csl_data.py", "except (RecursionError, ValueError):", "except ValueError:"),
    _one("a body's name without letters", "csl.json", "bibliography/clean.py", "        if body:\n", "        if body or given.get(\"name\"):\n"),
    # --- styles
    _one("macros of macros", "style at work, style", "cite/style_check.py", "if steps > MAX_STEPS:", "if False:"),
    _one("an encoding that nobody knows", "style", "cite/style_check.py", "except (LookupError, ValueError) as error:  # an", "except ZeroDivisionError as error:  # an"),
    _one("LUA_INIT for Pandoc", "style at work", "cite/pandoc.py", '"lua", "-E", str(_WORKER)', '"lua", str(_WORKER)'),
    # --- what briefgen keeps
    _one("deep JSON of what is remembered", "remembered", "gui/view_models/home/remembered.py", "except (OSError, ValueError, RecursionError):", "except (OSError, ValueError):"),
    _one("moments that no calendar has", "remembered, unsaved form, recovery", "gui/view_models/words.py", "return float(said) if abs(said) < _LATEST else 0.0", "return float(said)"),
    _one("half a character in a path", "remembered", "gui/view_models/home/remembered.py", "json.dumps(said, indent=1).encode()", "json.dumps(said, ensure_ascii=False, indent=1).encode()"),
    _one("null for a selection that was kept", "recovery", "gui/view_models/brief/recovery.py", 'if not fits(unsaved, Unsaved, _RECORDS) or "\\0" in str(unsaved.path):', "if not isinstance(unsaved.spec, BriefSpec) or not isinstance(unsaved.aside, Aside):"),
    # --- mail
    _one("250 where 354 is due", "mail server", _SMTP, "if code < 400 and code != 354:", "if False:"),
    _one("an answer without end", "mail server", "mail/bounded_smtp.py", "if self._lines > REPLY_LINES or self._bytes > REPLY_BYTES:", "if False:"),
    _one("SIZE of a raised digit", "mail server", _SMTP, 'limit = re.fullmatch(r"[0-9]{1,20}", server.esmtp_features["size"].strip())', 'limit = [said] if (said := server.esmtp_features["size"].strip()).isdigit() else None'),
    _one("the login in a server's words", "mail server", "mail/server_words.py", "if any(piece in squeezed for piece in secrets):", "if False:"),
)  # fmt: skip
