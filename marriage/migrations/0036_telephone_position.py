from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("marriage", "0035_materials_in_plain_words")]

    operations = [
        migrations.RemoveConstraint("booking", "so_many_bookings_per_telephone"),
        migrations.RenameField("booking", "telephone_place", "telephone_position"),
        migrations.AddConstraint(
            "booking",
            models.UniqueConstraint(
                fields=["telephone_hash", "telephone_position"],
                condition=~Q(telephone_hash="") & Q(telephone_position__isnull=False),
                name="so_many_bookings_per_telephone",
                violation_error_message="这个手机号码当天的预约已经到了限额。",
            ),
        ),
        migrations.AlterField(
            "bookingrules",
            "first_roll",
            models.CharField(
                "冷静期末日遇休息日",
                max_length=10,
                choices=[
                    ("both", "顺延、不顺延都在期限内的日子才放号（稳妥）"),
                    ("rolled", "冷静期最后一日遇休息日顺延"),
                    ("not_rolled", "冷静期最后一日不顺延"),
                ],
                default="both",
            ),
        ),
        migrations.AlterField(
            "auditentry",
            "action",
            models.CharField(
                "操作",
                max_length=12,
                choices=[
                    ("confirmed", "预约"),
                    ("moved", "改期"),
                    ("changed", "改变状态"),
                    ("viewed", "查看完整个人信息"),
                    ("exported", "向本人提供个人信息"),
                    ("purged", "删除个人信息"),
                    ("checked", "核对材料"),
                    ("accepted", "受理申请"),
                    ("corrected", "更正"),
                    ("excused", "不再计入失约"),
                    ("withdrawn", "撤回申请"),
                ],
            ),
        ),
    ]
