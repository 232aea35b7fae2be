from django.core.validators import MinValueValidator
from django.db import migrations, models
from django.db.models import F, Q


def one_day_each(apps, schema_editor):
    apps.get_model("marriage", "PeakDay").objects.update(until=F("date"))


class Migration(migrations.Migration):
    dependencies = [("marriage", "0020_message_recipient")]

    operations = [
        migrations.AddField(
            model_name="peakday",
            name="day_limit",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="各项业务合计，超出的从各时段均匀减少；留空按方案的名额。",
                null=True,
                validators=[MinValueValidator(1)],
                verbose_name="每个登记处每天最多办几对",
            ),
        ),
        migrations.AddField(
            model_name="peakday",
            name="per_telephone",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="只计验证过手机的预约。要不要验证手机，见“预约规则”。",
                null=True,
                validators=[MinValueValidator(1)],
                verbose_name="每个手机号码最多约几对",
            ),
        ),
        migrations.AddField(
            model_name="peakday",
            name="release_at",
            field=models.DateTimeField(
                blank=True,
                help_text="到这时才能预约，日历上会写明；留空按预约规则放号。",
                null=True,
                verbose_name="放号时间",
            ),
        ),
        migrations.AddField(
            model_name="peakday",
            name="until",
            field=models.DateField(
                blank=True, help_text="只有一天的不填。", null=True, verbose_name="到哪天"
            ),
        ),
        migrations.RunPython(one_day_each, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="peakday",
            name="until",
            field=models.DateField(
                blank=True, help_text="只有一天的不填。", verbose_name="到哪天"
            ),
        ),
        migrations.AlterField(
            model_name="peakday",
            name="date",
            field=models.DateField(unique=True, verbose_name="日期（从哪天）"),
        ),
        migrations.AddConstraint(
            model_name="peakday",
            constraint=models.CheckConstraint(
                condition=Q(until__gte=F("date")), name="peak_ends_later"
            ),
        ),
    ]
