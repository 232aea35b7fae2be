from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0013_question_places"),
    ]

    operations = [
        migrations.RenameField("figurevalue", "prefix", "qualifier"),
    ]
