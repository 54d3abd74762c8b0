"""A brief as a message: what it says, its bytes, its way to the person's mail program or a server.

compose.py        what a message says: own text, key points, what is attached
digest.py         the key points of a brief, each with its sources in short
pointers.py       where what they point to stands
message.py        the bytes (RFC 5322, MIME)
sending.py        SMTP
mail_program.py   the person's mail program
"""

from __future__ import annotations
