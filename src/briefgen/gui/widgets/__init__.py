"""Widgets that several parts of the window share. They know no part and change no brief."""
