"""Weeks that are held for something: the dictionary knows 宣传周, not 试吃周.

Left out are those that begin other words: 服务周到, 开放周边.
"""

import datetime

from django.db import migrations

WEEKS = "OpenCC词典（STPhrases）：表示星期的“周”作“週”，如宣傳週"

# phrase, form, source
FORMS = [
    ("试吃周", "試吃週", WEEKS),
    ("敬老周", "敬老週", WEEKS),
    ("关爱周", "關愛週", WEEKS),
    ("防灾周", "防災週", WEEKS),
]


def add(apps, schema_editor):
    form = apps.get_model("home", "TraditionalForm")
    known = set(form.objects.values_list("phrase", flat=True))
    form.objects.bulk_create(
        form(
            phrase=phrase,
            form=traditional,
            source=source,
            checked_on=datetime.date(2026, 12, 1),
        )
        for phrase, traditional, source in FORMS
        if phrase not in known
    )


class Migration(migrations.Migration):
    dependencies = [("home", "0032_english_locale")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
