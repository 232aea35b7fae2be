"""Ways out for messages, chosen by settings.MESSAGE_GATEWAYS = {"sms": name, "mail": name}.

console  prints the text with the recipient masked
file     appends to DATA_DIR/messages/<day>.jsonl, readable by the owner only
mail     Django's mail settings
http     POSTs {"id", "channel", "to", "subject", "text"[, "calendar"][, "headers"]} as JSON to
         MESSAGE_HTTP_URL with the bearer token MESSAGE_HTTP_TOKEN and an Idempotency-Key
"""

import json
import os
import sys
import urllib.request

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from home.personal_data.masking import mask_phone

TIMEOUT_SECONDS = 10


# Those that reach somebody; the others write down what would have been sent.
_SENDING = ("mail", "http")


def is_sent(channel: str) -> bool:
    """Whether messages of the channel reach people: what no one gets is not promised."""
    return settings.MESSAGE_GATEWAYS[channel] in _SENDING


class GatewayError(Exception):
    """The gateway did not take the message."""


def send(
    channel: str,
    key: str,
    to: str,
    subject: str,
    body: str,
    calendar: str = "",
    headers: dict | None = None,
) -> None:
    """Hand one message over; raises when it was not taken. `calendar` is the text of a
    calendar file that goes with a mail, `headers` are those of a mail that is not addressed to one
    person's affair (RFC 8058)."""
    GATEWAYS[settings.MESSAGE_GATEWAYS[channel]](channel, key, to, subject, body, calendar, headers)


def to_console(channel, key, to, subject, body, calendar="", headers=None) -> None:
    shown = mask_phone(to) if channel == "sms" else to[:2] + "***"
    sys.stdout.write(f"[{channel} → {shown}] {body}\n")
    sys.stdout.flush()


def to_file(channel, key, to, subject, body, calendar="", headers=None) -> None:
    folder = settings.DATA_DIR / "messages"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = json.dumps(
        {"id": key, "channel": channel, "to": to, "subject": subject, "text": body},
        ensure_ascii=False,
    )
    path = folder / f"{timezone.localdate():%Y-%m-%d}.jsonl"
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, f"{line}\n".encode("utf-8", "replace"))
    finally:
        os.close(file)


def to_mail(channel, key, to, subject, body, calendar="", headers=None) -> None:
    mail = EmailMessage(subject, body, None, [to], headers=headers)
    if calendar:
        mail.attach("appointment.ics", calendar, "text/calendar; charset=utf-8")
    mail.send()


def to_http(channel, key, to, subject, body, calendar="", headers=None) -> None:
    if not settings.MESSAGE_HTTP_URL.startswith(("https://", "http://")):
        raise GatewayError("MESSAGE_HTTP_URL is not an http address")
    request = urllib.request.Request(  # noqa: S310
        settings.MESSAGE_HTTP_URL,
        data=json.dumps(
            {
                "id": key,
                "channel": channel,
                "to": to,
                "subject": subject,
                "text": body,
                **({"calendar": calendar} if calendar else {}),
                **({"headers": headers} if headers else {}),
            },
            ensure_ascii=False,
        ).encode("utf-8", "replace"),
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "Authorization": f"Bearer {settings.MESSAGE_HTTP_TOKEN}",
            "Idempotency-Key": key,
        },
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
        if answer.status >= 300:
            raise GatewayError(str(answer.status))


GATEWAYS = {"console": to_console, "file": to_file, "mail": to_mail, "http": to_http}
