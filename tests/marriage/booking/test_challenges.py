"""What an address that chooses very often must pass."""

import http.server
import json
import threading
from urllib.parse import parse_qs

import pytest
from django.core.cache import cache
from django.http import QueryDict

from marriage.booking import challenges
from marriage.models import BookingRules

from ..serving import free_port
from ..steps import choose_time, text_of

pytestmark = pytest.mark.django_db


def form(**values) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


def total(question: str) -> int:
    first, second = question.removesuffix("等于几？").split("加")
    return challenges.DIGITS.index(first) + challenges.DIGITS.index(second)


@pytest.mark.parametrize("write", [str, lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n))])
def test_the_answer_to_a_question_counts_once(write):
    question, signed = challenges.new_question()
    answer = form(answer=write(total(question)), question=signed)
    assert challenges.is_passed(answer)
    assert not challenges.is_passed(answer)


def test_a_wrong_answer_uses_the_question_up():
    question, signed = challenges.new_question()
    assert not challenges.is_passed(form(answer="99", question=signed))
    assert not challenges.is_passed(form(answer=str(total(question)), question=signed))


@pytest.mark.parametrize("signed", ["", "x", "a:b:c"])
def test_a_made_up_question_is_none(signed):
    assert not challenges.is_passed(form(answer="4", question=signed))


class Service(http.server.BaseHTTPRequestHandler):
    """Answers as such services do: a token is good once."""

    tokens = {"good"}

    def do_POST(self):
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        token = given["response"][0]
        success = given["secret"] == ["s3cret"] and token in self.tokens
        self.tokens.discard(token)
        body = json.dumps({"success": success}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def captcha(settings):
    cache.delete(challenges.DOWN)
    server = http.server.HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.CAPTCHA = {
        "verify_url": f"http://127.0.0.1:{server.server_port}/siteverify",
        "script": "https://captcha.example/api.js",
        "site_key": "site-key",
        "secret": "s3cret",
        "field": "h-captcha-response",
        "css_class": "h-captcha",
    }
    Service.tokens = {"good"}
    yield settings.CAPTCHA
    server.shutdown()
    server.server_close()
    cache.delete(challenges.DOWN)


def test_an_outside_captcha_is_asked_in_place_of_the_question(captcha):
    assert challenges.is_passed(form(**{"h-captcha-response": "good"}))
    assert not challenges.is_passed(form(**{"h-captcha-response": "good"}))
    assert not challenges.is_passed(form(**{"h-captcha-response": "bad"}))
    question, signed = challenges.new_question()
    assert not challenges.is_passed(form(answer=str(total(question)), question=signed))


def test_the_question_comes_back_while_the_service_does_not_answer(captcha, settings):
    settings.CAPTCHA = {**captcha, "verify_url": f"http://127.0.0.1:{free_port()}/"}
    assert not challenges.is_passed(form(**{"h-captcha-response": "good"}))
    assert challenges.captcha() is None
    question, signed = challenges.new_question()
    assert challenges.is_passed(form(answer=str(total(question)), question=signed))


def test_the_page_shows_it_and_its_policy_lets_it_in(client, slot, captcha):
    rules = BookingRules.load()
    rules.challenge_after = 1
    rules.save()
    choose_time(client, slot)
    response = client.get(f"/marriage/day/{slot.date}/")
    page = text_of(response)
    assert 'data-sitekey="site-key"' in page
    assert "小问题" not in page
    policy = response["Content-Security-Policy"]
    for name in ("script-src", "frame-src"):
        [sources] = [part for part in policy.split("; ") if part.startswith(name)]
        assert "https://captcha.example" in sources
    assert "'self'" in next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "https://captcha.example" not in client.get("/marriage/")["Content-Security-Policy"]
    refused = client.post("/marriage/hold/", {"slot": slot.pk})
    assert refused.status_code == 429
    taken = client.post("/marriage/hold/", {"slot": slot.pk, "h-captcha-response": "good"})
    assert taken.status_code == 302
