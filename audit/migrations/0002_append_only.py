from django.db import migrations

from audit.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forbid_changes, elidable=False)]
