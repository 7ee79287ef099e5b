from django.db import migrations

from pendamping.access import secrecy


def seal(apps, schema_editor):
    _each(apps, secrecy.seal)


def reveal(apps, schema_editor):
    _each(apps, secrecy.reveal)


def _each(apps, change):
    """The secret of the phone, the seed of recovery codes, and codes that stand one by one."""
    for row in apps.get_model("mfa", "Authenticator").objects.all():
        for name in ("secret", "seed"):
            if name in row.data:
                row.data[name] = change(row.data[name])
        if row.data.get("migrated_codes") is not None:
            row.data["migrated_codes"] = [change(code) for code in row.data["migrated_codes"]]
        row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_slip_ends_second_step"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, reveal)]
