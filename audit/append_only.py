"""The database's own refusal to change what is in the audit log: whoever gets hold of the program
has to get hold of the schema too, and the broken chain still tells."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "The audit log is append-only."

# A row that replaces another (INSERT OR REPLACE) fires no trigger for the one that it deletes.
SQLITE = [
    f"""CREATE TRIGGER audit_entry_{event} BEFORE {operation} ON audit_entry {condition}
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for event, operation, condition in (
        ("unchanged", "UPDATE", ""),
        ("kept", "DELETE", ""),
        (
            "appended",
            "INSERT",
            "WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM audit_entry)",
        ),
    )
]
POSTGRES = [
    f"""CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    """CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""",
    """CREATE TRIGGER audit_entry_kept BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()""",
]


def forbid_changes(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement, params=None)
