"""Printing the very pages of the PDF."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QPoint, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from briefgen.gui.pages.pdfium import PdfPages
from briefgen.gui.view_models.words import counted
from briefgen.gui.window import MainWindow
from briefgen.pipeline.clock import moment
from briefgen.pipeline.draft import MadeBrief
from briefgen.pipeline.export import make_brief
from briefgen.pipeline.places import base_of

DOTS = 600
"""Dots per inch at most: more is not seen, and a page of 1200 has half a gigabyte."""

Printers = Callable[[], QPrinter]


def ask_print(
    window: MainWindow,
    make_printer: Printers = lambda: QPrinter(QPrinter.PrinterMode.HighResolution),
) -> None:
    """Make the pages anew, ask for printer and pages, and print."""
    session = window.session
    spec = session.spec
    folder = base_of(spec, session.base_flag)
    templates = session.templates

    def work(say: Callable[[str], None]) -> MadeBrief:
        created, today = moment()
        return make_brief(spec, folder, templates, ("pdf",), created=created, today=today, step=say)

    def made(done: MadeBrief) -> None:
        printer = make_printer()
        printer.setDocName(done.brief.title)
        with PdfPages(done.data["pdf"]) as pages:
            sizes = pages.sizes
        set_up(printer, sizes[0])
        dialog = QPrintDialog(printer, window)
        dialog.setMinMax(1, len(sizes))
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.accepted.connect(lambda: run_print(window, done.data["pdf"], printer))
        dialog.finished.connect(lambda result: dialog.deleteLater())
        QDialog.open(dialog)  # QPrintDialog hides the one without a slot

    window.run("Making the pages", work, made)


def set_up(printer: QPrinter, size: tuple[float, float]) -> None:
    """Ask for paper of a page's size, in points, all of it ours: margins are in the page."""
    paper = QPageSize(QSizeF(*size), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setFullPage(True)
    printer.setPageSize(paper)
    printer.setPageMargins(QMarginsF(), QPageLayout.Unit.Point)


def run_print(window: MainWindow, data: bytes, printer: QPrinter) -> None:
    """Print in the background, what was asked for in the dialog."""

    def work(say: Callable[[str], None]) -> int:
        return print_pages(data, printer, say)

    def done(count: int) -> None:
        where = printer.outputFileName() or printer.printerName() or "the printer"
        window.tell(f"Printed {counted(count, 'page')} to {where}")

    window.run("Printing", work, done)


def print_pages(
    data: bytes, printer: QPrinter, say: Callable[[str], None] = lambda step: None
) -> int:
    """Print the pages of a PDF that the printer was asked for; how many these are.

    Raises `OSError` if the printer does not take them. May run in any thread.
    """
    with PdfPages(data) as pages:
        asked = _asked(printer, len(pages.sizes))
        if not asked:
            raise OSError(None, "there are no such pages", printer.printerName())
        copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
        order = [page for _ in range(copies) for page in asked]
        if not printer.collateCopies():
            order = [page for page in asked for _ in range(copies)]
        painter = QPainter()
        if not painter.begin(printer):
            raise OSError(None, "the printer does not take it", printer.printerName())
        try:
            for count, number in enumerate(order):
                say(f"page {count + 1} of {len(order)}")
                if count and not printer.newPage():
                    raise OSError(None, "the printer stopped", printer.printerName())
                _paint(pages, number, printer, painter)
        except BaseException:
            printer.abort()
            raise
        finally:
            painter.end()
    return len(order)


def _asked(printer: QPrinter, count: int) -> list[int]:
    """The pages, from 0, in the order in which they leave the printer."""
    numbers = list(range(count))
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        numbers = numbers[printer.fromPage() - 1 : printer.toPage() or count]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    return numbers


def _paint(pages: PdfPages, number: int, printer: QPrinter, painter: QPainter) -> None:
    """One page in the middle of the paper, as large as it is or as fits."""
    across, up = pages.sizes[number]
    dots = printer.resolution()
    paper = printer.pageLayout().fullRectPixels(dots).size()
    page = QSize(round(across * dots / 72), round(up * dots / 72))
    if page.width() > paper.width() + 2 or page.height() > paper.height() + 2:
        page.scale(paper, Qt.AspectRatioMode.KeepAspectRatio)
    corner = QPoint((paper.width() - page.width()) // 2, (paper.height() - page.height()) // 2)
    width = min(page.width(), round(across * DOTS / 72))
    painter.drawImage(QRect(corner, page), pages.draw(number, width))
