from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from home.models.shown_form import ShownForm
from place_names.geometry import reference_systems
from place_names.geometry.coordinates import SYSTEMS


class ImportMapping(models.Model):
    """Which column of a supplied file is which field, saved under a name for the next time."""

    base_form_class = ShownForm

    name = models.CharField("名称", max_length=60, unique=True)
    columns = models.JSONField("列的对应", default=dict)
    encoding = models.CharField("编码", max_length=20, blank=True)
    coordinate_system = models.CharField("坐标系", max_length=12, default="CGCS2000")

    changes_no_page = True

    class Meta:
        verbose_name = "导入的列对应"
        verbose_name_plural = verbose_name
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        system = self.coordinate_system
        if system not in SYSTEMS and not reference_systems.is_known(system):
            raise ValidationError(
                {
                    "coordinate_system": f"不认识坐标系“{system}”：{'、'.join(SYSTEMS)}，或者EPSG代号。"
                }
            )


class ImportRecord(models.Model):
    """One import that was carried out: who, when, from what, and what it changed."""

    class State(models.TextChoices):
        APPLIED = "applied", "已导入"
        UNDONE = "undone", "已撤销"

    made_at = models.DateTimeField("时间", auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="经办人",
    )
    file_name = models.CharField("文件", max_length=200)
    file_hash = models.CharField("文件SHA-256", max_length=64)
    added = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("变更", default=0)
    unchanged = models.PositiveIntegerField("未变", default=0)
    removed = models.PositiveIntegerField("删除", default=0)
    invalid = models.PositiveIntegerField("跳过的错误行", default=0)
    state = models.CharField("状态", max_length=8, choices=State, default=State.APPLIED)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    # Unique, so that a job whose button was pressed twice is carried out once.
    job = models.UUIDField(null=True, unique=True, editable=False)

    changes_no_page = True

    class Meta:
        verbose_name = "导入记录"
        verbose_name_plural = verbose_name
        ordering = ["-made_at", "-id"]

    def __str__(self):
        return f"{self.file_name}（{self.get_state_display()}）"

    @classmethod
    def last_standing(cls) -> "ImportRecord | None":
        """The import that an undo takes back."""
        return cls.objects.filter(state=cls.State.APPLIED).first()


class ImportChange(models.Model):
    """What one import did to one record, kept so that it can be undone."""

    class Action(models.TextChoices):
        ADDED = "added", "新增"
        CHANGED = "changed", "变更"
        REMOVED = "removed", "删除"

    record = models.ForeignKey(ImportRecord, models.CASCADE, related_name="changes")
    action = models.CharField("动作", max_length=8, choices=Action)
    code = models.CharField("地名代码", max_length=20)
    before = models.JSONField("导入前", null=True)
    after_digest = models.CharField("导入后摘要", max_length=64, blank=True)

    changes_no_page = True

    class Meta:
        verbose_name = "导入的变更"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["record", "code"], name="import_change_once_per_code"),
        ]

    def __str__(self):
        return f"{self.get_action_display()} {self.code}"
