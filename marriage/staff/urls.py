"""Addresses of the staff pages, below /admin/marriage/."""

from django.urls import path

from . import (
    audit_views,
    calendar_views,
    capacity_views,
    desk_views,
    figures_views,
    message_views,
    rearrange_views,
    visit_views,
    walk_in_views,
)

app_name = "marriage_staff"

urlpatterns = [
    path("desk/", desk_views.DeskView.as_view(), name="desk"),
    path("desk/list/", desk_views.DeskListView.as_view(), name="desk_list"),
    path("desk/walk-in/", walk_in_views.WalkInView.as_view(), name="walk_in"),
    path("desk/<int:pk>/", visit_views.VisitView.as_view(), name="visit"),
    path("desk/<int:pk>/step/", desk_views.StepView.as_view(), name="step"),
    path("desk/<int:pk>/tick/", visit_views.TickView.as_view(), name="tick"),
    path("desk/<int:pk>/accept/", visit_views.AcceptView.as_view(), name="accept"),
    path("desk/<int:pk>/paper-receipt/", visit_views.PaperReceiptView.as_view(), name="paper"),
    path("desk/<int:pk>/withdraw/", visit_views.WithdrawView.as_view(), name="withdraw"),
    path("desk/<int:pk>/full/", visit_views.FullView.as_view(), name="full"),
    path("desk/<int:pk>/rearrange/", rearrange_views.RearrangeView.as_view(), name="rearrange"),
    path("affected/", rearrange_views.AffectedView.as_view(), name="affected"),
    path("capacity/", capacity_views.CapacityView.as_view(), name="capacity"),
    path("capacity/realign/", capacity_views.RealignView.as_view(), name="realign"),
    path("capacity/<int:office>/<str:day>/", capacity_views.DayView.as_view(), name="day"),
    path("calendar/", calendar_views.CalendarView.as_view(), name="calendar"),
    path("figures/", figures_views.FiguresView.as_view(), name="figures"),
    path("figures/export/", figures_views.ExportView.as_view(), name="export"),
    path("audit/", audit_views.AuditView.as_view(), name="audit"),
    path("messages/", message_views.MessagesView.as_view(), name="messages"),
    path("rules/", audit_views.rules, name="rules"),
]
