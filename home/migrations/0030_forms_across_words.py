"""Verbs of notices whose first character the dictionary joins to the word before: 差额发放, 换发证书."""

import datetime

from django.db import migrations

CROSSING = "OpenCC词库讨论（GitHub BYVoid/OpenCC 349、1497号）：跨词误转"
TABLE = "MediaWiki繁简转换表（维基媒体基金会，tradphrases.manual）"

# phrase, form, source
FORMS = [
    ("发放", "發放", CROSSING),
    ("发现", "發現", CROSSING),
    ("发布", "發佈", CROSSING),
    ("发展", "發展", CROSSING),
    ("发生", "發生", CROSSING),
    ("发行", "發行", CROSSING),
    ("发证", "發證", CROSSING),
    ("发给", "發給", CROSSING),
    ("换发", "換發", CROSSING),
    ("并发放", "並發放", TABLE),
    ("并发布", "並發佈", TABLE),
    ("并发给", "並發給", TABLE),
    ("合并", "合併", TABLE),
    ("包括", "包括", TABLE),
    ("只能", "只能", TABLE),
    ("只会", "只會", TABLE),
    ("只需", "只需", TABLE),
    ("只有", "只有", TABLE),
    ("只要", "只要", TABLE),
]


def add(apps, schema_editor):
    form = apps.get_model("home", "TraditionalForm")
    known = set(form.objects.values_list("phrase", flat=True))
    form.objects.bulk_create(
        form(
            phrase=phrase,
            form=traditional,
            source=source,
            checked_on=datetime.date(2026, 11, 30),
        )
        for phrase, traditional, source in FORMS
        if phrase not in known
    )


class Migration(migrations.Migration):
    dependencies = [("home", "0029_first_traditional_forms")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
