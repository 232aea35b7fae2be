"""Addresses of the staff pages, below /admin/marriage/."""

from django.urls import path

from . import (
    audit_views,
    ban_views,
    calendar_views,
    caller_views,
    capacity_views,
    desk_views,
    hall_views,
    message_views,
    planning_ledger_views,
    rebooking_views,
    receipt_views,
    refusal_views,
    statistics_views,
    visit_views,
    walk_in_views,
    week_grid_views,
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
    path("desk/<int:pk>/rearrange/", rebooking_views.RebookingView.as_view(), name="rebooking"),
    path("desk/<int:pk>/correct/", walk_in_views.CorrectPeopleView.as_view(), name="correct"),
    path("desk/caller/", caller_views.CallerView.as_view(), name="caller"),
    path("desk/<int:pk>/call/", hall_views.CallView.as_view(), name="call"),
    path("desk/<int:pk>/refuse/", refusal_views.RefuseView.as_view(), name="refuse"),
    path("desk/<int:pk>/notice/", refusal_views.NoticeView.as_view(), name="notice"),
    path("receipts/", receipt_views.ReceiptListView.as_view(), name="receipts"),
    path("receipts/add/", receipt_views.AddReceiptView.as_view(), name="receipt_add"),
    path("receipts/<int:pk>/", receipt_views.ReceiptView.as_view(), name="receipt"),
    path(
        "receipts/<int:pk>/correct/",
        receipt_views.CorrectReceiptView.as_view(),
        name="receipt_correct",
    ),
    path(
        "receipts/<int:pk>/print/", receipt_views.PrintReceiptView.as_view(), name="receipt_print"
    ),
    path(
        "receipts/<int:pk>/withdraw/",
        receipt_views.WithdrawReceiptView.as_view(),
        name="receipt_withdraw",
    ),
    path(
        "receipts/<int:pk>/undo/", receipt_views.UndoWithdrawalView.as_view(), name="receipt_undo"
    ),
    path("bans/", ban_views.BansView.as_view(), name="bans"),
    path("bans/<int:pk>/lift/", ban_views.LiftBanView.as_view(), name="lift_ban"),
    path("bans/objections/<int:pk>/", ban_views.DecideObjectionView.as_view(), name="objection"),
    path(
        "planning-ledger/",
        planning_ledger_views.PlanningLedgerView.as_view(),
        name="planning_ledger",
    ),
    path("affected/", rebooking_views.AffectedView.as_view(), name="affected"),
    path("capacity/", capacity_views.CapacityView.as_view(), name="capacity"),
    path("capacity/week/", week_grid_views.WeekGridView.as_view(), name="week_grid"),
    path("capacity/realign/", capacity_views.RealignView.as_view(), name="realign"),
    path("capacity/<int:office>/<str:day>/", capacity_views.DayView.as_view(), name="day"),
    path("calendar/", calendar_views.CalendarView.as_view(), name="calendar"),
    path("figures/", statistics_views.StatisticsView.as_view(), name="statistics"),
    path("figures/export/", statistics_views.ExportView.as_view(), name="export"),
    path("audit/", audit_views.AuditView.as_view(), name="audit"),
    path("messages/", message_views.MessagesView.as_view(), name="messages"),
    path("rules/", audit_views.rules, name="rules"),
]
