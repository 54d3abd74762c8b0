"""The person's folders are those that platformdirs names, unless the environment says else."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest

from briefgen.folders import cache_folder, config_folder, log_folder


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize("home", [None, "", "relative", "/some/where"])
def test_folders_are_the_ones_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    monkeypatch.delenv("BRIEFGEN_CACHE", raising=False)
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
        if home is not None:
            monkeypatch.setenv(name, home)
    assert str(cache_folder()) == platformdirs.user_cache_dir("briefgen")
    assert str(config_folder()) == platformdirs.user_config_dir("briefgen")
    assert str(log_folder()) == platformdirs.user_log_dir("briefgen")


def test_the_cache_can_be_put_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.setenv("BRIEFGEN_CACHE", "~/kept")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "kept"
    monkeypatch.setenv("BRIEFGEN_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder().is_relative_to(tmp_path)
