import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import pendamping.kernel.ids
from pendamping.trail.triggers import append_only, final, no_replace, undone

_DECIDED = "EXISTS (SELECT 1 FROM meetings_decision one WHERE one.meeting_id = OLD.id)"
_COUNTED = ["attended", "attended_women", "attended_poor", "guests", "rts_present",
            "quorum_verdict", "quorum_met"]  # fmt: skip
_CALLED = ["id", "ward", "kind", "level", "rw", "rt", "held_on", "entered_on", "entered_at", "place", "group",
           "members", "follows_id", "guideline_version", "counted_by", "roll_taken_on", "quorum_rule", "eligible"]  # fmt: skip
_WRITTEN = ["stage", "agenda", "asked", "status", "minutes", "signed_on", "signers"]

# a correction that says just these figures; the figures before it are those that stood
_CORRECTED = (
    "EXISTS (SELECT 1 FROM meetings_rollcorrection one WHERE one.meeting_id = OLD.id "
    "AND one.was_attended = OLD.attended AND one.was_met = OLD.quorum_met "
    "AND one.attended = NEW.attended AND one.attended_women = NEW.attended_women "
    "AND one.attended_poor = NEW.attended_poor AND one.guests = NEW.guests "
    "AND one.quorum_met = NEW.quorum_met "
    "AND COALESCE(CAST(one.rts_present AS text), '') = COALESCE(CAST(NEW.rts_present AS text), '') "
    "AND CAST(one.quorum_verdict AS text) = CAST(NEW.quorum_verdict AS text))"
)
# a meeting that is brought in with its record comes after its corrections
_NOT_OF_IT = (
    "EXISTS (SELECT 1 FROM meetings_meeting met WHERE met.id = NEW.meeting_id "
    "AND (met.attended <> NEW.was_attended OR met.quorum_met <> NEW.was_met "
    "OR (met.status <> 'closed' AND NOT EXISTS "
    "(SELECT 1 FROM meetings_decision one WHERE one.meeting_id = met.id)))) "
    "OR NOT EXISTS (SELECT 1 FROM meetings_rollentry line WHERE line.meeting_id = NEW.meeting_id "
    "AND line.number = NEW.struck) "
    "OR NOT EXISTS (SELECT 1 FROM meetings_rollentry line WHERE line.meeting_id = NEW.meeting_id "
    "AND line.number = NEW.stands)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0007_no_change_after_the_roll"),
    ]

    operations = [
        migrations.CreateModel(
            name="RollCorrection",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=pendamping.kernel.ids.new_id,
                        editable=False,
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("struck", models.PositiveIntegerField()),
                ("stands", models.PositiveIntegerField()),
                ("why", models.CharField(max_length=300)),
                ("was_attended", models.PositiveIntegerField()),
                ("was_met", models.BooleanField()),
                ("attended", models.PositiveIntegerField()),
                ("attended_women", models.PositiveIntegerField()),
                ("attended_poor", models.PositiveIntegerField()),
                ("guests", models.PositiveIntegerField()),
                ("rts_present", models.JSONField(null=True)),
                ("quorum_verdict", models.JSONField()),
                ("quorum_met", models.BooleanField()),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        db_index=False,
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["entered_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "struck"), name="meetings_struck_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("struck", models.F("stands")), _negated=True),
                        name="meetings_struck_other",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "was_attended",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("attended"), "+", models.Value(1)
                                ),
                            )
                        ),
                        name="meetings_struck_one",
                    ),
                ],
            },
        ),
        append_only("meetings_rollcorrection"),
        final("meetings_rollcorrection", "1 = 1", name="late", adding=_NOT_OF_IT),
        no_replace("meetings_rollcorrection", [["id"], ["meeting_id", "struck"]]),
        undone(final("meetings_meeting", "OLD.status = 'closed'", name="signed")),
        undone(final("meetings_meeting", _DECIDED, [*_CALLED, *_COUNTED], name="decided")),
        final("meetings_meeting", "OLD.status = 'closed'", [*_CALLED, *_WRITTEN], name="signed"),
        final("meetings_meeting", _DECIDED, _CALLED, name="decided"),
        final(
            "meetings_meeting",
            f"(OLD.status = 'closed' OR {_DECIDED}) AND NOT {_CORRECTED}",
            _COUNTED,
            name="counted",
            deleting=False,
        ),
    ]
