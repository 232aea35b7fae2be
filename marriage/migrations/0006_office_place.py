import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("home", "0008_section_duties"), ("marriage", "0005_walk_ins_beyond")]

    operations = [
        migrations.AddField(
            "office",
            "place",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="home.serviceplace",
            ),
        )
    ]
