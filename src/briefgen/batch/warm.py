"""Importing this loads what every job needs: a process made from one that did starts at once."""
