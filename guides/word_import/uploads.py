"""Documents that nobody made a draft from are deleted."""

from datetime import timedelta

from django.utils import timezone

from .models import WordUpload

KEPT_FOR = timedelta(days=2)


def forget_old_uploads() -> None:
    WordUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR).delete()
