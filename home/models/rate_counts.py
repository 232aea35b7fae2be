from django.db import models


class RateCount(models.Model):
    """How often something was done in one span of time (`home.rate_limits`).

    The key is a keyed hash of the action, of who did it and of the span; nothing else is kept.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    changes_no_page = True

    class Meta:
        verbose_name = "访问计数"

    def __str__(self) -> str:
        return f"{self.count}"
