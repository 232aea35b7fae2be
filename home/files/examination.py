"""Looking into an uploaded document, in a process with limits."""

from home import sandbox

from . import document_text

LIMITS = sandbox.Limits(seconds=15)


def examine(file, name: str) -> str:
    """The preview of a file (open, or bytes) called `name`; empty when it has no words.

    Raises FileRefusedError, in words for the editor, for a file that is not what its name
    says or that unpacks beyond all measure. Call it outside a transaction: it may take
    LIMITS.seconds.
    """
    extension = name.rsplit(".", 1)[-1].lower()
    if extension not in document_text.PARTS and extension not in document_text.READERS:
        return ""
    values = sandbox.read(
        document_text.inspect,
        file,
        limits=LIMITS,
        libraries=document_text.LIBRARIES.get(extension, ()),
        extension=extension,
    )
    next(values)
    try:
        # A text that cannot be read, or not in time, is no reason to refuse the file.
        return next(values, "")
    except sandbox.FileRefusedError:
        return ""
    finally:
        values.close()


def preview(name: str, file) -> str:
    """As `examine`, but empty for a file that is refused."""
    try:
        return examine(file, name)
    except sandbox.FileRefusedError:
        return ""
