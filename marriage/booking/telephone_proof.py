"""Proof that a telephone is in the hands of whoever books: a code sent to it by message.

The code is sent through the outbox and kept only as a keyed hash in the encrypted draft; a
demonstration without messages keeps it in plain text there, to show it (`SHOW_TELEPHONE_CODE`).
How many are sent is limited by telephone and day, by network address and hour, and by time; how
many may be tried, by telephone and hour, counted before each try so that parallel tries count.
"""

import datetime
import secrets

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from home import rate_limits

from ..identity.hashes import keyed_hashes
from ..messages import outbox
from ..models import BookingRules, PeakDay
from ..models.bookings import Trust
from ..write_lock import write_transaction

DIGITS = 6
SECONDS_BETWEEN = 60
TRIES_PER_HOUR = 10
OTHER_WAYS = (
    "为您保留的时间过了会放给别人，填过的内容还在。急着办的，可以改填另一个手机号码，"
    "或者带身份证件到登记处现场取号。"
)
# A proof is for one booking; it outlives the hold, so that a lost time costs no second code.
PROOF_HOURS = 2
Proof = BookingRules.TelephoneProof


class ProofError(Exception):
    """No code is sent, or the code is wrong; `message` says what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def is_required(day: datetime.date, rules: BookingRules) -> bool:
    """Whether a booking on `day` needs a proved telephone; at most one query."""
    if rules.telephone_proof == Proof.PEAK:
        return PeakDay.objects.on(day).exists()
    return rules.telephone_proof == Proof.REQUIRED


def trust_of(draft, now=None) -> int:
    """What is known of whoever fills in this draft (`models.bookings.Trust`)."""
    person = draft.people.get("1", {})
    identity = draft.data.get("identity", {})
    if identity and all(person.get(key) == identity[key] for key in ("name", "id_number")):
        return Trust.IDENTITY
    proof = draft.data.get("proof", {})
    if not proof.get("proved_at") or proof.get("telephone") != _hash(person.get("phone", "")):
        return Trust.NONE
    if _age(proof["proved_at"], now) > datetime.timedelta(hours=PROOF_HOURS):
        return Trust.NONE
    return Trust.TELEPHONE


def send_code(draft, address: str, now=None) -> None:
    """Send a code to the telephone of the first person; the draft is changed, not saved.

    `address` is the key of the visitor's network. Raises ProofError.
    """
    now = now or timezone.now()
    rules = BookingRules.load()
    person = draft.people["1"]
    telephone = _hash(person["phone"])
    proof = draft.data.get("proof", {})
    if proof.get("telephone") == telephone and proof.get("sent_at"):
        wait = SECONDS_BETWEEN - int(_age(proof["sent_at"], now).total_seconds())
        if wait > 0:
            raise ProofError(f"验证码刚刚发出，请稍等。{wait}秒以后可以重新发送。")
    if _hits("code-try", telephone, now) >= TRIES_PER_HOUR:
        raise ProofError(_no_more_tries(now))
    check_sending(address, now)
    if _hit("code-telephone", telephone, rate_limits.DAY, now) > rules.codes_per_telephone_day:
        raise ProofError(
            f"今天已经给这个手机号码发了{rules.codes_per_telephone_day}次验证码，不能再发，"
            f"明天可以再试。{OTHER_WAYS}"
        )
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    number = proof.get("number", 0) + 1
    draft.data["proof"] = {
        "telephone": telephone,
        "code": _code_hash(telephone, code),
        "sent_at": now.isoformat(),
        "number": number,
    }
    if _is_shown():
        draft.data["proof"]["shown"] = code
    with write_transaction():
        outbox.tell(
            draft.hold, "telephone_code", [{"phone": person["phone"]}],
            rules=rules, note=code, now=now, about=f"{number}:{secrets.token_hex(4)}",
        )  # fmt: skip


def check_sending(address: str, now=None) -> None:
    """Count one more message asked for from a network in this hour. Raises ProofError when
    there were too many: messages cost the registry money and strangers their peace."""
    if (
        _hit("code-address", address, rate_limits.HOUR, now)
        > BookingRules.load().codes_per_address_hour
    ):
        raise ProofError(
            "您所在的网络这一小时发送的短信太多（许多人共用一个网络时会这样）。"
            f"请在{_next_hour(now)}以后再试，或者换用手机网络。"
        )


def check_code(draft, typed: str, now=None) -> None:
    """Take a code as proof; the draft is changed, not saved. Raises ProofError."""
    now = now or timezone.now()
    rules = BookingRules.load()
    proof = draft.data.get("proof", {})
    telephone = _hash(draft.people["1"]["phone"])
    if not proof.get("code") or proof.get("telephone") != telephone:
        raise ProofError("请先发送验证码。")
    if _age(proof["sent_at"], now) > datetime.timedelta(minutes=rules.code_minutes):
        raise ProofError(f"验证码过了{rules.code_minutes}分钟，已失效，请重新发送。")
    if _hit("code-try", telephone, rate_limits.HOUR, now) > TRIES_PER_HOUR:
        raise ProofError(_no_more_tries(now))
    if not constant_time_compare(proof["code"], _code_hash(telephone, typed)):
        raise ProofError("验证码不对，请对照短信重新输入。收到几条的，以最后一条为准。")
    draft.data["proof"] = {"telephone": telephone, "proved_at": now.isoformat()}


def _no_more_tries(now) -> str:
    return (
        f"为了安全，验证码一小时最多输{TRIES_PER_HOUR}次，已经用完。"
        f"请在{_next_hour(now)}以后重新发送。{OTHER_WAYS}"
    )


def _next_hour(now=None) -> str:
    """15:00: the limits of an hour count from one full hour to the next."""
    following = timezone.localtime(now) + datetime.timedelta(hours=1)
    return f"{following:%H}:00"


def is_waiting(draft, now=None) -> bool:
    """Whether a code was sent to the telephone that is entered now and can still be typed."""
    proof = draft.data.get("proof", {})
    person = draft.people.get("1", {})
    return bool(proof.get("code")) and proof["telephone"] == _hash(person.get("phone", ""))


def shown_code(draft) -> str:
    """The code that was sent last where no message is sent (`SHOW_TELEPHONE_CODE`), or ""."""
    return draft.data.get("proof", {}).get("shown", "") if _is_shown() else ""


def where_code_goes() -> str:
    """“telephone”, or where no message is sent: “page” or “output” (of the program)."""
    if settings.MESSAGE_GATEWAYS["sms"] != "console":
        return "telephone"
    return "page" if _is_shown() else "output"


def _is_shown() -> bool:
    """Never where a message could reach the telephone, whatever the setting says."""
    return settings.SHOW_TELEPHONE_CODE and settings.MESSAGE_GATEWAYS["sms"] == "console"


def _hash(phone: str) -> str:
    return keyed_hashes(f"telephone:{phone}")[0]


def _code_hash(telephone: str, code: str) -> str:
    return keyed_hashes(f"code:{telephone}:{code}")[0]


def _age(moment: str, now=None) -> datetime.timedelta:
    return (now or timezone.now()) - datetime.datetime.fromisoformat(moment)


def _hits(action: str, who: str, now=None) -> int:
    """How often it was counted in this hour."""
    [count] = rate_limits.hits((f"marriage.{action}", who), now=now and now.timestamp())
    return count


def _hit(action: str, who: str, seconds: int, now=None) -> int:
    with write_transaction(durable=False):
        return rate_limits.hit(f"marriage.{action}", who, seconds, now and now.timestamp())
