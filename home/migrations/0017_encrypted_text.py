from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0016_section_permissions'),
    ]

    operations = [
        migrations.RenameField(model_name='signup', old_name='sealed', new_name='encrypted'),
    ]
