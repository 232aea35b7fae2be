"""How many follow what, and deletion for somebody who asks for it. Addresses are masked."""

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from home.models.subscriptions import Announcement, Subscription, SubscriptionMail
from home.subscriptions import rules
from home.subscriptions.forms import AddressForm

REMOVED = "home.subscriber_removed"
MAX_MAILS = 50


@method_decorator([never_cache, sensitive_post_parameters("email")], name="dispatch")
class SubscriptionsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_required = "home.view_subscriber"
    template_name = "home/staff/subscriptions.html"
    page_title = "邮件订阅"
    header_icon = "mail"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        confirmed = Subscription.objects.exclude(confirmed_at=None)
        followed = confirmed.values("page", "page__title").annotate(number=Count("pk"))
        context = {
            "followed": followed.order_by("-number", "page__title"),
            "subscribers": confirmed.values("subscriber").distinct().count(),
            "unconfirmed": Subscription.objects.filter(confirmed_at=None).count(),
            "waiting": Announcement.objects.filter(gathered_at=None).select_related("page"),
            "send_at": rules.site_settings().send_at,
            "failed": SubscriptionMail.objects.filter(state=SubscriptionMail.State.FAILED).count(),
            "mails": SubscriptionMail.objects.all()[:MAX_MAILS],
            "form": AddressForm(),
            "may_remove": self.request.user.has_perm("home.delete_subscriber"),
        }
        return super().get_context_data(**context | kwargs)

    def post(self, request, *args, **kwargs):
        if not request.user.has_perm("home.delete_subscriber"):
            raise PermissionDenied
        form = AddressForm(request.POST)
        if form.is_valid():
            subscriber = rules.known(form.cleaned_data["email"])
            if subscriber is not None:
                log(instance=subscriber, action=REMOVED, user=request.user)
                rules.stop(subscriber)
                messages.success(request, "已删除这个邮箱和它的订阅。")
                return redirect("subscriptions")
            form.add_error("email", "没有这个邮箱的订阅。请对照后再填。")
        return self.render_to_response(self.get_context_data(form=form), status=422)
