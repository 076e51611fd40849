import django.db.models.deletion
from django.db import migrations, models


def mark_cards(apps, schema_editor):
    """The messages that are cards by now."""
    document, message = apps.get_model('documents', 'Document'), apps.get_model('chat', 'Message')
    cards = document.objects.exclude(message=None).values_list('pk', 'message')
    for pk, card in cards.iterator():
        message.objects.filter(pk=card, deleted=False, edited_at=None).update(document=pk)


class Migration(migrations.Migration):

    dependencies = [
        ('chat', '0008_message_document'),
        ('documents', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='document',
            name='message',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='chat.message'),
        ),
        migrations.RunPython(mark_cards, migrations.RunPython.noop),
    ]
