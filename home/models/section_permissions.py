from django.contrib.auth.models import Group
from django.db import models
from wagtail.admin.panels import FieldPanel

from home.models.shown_form import ShownForm


class SectionPermission(models.Model):
    """Lets a group change the pages of one section; its members then change no other section."""

    base_form_class = ShownForm

    changes_no_page = True

    group = models.ForeignKey(
        Group, verbose_name="用户组", on_delete=models.CASCADE, related_name="section_permissions"
    )
    section = models.ForeignKey(
        "home.SectionPage",
        verbose_name="业务领域",
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to={"is_area": True},
    )

    panels = [FieldPanel("group"), FieldPanel("section")]

    class Meta:
        verbose_name = "栏目分工"
        verbose_name_plural = "栏目分工"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "section"],
                name="section_permission_once_a_group",
                violation_error_message="这个用户组已经负责这个领域。",
            )
        ]

    def __str__(self):
        return f"{self.group}：{self.section}"
