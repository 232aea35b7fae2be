"""Taking records out of the register as files."""
