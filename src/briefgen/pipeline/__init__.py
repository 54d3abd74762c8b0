"""Composes the stages, from a request to files: what a driver calls, and all that it calls.

In the order of the trip: `places` and `settings` (what the request did not say), `bases` (open a
fact base), `draft` (build and cite a brief), `render` (its bytes, within a `budget` of pages),
`export` (`naming` and writing its files), `mailing` (a message with them). `clock` reads the time,
once; `resources` keeps what the next brief can use again.

Drivers import the module of the task at hand, so that listing facts never loads what rendering
needs.
"""
