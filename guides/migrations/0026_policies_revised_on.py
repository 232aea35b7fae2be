from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guides", "0025_order_without_ties")]

    operations = [
        migrations.AddField(
            model_name="policypage",
            name="revised_on",
            field=models.DateField(
                blank=True,
                help_text="最近一次修订、修正的日期。整部重新公布、用新文号的，不填，公布的日期就是成文日期。",
                null=True,
                verbose_name="修订日期",
            ),
        ),
    ]
