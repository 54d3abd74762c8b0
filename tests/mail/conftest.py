"""The mail server that tests start, for every test here."""

from __future__ import annotations

from mail_server import authority, certified, password, start, trusting

__all__ = ["authority", "certified", "password", "start", "trusting"]
