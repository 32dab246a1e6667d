"""The journal's order, and the trigger that lets nobody rewrite it: not the web, not the owner by mistake."""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE journal_entry_order;
CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'The journal is only added to.'; END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal_entry
FOR EACH ROW EXECUTE FUNCTION journal_refuse_change();
"""
BACKWARD = """
DROP TRIGGER journal_append_only ON journal_entry;
DROP FUNCTION journal_refuse_change();
DROP SEQUENCE journal_entry_order;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
