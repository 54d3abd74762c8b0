"""Composes the stages for one brief: what a driver calls, and all that it calls.

Drivers import the module of the task at hand, so that listing facts never loads what rendering
needs: `bases` (open a fact base, list facts), `check`, `export`, `choices` (what there is to
choose from), `places` (where things lie).
"""
