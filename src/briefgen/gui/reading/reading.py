"""What a window does with saved copies: takes them into the base, opens them in the reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from briefgen.errors import BriefgenError, InputError
from briefgen.facts.model import Source
from briefgen.gui.editing import base_menu_of
from briefgen.gui.files import choosing
from briefgen.gui.reading.dropping import DroppedCopies
from briefgen.gui.window import MainWindow
from briefgen.pipeline.clock import moment

# What reads copies, and the windows for it, is imported when it is first asked for: a window opens
# without.
if TYPE_CHECKING:
    from briefgen.capture.model import SavedText
    from briefgen.editing.capturing import Capture
    from briefgen.gui.reading.reader import Reader


class _Read(NamedTuple):
    """A file that was read, or why it could not be."""

    path: Path
    data: bytes = b""
    saved: SavedText | None = None
    fault: str = ""


class Reading(QObject):
    """One for each window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.menu = base_menu_of(window)
        self.readers: dict[str, Reader] = {}
        """The readers that are open, by source."""
        self._made: list[Capture] = []
        self._faults: list[str] = []
        window.session.copy_asked.connect(
            lambda id_: window.attempt(partial(self.read_source, id_))
        )
        DroppedCopies(window, self.keep_files, self.take_address, window.attempt)

    def add_actions(self) -> None:
        """The entries of the menu Base."""
        add = partial(self.window.add_action, "Base")
        add(
            "&Keep a saved copy…",
            self.ask_file,
            keys="Ctrl+Shift+D",
            tip="A page, PDF or document that you saved becomes a source, and opens to be read",
            apart=True,
        )
        add(
            "Rea&d a source…",
            self.choose,
            keys="Ctrl+Shift+H",
            tip="The saved copy of a source, with a form beside it for facts from its passages",
        )

    # --- taking copies into the base ------------------------------------------------------------

    def ask_file(self) -> None:
        """Ask for a saved copy; keep it and open it."""
        from briefgen.capture.read import KINDS

        if self.menu.writer.may_write(self.ask_file):
            kinds = " ".join(f"*{suffix}" for suffix in KINDS)
            choosing.ask_open(
                self.window, "Keep a saved copy", None,
                f"Saved copies ({kinds});;All files (*)",
                lambda path: self.keep_files([path], then_read=True),
            )  # fmt: skip

    def keep_files(self, paths: Sequence[Path], *, then_read: bool = False) -> None:
        """Keep copies, each with its source; say what was made, or with `then_read` open it."""
        if not self.menu.writer.may_write(partial(self.keep_files, paths, then_read=then_read)):
            return

        from briefgen.capture.read import bytes_of_copy, read_saved
        from briefgen.capture.reading_process import ReadingProcess

        def read(say: Callable[[str], None]) -> list[_Read]:
            found = []
            with ReadingProcess() as process:
                for path in paths:
                    say(path.name)
                    try:
                        data = bytes_of_copy(path)
                        found.append(_Read(path, data, read_saved(data, path.name, process)))
                    except InputError as error:
                        found.append(_Read(path, fault=str(error)))
            return found

        def go_on(found: list[_Read]) -> None:
            self._made, self._faults = [], []
            self._keep_next(found, then_read)

        self.window.run("Reading the saved copy", read, go_on)

    def _keep_next(self, found: Sequence[_Read], then_read: bool) -> None:
        """Keep the first of these, then the rest: each needs the base as the one before left it."""
        from briefgen.editing.capturing import plan_kept

        if not found:
            self._tell(then_read)
            return
        one, rest = found[0], found[1:]
        go_on = partial(self._keep_next, rest, then_read)
        if one.saved is None:
            self._faults.append(one.fault)
            go_on()
            return
        try:
            made = plan_kept(self.window.session.index, one.path, one.data, one.saved, moment()[1])
        except BriefgenError as error:
            self._faults.append(str(error))
            go_on()
            return
        self._made.append(made)
        if made.is_kept_already:
            go_on()
            return
        try:
            self.menu.writer.write(made.plan, "", then=go_on)
        except BriefgenError as error:  # nothing was written
            self._made.remove(made)
            self._faults.append(str(error))
            go_on()

    def _tell(self, then_read: bool) -> None:
        made, tell = self._made, self.window.tell
        if not made:
            tell(" ".join(_sentence(fault) for fault in self._faults), "error")
            return
        first = made[0]
        said = [_kept(one) for one in made] if len(made) < 3 else [f"{len(made)} copies are kept."]
        said += [_sentence(fault) for fault in self._faults]
        ways: list[tuple[str, Callable[[], object]]] = []
        if not then_read:
            ways.append(("Read it", partial(self.read_source, first.source)))
        if first.is_new:
            ways.append(("Put the source right", partial(self.menu.edit_source, first.source)))
        if len(made) == 1 and not first.is_kept_already:
            ways.append(("Undo", self.menu.writer.undo_last))
        tell(" ".join(said), "warning" if self._faults else "done", ways)
        if then_read:
            self.read_source(first.source)

    def take_address(self, address: str) -> None:
        """A web address makes a source, to be put right in its form; nothing is fetched."""
        from briefgen.editing.quick_add import guess_source

        guessed, _ = guess_source(address, self.window.session.base, moment()[1])
        self.menu.new_source(guessed)

    # --- the reader -----------------------------------------------------------------------------

    def with_copies(self) -> list[Source]:
        """The sources that name a saved copy, the last one first."""
        sources = self.window.session.base.sources.values()
        return [source for source in sources if source.archive][::-1]

    def choose(self) -> None:
        """Ask which source is to be read."""
        sources = self.with_copies()
        if not sources:
            self.window.tell(
                "No source of this base has a saved copy yet.",
                "warning",
                [("Keep a saved copy…", self.ask_file)],
            )
            return
        from briefgen.gui.reading.choose_copy import ChooseCopyDialog

        dialog = ChooseCopyDialog(self.window, sources)
        dialog.chosen.connect(lambda id_: self.window.attempt(partial(self.read_source, id_)))
        dialog.open()

    def read_source(self, id_: str, marked: tuple[int, int] | None = None) -> None:
        """Open the saved copy of a source. Raises `BriefgenError` if there is none.

        `marked` is a passage that a fact is to be made of at once, from one letter to another.
        """
        from briefgen.capture.model import of_own_text
        from briefgen.capture.read import bytes_of_copy, read_saved
        from briefgen.editing.capturing import copy_path
        from briefgen.facts.paragraph_ranges import paragraph_ranges

        open_one = self.readers.get(id_)
        if open_one is not None:
            _raise(open_one)
            return
        session = self.window.session
        source = session.base.sources.get(id_)
        if source is None or not source.archive:
            raise InputError(
                "this source has no saved copy", hint="keep one with Base, Keep a saved copy"
            )
        path = copy_path(session.folder, source.archive)
        ranges = paragraph_ranges(source.archive_paragraphs) if source.archive_paragraphs else ()

        def read(say: Callable[[str], None]) -> _Read:
            data = bytes_of_copy(path)
            saved = of_own_text(read_saved(data, path.name), ranges)
            return _Read(path, data, saved)

        self.window.run("Opening the saved copy", read, partial(self._open, id_, marked))

    def _open(self, id_: str, marked: tuple[int, int] | None, read: _Read) -> None:
        if read.saved is None or id_ in self.readers:
            return
        from briefgen.gui.reading.reader import Reader

        reader = Reader(self.menu.writer, id_, read.data, read.saved, self._read_again)
        self.readers[id_] = reader
        reader.finished.connect(lambda result: self.readers.pop(id_, None))
        reader.source_asked.connect(self.menu.edit_source)
        reader.fact_asked.connect(self.menu.edit_fact)
        DroppedCopies(reader, self.keep_files, self.take_address, self.window.attempt)
        _raise(reader)
        if marked is not None:
            reader.text.mark(*marked)
            reader.take_passage()

    def _read_again(self, id_: str, marked: tuple[int, int]) -> None:
        """Go on with a passage in a copy of the base, where facts can be written."""
        self.window.attempt(partial(self.read_source, id_, marked))


def _raise(reader: Reader) -> None:
    reader.show()
    reader.raise_()
    reader.activateWindow()


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}."


def _kept(made: Capture) -> str:
    title = str(made.entry.get("title") or made.source)
    if made.is_kept_already:
        return f"The base has this copy of “{title}” already."
    if made.is_new:
        return f"“{title}” is kept, as a new source."
    return f"The copy is kept with its source, “{title}”."
