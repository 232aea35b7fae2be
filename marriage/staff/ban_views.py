"""Bans and objections: seen, lifted with a reason, answered."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from home.personal_data.masking import mask_name
from home.typed_text import paper_number

from ..booking import ban_review
from ..identity.hashes import person_hash
from ..identity.id_numbers import mask_id
from ..models import BookingParty, NoShowObjection
from .base import StaffView


class BansView(StaffView):
    """Who may not book now and why; a person is looked up by number."""

    page_title = "失约与暂停预约"
    header_icon = "warning"
    template_name = "marriage/staff/bans.html"
    permission_required = "marriage.view_auditentry"

    def get(self, request):
        return self.show()

    def post(self, request):
        """A search comes by POST: numbers stay out of addresses."""
        return self.show(request.POST.get("q", "").strip()[:60])

    def show(self, typed: str = ""):
        found = ban_review.banned_now()
        if typed:
            digest = person_hash(paper_number(typed))
            found = [each for each in found if each.party.person_hash == digest]
        objections = NoShowObjection.objects.filter(state=NoShowObjection.State.OPEN)
        return self.render(
            typed=typed,
            rows=[
                (each, mask_name(each.party.person.get("name", "")), _number(each.party))
                for each in found
            ],
            objections=objections.select_related(
                "booking__slot", "booking__office", "booking__service"
            ),
        )


class LiftBanView(StaffView):
    http_method_names = ["post"]
    belongs_to = "bans"
    permission_required = "marriage.change_bookingrules"

    def post(self, request, pk):
        party = get_object_or_404(BookingParty.objects.select_related("booking"), pk=pk)
        reason = request.POST.get("reason", "").strip()[:150]
        if not reason:
            messages.error(request, "请写明解除的原因，会记入操作记录。")
        else:
            number = ban_review.lift(party, reason, actor=request.user)
            messages.success(request, f"已解除，{number}个预约不再计爽约或者取消，原因已记录。")
        return redirect("marriage_staff:bans")


class DecideObjectionView(StaffView):
    http_method_names = ["post"]
    belongs_to = "bans"
    permission_required = "marriage.change_bookingrules"

    def post(self, request, pk):
        objection = get_object_or_404(NoShowObjection.objects.select_related("booking"), pk=pk)
        try:
            ban_review.decide(
                objection,
                request.POST.get("act") == "accept",
                request.POST.get("answer", ""),
                actor=request.user,
            )
        except ban_review.ObjectionError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "已答复，并已通知当事人。")
        return redirect("marriage_staff:bans")


def _number(party: BookingParty) -> str:
    return mask_id(party.person.get("id_number", ""))
