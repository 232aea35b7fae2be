from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marriage", "0031_materials_of_one_person")]

    operations = [
        migrations.AddField(
            model_name="acceptance",
            name="couple_key",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
    ]
