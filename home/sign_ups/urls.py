from django.urls import path

from . import views

urlpatterns = [
    path("notices/sign-ups/", views.withdrawal, name="sign_up_withdrawal"),
    path("notices/<slug:slug>/sign-up/", views.sign_up_form, name="sign_up"),
    path("notices/<slug:slug>/signed-up/", views.signed_up, name="signed_up"),
]
