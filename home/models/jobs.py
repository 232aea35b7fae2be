from django.db import models


class JobRun(models.Model):
    """The last run of a periodic job. The error is a type name only, never a message."""

    name = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=120, blank=True)

    changes_no_page = True

    class Meta:
        verbose_name = "定时任务"

    def __str__(self) -> str:
        return self.name
