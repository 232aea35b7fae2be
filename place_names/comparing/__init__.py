"""Compares a list of names that somebody brings with the register; nothing of it is stored."""
