from django.db import migrations

PLACE = """
UPDATE chat_mention SET
    channel_id = (SELECT channel_id FROM chat_message WHERE chat_message.id = message_id),
    position = (SELECT position FROM chat_message WHERE chat_message.id = message_id)
WHERE channel_id IS NULL
"""


class Migration(migrations.Migration):
    """By itself: Postgres alters no table that has changed rows in the same transaction."""

    dependencies = [("chat", "0004_keeping")]

    operations = [migrations.RunSQL(PLACE, migrations.RunSQL.noop)]
