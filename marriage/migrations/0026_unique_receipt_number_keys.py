from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marriage", "0025_receipt_number_keys")]

    operations = [
        migrations.AlterField(
            model_name="acceptance",
            name="number_key",
            field=models.CharField(editable=False, max_length=60, unique=True),
        ),
    ]
