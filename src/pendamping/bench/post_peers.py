"""A peer of ``bench post``: the same instalment as a first draft would have it written.

The object mapper as its handbook shows it: allocation, payment, journal of two lines, card and trail,
each by its model, in one transaction; no seals, no gate, no triggers.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

LOANS = 100
PRINCIPAL, SERVICE = 10_000_000, 1_500_000


def plain() -> Callable[[], None]:
    """A function that takes one instalment the plain way, on tables of its own."""
    from django.db import connection, models, transaction

    loan_model, payment_model, entry_model, line_model, event_model = _models(models)
    tables = (loan_model, payment_model, entry_model, line_model, event_model)
    _create(connection, tables)
    ids = [loan_model.objects.create(principal=0, service=0).pk for _ in range(LOANS)]
    turn = {"at": 0}

    def take() -> None:
        turn["at"] += 1
        with transaction.atomic():
            found = loan_model.objects.select_for_update().get(pk=ids[turn["at"] % LOANS])
            service = min(100, max(0, SERVICE - found.service))
            payment = payment_model.objects.create(
                loan=found, on=date(2004, 6, 1), principal=100 - service, service=service
            )
            entry = entry_model.objects.create(on=payment.on, ref=f"repayment:{payment.pk}")
            line_model.objects.create(entry=entry, account="cash", amount=100)
            line_model.objects.create(entry=entry, account="service_income", amount=-100)
            found.principal += 100 - service
            found.service += service
            found.save()
            event_model.objects.create(record=f"loan:{found.pk}", data={"repayment": payment.pk})

    return take


def _create(connection: Any, models: Iterable[Any]) -> None:
    """The tables as a migration would make them; also where a transaction is open."""
    editor = connection.schema_editor()
    editor.deferred_sql = []
    tables = [editor.table_sql(model)[0] for model in models]
    indexes = [text for model in models for text in editor._model_indexes_sql(model)]
    with connection.cursor() as cursor:
        for text in (*tables, *editor.deferred_sql, *indexes):
            cursor.execute(str(text))


def _models(models: Any) -> tuple[Any, ...]:
    """Tables as a first draft would have them."""

    class BenchLoan(models.Model):  # type: ignore[misc]
        principal = models.BigIntegerField()
        service = models.BigIntegerField()

        class Meta:
            app_label = "bench"

    class BenchPayment(models.Model):  # type: ignore[misc]
        loan = models.ForeignKey(BenchLoan, on_delete=models.PROTECT)
        on = models.DateField()
        principal = models.BigIntegerField()
        service = models.BigIntegerField()

        class Meta:
            app_label = "bench"

    class BenchEntry(models.Model):  # type: ignore[misc]
        on = models.DateField()
        ref = models.CharField(max_length=80)

        class Meta:
            app_label = "bench"

    class BenchLine(models.Model):  # type: ignore[misc]
        entry = models.ForeignKey(BenchEntry, on_delete=models.PROTECT)
        account = models.CharField(max_length=40)
        amount = models.BigIntegerField()

        class Meta:
            app_label = "bench"

    class BenchEvent(models.Model):  # type: ignore[misc]
        record = models.CharField(max_length=80)
        data = models.JSONField()
        at = models.DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "bench"

    return BenchLoan, BenchPayment, BenchEntry, BenchLine, BenchEvent
