"""Figures, service guides and policies for programs, part of `/api/v1/`."""
