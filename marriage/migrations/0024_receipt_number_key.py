from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marriage", "0023_receipts_in_the_audit_log")]

    operations = [
        migrations.AddField(
            model_name="acceptance",
            name="number_key",
            field=models.CharField(default="", editable=False, max_length=60),
            preserve_default=False,
        ),
    ]
