"""Secrets of a demonstration or development site, created once and stored beside its data."""

import contextlib
import os
from pathlib import Path

from cryptography.fernet import Fernet


def kept_secret(data_dir: Path, name: str) -> str:
    """The secret in `data_dir/secrets/name`, created on first use, readable by its owner only.

    Two processes that start together get the same secret: the file is linked into place
    whole, and the second to arrive reads what the first one wrote.
    """
    folder = data_dir / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    if not path.exists():
        draft = folder / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(Fernet.generate_key().decode("ascii"))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
