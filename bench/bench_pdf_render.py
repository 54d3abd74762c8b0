"""How long the PDF renderer takes: 50, 500 and 5,000 cited entries, and a table of 5,000 rows.

    python bench/bench_pdf_render.py [FILE]

Prints seconds of processor time of the fastest of three runs in one process, after one run that
loads the fonts; the first line is a cold start. With FILE the table is written there as well.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from briefgen.brief.model import Brief
from render.pdf.samples import chronology, long_table


def main(arguments: list[str]) -> None:
    """Measure and print."""
    small = chronology(50, 3)
    start = time.process_time()
    from briefgen.render.pdf import render_pdf

    loaded = time.process_time()
    render_pdf(small)
    rendered = time.process_time()
    lines = [f"{'cold: import, first render':<28}{loaded - start:6.3f} {rendered - loaded:.3f} s"]
    cases: list[tuple[str, Callable[[], Brief]]] = [
        ("50 entries", lambda: small),
        ("500 entries", lambda: chronology(500, 8)),
        ("5,000 entries", lambda: chronology(5000, 20)),
        ("5,000 table rows", lambda: long_table(5000)),
    ]
    for name, make in cases:
        brief = make()
        taken = []
        for _ in range(3):
            begun = time.process_time()
            result = render_pdf(brief)
            taken.append(time.process_time() - begun)
        lines.append(
            f"{name:<28}{min(taken):6.3f} s {result.pages:5} pages {len(result.data) // 1024:6} KiB"
        )
    print("\n".join(lines))
    if arguments:
        Path(arguments[0]).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
