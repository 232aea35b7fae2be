from django.db import migrations, models


def rename_permissions(apps, old: str, new: str) -> None:
    for permission in apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="home", codename__endswith=f"_{old}"
    ):
        permission.codename = permission.codename.removesuffix(old) + new
        permission.save(update_fields=["codename"])


def forwards(apps, schema_editor):
    rename_permissions(apps, "sectionduty", "sectionpermission")


def backwards(apps, schema_editor):
    rename_permissions(apps, "sectionpermission", "sectionduty")


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('home', '0015_asked_words'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='sectionduty', name='section_duty_once_a_group'),
        migrations.RenameModel(old_name='SectionDuty', new_name='SectionPermission'),
        migrations.AlterField(
            model_name='sectionpermission',
            name='group',
            field=models.ForeignKey(on_delete=models.deletion.CASCADE, related_name='section_permissions', to='auth.group', verbose_name='用户组'),
        ),
        migrations.AddConstraint(
            model_name='sectionpermission',
            constraint=models.UniqueConstraint(fields=('group', 'section'), name='section_permission_once_a_group', violation_error_message='这个用户组已经负责这个领域。'),
        ),
        migrations.RunPython(forwards, backwards),
    ]
