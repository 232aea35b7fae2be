"""A lost password: the same answer, after the same work, whoever asks for it.

The request only counts and queues; whether the address is known is found out by the worker.
"""

from django.contrib.auth.forms import PasswordResetForm as DjangoPasswordResetForm
from django_tasks import task
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.admin.views.account import PasswordResetView

from home import rate_limits
from home.models import SecuritySettings
from home.personal_data.encryption import decrypt, encrypt
from home.visitors import visitor_key

from . import security_log
from .security_log import account_key


class QueuedPasswordResetForm(PasswordResetForm):
    def save(self, *, request, use_https=False, domain_override=None, **options):
        """Queues the mail. Beyond the limits nothing is sent and the answer is the same: how
        often somebody asked for an address is nobody's business."""
        email = self.cleaned_data["email"]
        limits = SecuritySettings.load()
        account = account_key(email)
        allowed = (
            rate_limits.hit("reset-address", visitor_key(request)) <= limits.resets_per_address
            and rate_limits.hit("reset-account", account) <= limits.resets_per_account
        )
        event = "password reset asked for" if allowed else "password reset refused"
        security_log.write(event, request, account=account)
        if allowed:
            host = domain_override or request.get_host()
            send.enqueue(encrypted_email=encrypt(email), host=host, use_https=use_https)


@task(backend="later")
def send(encrypted_email: str, host: str, use_https: bool) -> None:
    """Mails a link to every account with this address, if there is one."""
    form = DjangoPasswordResetForm({"email": decrypt(encrypted_email)})
    if form.is_valid():
        form.save(
            domain_override=host,
            use_https=use_https,
            subject_template_name=PasswordResetView.subject_template_name,
            email_template_name=PasswordResetView.email_template_name,
        )
