"""The words of complaints and their card, which the code held until now, as data of staff."""

from django.db import migrations, models

WORDS = "投诉 举报 检举 告状 信访 扰民 噪音 噪声"
WITH_NUMBERS_OF_THEIR_OWN = "-虐 -家暴 -打 -性侵 -拐"


def add_card(apps, schema_editor):
    apps.get_model("search", "SafetyCard").objects.using(schema_editor.connection.alias).create(
        kind="complaint",
        title="投诉、举报",
        text="对办事、服务的投诉，噪音、施工扰民，不知道归谁管的事",
        numbers="12345 政务服务便民热线",
        words="\n".join(f"{word} {WITH_NUMBERS_OF_THEIR_OWN}" for word in WORDS.split()),
        sort_order=100,
    )


def remove_cards(apps, schema_editor):
    cards = apps.get_model("search", "SafetyCard").objects.using(schema_editor.connection.alias)
    cards.filter(kind="complaint").delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0010_order_without_ties")]

    operations = [
        migrations.AddField(
            model_name="safetycard",
            name="kind",
            field=models.CharField(
                choices=[("danger", "紧急求助"), ("complaint", "投诉、举报")],
                default="danger",
                help_text="紧急求助显示在最上面，下面只列最相关的；投诉、举报和普通答案一样，下面照常列出结果。",
                max_length=12,
                verbose_name="种类",
            ),
        ),
        migrations.AlterModelOptions(
            name="safetycard",
            options={"ordering": ["sort_order", "pk"], "verbose_name": "求助和投诉提示"},
        ),
        migrations.RunPython(add_card, remove_cards),
    ]
