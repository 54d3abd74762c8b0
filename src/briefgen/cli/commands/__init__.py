"""The commands, one module each: its help, its flags, and what it prints."""
