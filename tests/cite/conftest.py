"""A handful of sources, a brief made of runs, and one Pandoc process for all tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from briefgen.cite import Citeproc
from briefgen.facts.model import Source

RECORDS: list[dict[str, Any]] = [
    {
        "id": "kamran",
        "type": "article-newspaper",
        "title": "Pakistan and Russia mark 75 years of ties",
        "author": [{"family": "Kamran", "given": "Sehar"}],
        "container-title": "Arab News",
        "issued": {"date-parts": [[2023, 5, 3]]},
        "URL": "https://example.org/a_b?c=1&d=2",
        "accessed": {"date-parts": [[2023, 9, 1]]},
    },
    {
        "id": "awan-a",
        "type": "post-weblog",
        "title": "A productive meeting of ministers",
        "author": [{"family": "Awan", "given": "Zamir Ahmed"}],
        "issued": {"date-parts": [[2023]]},
        "URL": "https://example.org/meeting",
    },
    {
        "id": "awan-b",
        "type": "post-weblog",
        "title": "Strategic dialogue resumes",
        "author": [{"family": "Awan", "given": "Zamir Ahmed"}],
        "issued": {"date-parts": [[2023]]},
        "URL": "https://example.org/dialogue",
    },
    {
        "id": "ministry",
        "type": "report",
        "title": "Year book",
        "author": [{"literal": "Ministry of Foreign Affairs"}],
        "publisher": "Government of Pakistan",
        "publisher-place": "Islamabad",
        "issued": {"date-parts": [[2012]], "circa": True},
        "number": "7",
    },
    {
        "id": "cruz",
        "type": "article-journal",
        "title": "Pipelines across Asia",
        "author": [
            {"family": "Cruz", "given": "Ana", "dropping-particle": "de la"},
            {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
        ],
        "container-title": "Energy Policy",
        "volume": "12",
        "issue": "3",
        "page": "101-118",
        "issued": {"date-parts": [[2013, 21]]},
        "DOI": "10.1000/xyz123",
    },
    {
        "id": "undated",
        "type": "book",
        "title": "A history without a date",
        "author": [{"family": "Doe", "given": "Jane", "suffix": "Jr."}],
        "publisher": "Oak",
        "publisher-place": "London",
        "edition": "2",
    },
    {
        "id": "anonymous",
        "type": "article-newspaper",
        "title": "Islamabad, Moscow set sights on new era in relations",
        "container-title": "Dawn",
        "issued": {"date-parts": [[2011, 9, 17]]},
    },
]


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes the user's own cache."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFGEN_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def sources() -> Mapping[str, Source]:
    """The sources above, by id."""
    return {record["id"]: Source(record["id"], record) for record in RECORDS}


@pytest.fixture(scope="session")
def citeproc() -> Iterator[Citeproc]:
    """One Pandoc process that is kept, as in batch."""
    with Citeproc() as process:
        process.start()  # now, not in a test: it outlives that
        yield process
