"""Why a file was not read. Every message is shown to the user as it is."""


class BusyError(Exception):
    """Too many files are being read. Nothing is wrong with this one: a view answers 503."""


class FileRefusedError(ValueError):
    """The file as a whole cannot be read; a reader raises it with its own message."""


class LimitExceededError(FileRefusedError):
    """Reading it needs more time, memory or output than allowed."""


class BrokenFileError(FileRefusedError):
    """The library that reads the format failed or crashed."""

    def __init__(self, message: str = "文件已损坏，或者不是文件名所说的格式。"):
        super().__init__(message)
