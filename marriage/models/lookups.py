"""Who has looked a booking up and may see and change it for a while."""

from django.db import models


class LookupSession(models.Model):
    """One look-up by one browser, found by the hash of its cookie; leaving deletes it."""

    key = models.CharField(max_length=64, unique=True)
    booking = models.ForeignKey("marriage.Booking", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "预约查询"
        default_permissions = ()

    def __str__(self):
        return f"LookupSession {self.pk}"
