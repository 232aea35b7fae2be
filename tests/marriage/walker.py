"""A citizen over plain HTTP: every request of a whole booking, as a browser without
JavaScript would send them. Used by the storm test and by benchmarks/booking.py."""

import http.client
import re
import time
from urllib.parse import urlencode

from marriage.models import OutboxMessage

ANSWERS = (
    ("origin", "mainland"),
    ("residence", "guangzhou"),
    ("earlier_marriage", "never"),
    ("kinship", "none"),
    ("age", "yes"),
)


class ServerError(Exception):
    """An answer of 5xx; the test or the benchmark has failed."""


def code_sent_to(phone: str) -> str:
    """The last code in the outbox for a telephone, read as its owner would."""
    for message in OutboxMessage.objects.filter(kind="telephone_code").order_by("-pk")[:500]:
        if message.content.get("to") == phone:
            return re.search(r"验证码(\d{6})", message.content["body"])[1]
    return ""


class Walker:
    """One browser. `seconds` collects the time of each request."""

    def __init__(self, port: int, service="marriage"):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.service = service
        self.seconds: list[float] = []

    def close(self):
        self.connection.close()

    def request(self, method, address, data=None) -> tuple[int, str, str]:
        """(status, where to, text)"""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if method == "POST":
            body = urlencode({**(data or {}), "csrfmiddlewaretoken": self.cookies["csrftoken"]})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        self.connection.request(method, f"/marriage/{address}", body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        self.seconds.append(time.perf_counter() - started)
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        if response.status >= 500:
            raise ServerError(f"{method} {address}: {response.status}")
        return response.status, response.getheader("Location", ""), text

    def begin(self, office: int) -> None:
        """Everything up to the choice of a day."""
        self.request("GET", f"services/{self.service}/")
        self.request("POST", f"services/{self.service}/")
        for key, answer in ANSWERS:
            self.request("POST", f"questions/{key}/", {"answer": answer})
        self.request("POST", "materials/")
        self.request("POST", "office/", {"office": office})

    def hold(self, slot: int) -> bool:
        """Whether the place was got."""
        status, _, _ = self.request("POST", "hold/", {"slot": slot})
        return status == 302

    def finish(self, couple: list[dict]) -> bool:
        """Enter both and confirm. True once the confirmation has arrived."""
        for position, person in enumerate(couple, start=1):
            _, where, _ = self.request("POST", f"people/{position}/", person)
        if where == "/marriage/telephone/":
            self.request("POST", "telephone/", {"send": "1"})
            self.request("POST", "telephone/", {"code": code_sent_to(couple[0]["phone"])})
        _, _, text = self.request("GET", "check/")
        seen = re.search(r'name="seen" value="(\w+)"', text)
        if seen is None:
            return False
        status, where, _ = self.request("POST", "check/", {"seen": seen[1]})
        return status == 302 and where == "/marriage/done/"
