"""Requests are read as UTF-8, whatever `charset` their Content-Type names.

The forms of this site send no other. Django believes the header when it makes the request, before
any middleware: some codecs of Python fail on most text, some let lone surrogates in, and punycode
takes minutes for what one form may hold.
"""

import re

HEADER = "CONTENT_TYPE"
_CHARSET = re.compile(r";\s*charset\s*=\s*(\"[^\"]*\"|[^;]*)", re.IGNORECASE)


def utf8_only(application):
    """Wrap a WSGI application, which then never sees a charset."""

    def wrapped(environ, start_response):
        if "charset" in (given := environ.get(HEADER, "")).lower():
            environ[HEADER] = _CHARSET.sub("", given)
        return application(environ, start_response)

    return wrapped
