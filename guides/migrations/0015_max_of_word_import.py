from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0014_qualifier_of_values'),
    ]

    operations = [
        migrations.RenameField('wordimportsettings', 'most_pages', 'max_pages'),
        migrations.RenameField('wordimportsettings', 'most_megabytes', 'max_megabytes'),
    ]
