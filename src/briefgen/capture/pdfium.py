"""The one lock around pdfium: it is not for several threads at a time, its README says."""

from __future__ import annotations

import threading

PDFIUM = threading.RLock()
