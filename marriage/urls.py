"""Addresses of booking. None tells what somebody comes for, none carries personal data."""

from django.urls import path

from .views import (
    choosing,
    finishing,
    hall,
    identity,
    manage,
    objections,
    offices,
    planner,
    questions,
    start,
    waiting,
)

app_name = "marriage"

urlpatterns = [
    path("", start.start, name="index"),
    path("services/<slug:slug>/", start.start_service, name="start_service"),
    path("continue/", start.go_on, name="go_on"),
    path("abandon/", start.abandon, name="abandon"),
    path("questions/<slug:detail>/", questions.question, name="question"),
    path("receipt/", questions.receipt, name="receipt"),
    path("materials/", questions.materials, name="materials"),
    path("offices/<slug:code>/position.geojson", offices.position, name="office_position"),
    path("office/", choosing.office, name="office"),
    path("day/", choosing.day, name="day"),
    path("day/<slug:date>/", choosing.time, name="time"),
    path("hold/", choosing.hold, name="hold"),
    path("other-times/", choosing.lost, name="lost"),
    path("people/<slug:detail>/", finishing.person, name="person"),
    path("identity/sign-in/", identity.begin, name="sign_in"),
    path("identity/signed-in/", identity.come_back, name="signed_in"),
    path("telephone/", finishing.telephone, name="telephone"),
    path("check/", finishing.check, name="check"),
    path("done/", finishing.done, name="done"),
    path("hall/<slug:code>/", hall.screen, name="hall"),
    path("manage/", manage.manage, name="manage"),
    path("manage/booking/", manage.manage_booking, name="manage_booking"),
    path("manage/cancel/", manage.cancel, name="cancel"),
    path("manage/move/", manage.move, name="move"),
    path("manage/move/<slug:date>/", manage.move_time, name="move_time"),
    path("manage/appointment.ics", manage.ics, name="ics"),
    path("manage/my-data/", manage.my_data, name="my_data"),
    path("manage/my-data/erase/", manage.erase, name="erase_my_data"),
    path("manage/objection/", objections.objection, name="objection"),
    path("manage/leave/", manage.leave, name="leave"),
    path("planner/", planner.planner, name="planner"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("waiting/<slug:office>/<slug:date>/", waiting.join, name="waiting_join"),
]
