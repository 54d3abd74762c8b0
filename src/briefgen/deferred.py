"""Modules that are imported by others' libraries, and that we do without."""

from __future__ import annotations

import importlib.util
import sys


def defer(name: str) -> None:
    """Have a submodule load when something in it is first touched, not when it is imported.

    Nothing happens if it is loaded already, or not installed: whoever needs it will say so.
    """
    package, _, short = name.rpartition(".")
    try:
        spec = None if name in sys.modules else importlib.util.find_spec(name)
    except ModuleNotFoundError:
        return
    if spec is None or spec.loader is None:
        return
    spec.loader = loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    loader.exec_module(module)
    setattr(sys.modules[package], short, module)  # else `from package import short` touches it
