"""A budget of pages: how far over it a brief is, and the smallest change that brings it back.

`concessions` are what a brief's sections could give up, what matters least first; `search` finds
the smallest of them that fits; `fitting` tries them, by drafting the brief again and laying it
out; `advice` says it in words. Type is never shrunk, and the author's own words never go.
"""
