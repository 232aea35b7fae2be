"""gunicorn as the site is served: no long line, no slow visitor stops it."""

import contextlib
import socket
import time
import urllib.request

import pytest
from cryptography.fernet import Fernet
from django.test.client import BOUNDARY, encode_multipart

from tests.marriage.serving import free_port, server

PATIENCE = 60
SLOW = 24


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    key = Fernet.generate_key().decode()
    with server(f"sqlite:///{folder}/database.sqlite3", folder, [key], port):
        yield port


def answers(port: int) -> bool:
    with contextlib.suppress(OSError):
        url = f"http://127.0.0.1:{port}/healthz"
        return urllib.request.urlopen(url, timeout=PATIENCE).status == 200
    return False


def ask(port: int, head: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        with contextlib.suppress(OSError):  # It need not read to the end.
            connection.sendall(head)
            connection.shutdown(socket.SHUT_WR)
        with contextlib.suppress(OSError):
            return connection.recv(4096)
    return b""


def test_a_reasonable_address_reaches_the_site(port):
    address = b"/healthz?" + b"%E7%BB%93" * 880
    assert ask(port, b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % address).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("length", [9_000, 100_000, 21_000_000])
def test_a_longer_one_does_not(port, length):
    answer = ask(port, b"GET /healthz?%s HTTP/1.1\r\nHost: x\r\n\r\n" % (b"a" * length))
    assert b" 200 " not in answer[:20]
    assert answers(port)


def test_it_is_told_in_both_languages(port):
    answer = ask(port, b"GET /api/v1/?%s HTTP/1.1\r\nHost: x\r\n\r\n" % (b"a" * 8_200))
    head, _, page = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 414 ")
    assert b"charset=utf-8" in head
    assert f"Content-Length: {len(page)}".encode() in head
    assert "网址太长" in page.decode()
    assert "too long" in page.decode()


@pytest.mark.parametrize(
    "headers", [b"X: %s\r\n" % (b"a" * 9_000), b"".join(b"X%d: a\r\n" % n for n in range(200))]
)
def test_nor_do_endless_headers(port, headers):
    answer = ask(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\n%s\r\n" % headers)
    assert answer[:12] == b"HTTP/1.1 431"
    assert "请求头太多或者太长" in answer.decode()
    assert answers(port)


CHARSETS = ["punycode", "rot13", "zlib", "idna", "undefined", "utf-7", "unicode_escape", "gbk", "x"]


@pytest.mark.parametrize("charset", [*CHARSETS, '"zlib"; x=y', "zlib ;x"])
def test_a_charset_is_not_believed(port, charset):
    head = f"GET /healthz?q=a HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/html; CharSet={charset}"
    assert ask(port, f"{head}\r\n\r\n".encode())[:12] == b"HTTP/1.1 200"


def posted(address: str, charset: str, fields: dict) -> bytes:
    body = encode_multipart(BOUNDARY, fields)
    head = (
        f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: multipart/form-data; charset={charset}; boundary={BOUNDARY}\r\n\r\n"
    )
    return head.encode() + body


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("address", ["/feedback/opinion/", "/search/clicked/", "/display/"])
def test_no_charset_breaks_a_form_or_lets_a_lone_surrogate_in(port, address, charset):
    fields = {"path": "+2AA-", "query": r"\ud800", "helpful": "+2AA-", "toggle": r"\ud800"}
    # 503: this site has no tables.
    assert ask(port, posted(address, charset, fields))[9:12] in (b"204", b"302", b"400", b"503")


def test_a_slow_codec_costs_nothing(port):
    # Decoded as punycode, this takes minutes.
    text = ("\U00020000".encode("punycode") + b"a" * 600_000).decode()
    started = time.monotonic()
    ask(port, posted("/display/", "punycode", {"toggle": text}))
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO"])
@pytest.mark.parametrize("value", ["/healthz", "/nope", "//evil.example"])
def test_a_visitor_does_not_say_where_the_site_lies(port, name, value):
    head = f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n{name}: {value}\r\n\r\n"
    assert ask(port, head.encode())[:12] == b"HTTP/1.1 200"


def test_connections_that_never_finish_their_request_stop_nobody(port):
    """Each sends the beginning, then a letter now and then, as `slowloris` does."""
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(SLOW)]
    try:
        for connection in slow:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: ")
        end = time.monotonic() + PATIENCE
        answered = False
        while not answered and time.monotonic() < end:
            with contextlib.suppress(OSError):
                url = f"http://127.0.0.1:{port}/healthz"
                answered = urllib.request.urlopen(url, timeout=2).status == 200
            for connection in slow:
                with contextlib.suppress(OSError):
                    connection.send(b"a")
        assert answered
    finally:
        for connection in slow:
            connection.close()
