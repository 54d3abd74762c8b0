"""briefgen: cited briefings from a structured fact base.

A fact's trip reads straight off the folder listing::

    facts -> index -> select -> brief -> cite -> render -> mail

`pipeline` composes the stages; `cli` and `gui` drive it.
"""

__version__ = "0.1.0"
