"""What the app remembers from one start to the next: briefs, bases, where one was."""
