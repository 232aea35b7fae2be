"""Pages may be translated into English. Those that exist are in the locale that Wagtail's own
migrations made from LANGUAGE_CODE, which has always been zh-hans."""

from django.db import migrations


def add_english(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    Locale.objects.get_or_create(language_code="en")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0031_forms_sent_once"),
        ("wagtailcore", "0057_page_locale_fields_notnull"),
    ]
    operations = [migrations.RunPython(add_english, migrations.RunPython.noop)]
