"""Exports of the register."""
