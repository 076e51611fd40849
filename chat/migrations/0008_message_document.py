from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chat', '0007_threads_without_root'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='document',
            field=models.BigIntegerField(blank=True, null=True),
        ),
    ]
