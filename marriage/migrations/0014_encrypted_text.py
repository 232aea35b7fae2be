from django.db import migrations

MODELS = ('booking', 'bookingparty', 'draft', 'hashkey', 'outboxmessage', 'waitingentry')


class Migration(migrations.Migration):

    dependencies = [
        ('marriage', '0013_couples_data'),
    ]

    operations = [
        migrations.RenameField(model_name=model, old_name='sealed', new_name='encrypted')
        for model in MODELS
    ]
