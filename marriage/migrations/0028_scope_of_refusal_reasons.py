from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marriage", "0027_constraint_messages")]

    operations = [
        migrations.AddField(
            model_name="refusalreason",
            name="for_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("marriage", "结婚登记"),
                    ("divorce", "离婚登记（两次到场）"),
                    ("application", "离婚登记，只在第一次到场"),
                    ("certificate", "离婚登记，只在第二次到场"),
                    ("replacement", "补领婚姻登记证"),
                ],
                default="",
                help_text="不选的，各类业务都可以用。",
                max_length=20,
                verbose_name="用于哪类业务",
            ),
            preserve_default=False,
        ),
    ]
