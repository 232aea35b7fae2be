"""How many bookings one proved telephone may have on the days of a peak."""

from ..models import Booking, PeakDay
from .errors import TooManyBookingsError


def check(booking: Booking, day, telephone_hash: str) -> None:
    """Raise TooManyBookingsError when a booking on `day` would be one too many for the
    telephone. Runs in the transaction of the booking; the row of the peak is locked, so that
    confirmations at the same time are counted one after the other."""
    if not telephone_hash:
        return
    peak = PeakDay.objects.on(day).exclude(per_telephone=None).select_for_update().first()
    if peak is None:
        return
    mine = Booking.objects.filter(
        telephone_hash=telephone_hash,
        telephone_position__isnull=False,
        slot__date__range=(peak.date, peak.until),
    ).exclude(pk=booking.pk)
    if mine.count() >= peak.per_telephone:
        raise TooManyBookingsError(
            f"“{peak.title}”每个手机号码最多预约{peak.per_telephone}对，这个号码已经约满。"
            "请选择别的日子，或者由当事人用自己的手机号码预约。"
        )
