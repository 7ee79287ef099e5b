import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import pendamping.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("households", "0001_census"),
        ("institutions", "0001_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Loan",
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
                ("ward", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField()),
                ("group_name", models.CharField(max_length=120)),
                ("cycle", models.PositiveSmallIntegerField()),
                ("principal", models.BigIntegerField()),
                ("rate_bp", models.PositiveIntegerField()),
                ("instalments", models.PositiveSmallIntegerField()),
                ("grace_months", models.PositiveSmallIntegerField()),
                ("grace_in_tenor", models.BooleanField(default=False)),
                ("grace_service", models.CharField(default="waived", max_length=10)),
                ("every", models.CharField(default="1month", max_length=10)),
                ("method", models.CharField(default="flat", max_length=10)),
                ("allocation", models.CharField(default="service-first", max_length=20)),
                ("guideline", models.CharField(max_length=40)),
                ("guideline_version", models.CharField(max_length=40)),
                ("status", models.CharField(max_length=10)),
                ("applied_on", models.DateField()),
                ("decided_on", models.DateField(null=True)),
                ("decided_at", models.CharField(blank=True, max_length=40)),
                ("why_rejected", models.CharField(blank=True, max_length=300)),
                ("disbursed", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("paid_principal", models.BigIntegerField(default=0)),
                ("paid_service", models.BigIntegerField(default=0)),
                ("overpaid", models.BigIntegerField(default=0)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.group",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ward", "status"], name="loans_loan_ward_status"),
                    models.Index(fields=["group"], name="loans_loan_by_group"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ward", "number"), name="loans_loan_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("principal__gt", 0)), name="loans_loan_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("applied", "approved", "rejected", "active", "closed"))
                        ),
                        name="loans_loan_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("disbursed__isnull", False), ("status__in", ("active", "closed"))
                            ),
                            models.Q(
                                ("disbursed", None),
                                ("status__in", ("applied", "approved", "rejected")),
                            ),
                            _connector="OR",
                        ),
                        name="loans_loan_paid_out",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("overpaid__gte", 0),
                            ("paid_principal__gte", 0),
                            ("paid_principal__lte", models.F("principal")),
                            ("paid_service__gte", 0),
                        ),
                        name="loans_loan_totals",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoanMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("amount", models.BigIntegerField()),
                ("purpose", models.CharField(blank=True, max_length=200)),
                (
                    "loan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="loans.loan",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("loan", "person"), name="loans_member_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="loans_member_amount"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Repayment",
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
                ("ward", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("paid_on", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("principal", models.BigIntegerField()),
                ("service", models.BigIntegerField()),
                ("overpaid", models.BigIntegerField()),
                ("received_from", models.CharField(blank=True, max_length=120)),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("reversed_on", models.DateField(null=True)),
                ("why_reversed", models.CharField(blank=True, max_length=300)),
                ("request_id", models.CharField(max_length=40, null=True, unique=True)),
                (
                    "loan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repayments",
                        to="loans.loan",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["loan", "paid_on"], name="loans_repayment_loan_on"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ward", "year", "number"), name="loans_repayment_receipt_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="loans_repayment_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "amount",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("principal"), "+", models.F("service")
                                    ),
                                    "+",
                                    models.F("overpaid"),
                                ),
                            ),
                            ("overpaid__gte", 0),
                            ("principal__gte", 0),
                            ("service__gte", 0),
                        ),
                        name="loans_repayment_split",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reversed_on", None),
                            ("reversed_on__gte", models.F("paid_on")),
                            _connector="OR",
                        ),
                        name="loans_repayment_reversed_after",
                    ),
                ],
            },
        ),
    ]
