"""briefgen: cited briefings from a structured fact base.

A fact's trip reads straight off the folder listing::

    facts -> index -> select -> brief -> cite -> render -> mail

`workspace` composes the stages; `cli` drives the workspace.
"""

__version__ = "0.1.0"
