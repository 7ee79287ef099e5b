"""The members' side of a loan as it is stored: who paid for whom, who owes whom, on any day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from pendamping.funds.loans import terms
from pendamping.funds.loans.models import Loan, PaidBack, Repayment, RepaymentPart, Sheet, SheetLine
from pendamping.funds.loans.rules import joint, kept
from pendamping.funds.loans.rules.schedule import Instalment
from pendamping.households import queries as households
from pendamping.kernel.refusal import Reason


@dataclass(frozen=True, slots=True)
class Debt:
    """Who owes whom, whole rupiah; an empty id is the joint savings."""

    debtor: str
    debtor_name: str
    creditor: str
    creditor_name: str
    amount: int


@dataclass(frozen=True, slots=True)
class MemberCards:
    """The cards of all members of a loan at the end of a day, and who owes whom."""

    loan: Loan
    on: date
    members: list[joint.MemberState]
    debts: list[Debt]

    def of(self, person_id: str) -> joint.MemberState | None:
        """One member's card."""
        return next((one for one in self.members if one.person_id == person_id), None)

    def total(self, name: str) -> int:
        """A figure of all members together: ``due``, ``paid``, ``left`` …"""
        return sum(getattr(one, name) for one in self.members)


def member_cards(loan: Loan, on: date) -> MemberCards:
    """Every member's card at the end of a day; empty before the loan is paid out."""
    payments = paid(loan)
    found = joint.states(stages(loan, on), members(loan), payments, on)
    owed = joint.debts(payments, paid_back(loan), on)
    names = names_of(loan, owed)
    debts = [
        Debt(debtor, names.get(debtor, ""), creditor, names.get(creditor, ""), amount)
        for (debtor, creditor), amount in owed.items()
    ]
    return MemberCards(loan, on, found, debts)


def late(loan: Loan, on: date) -> list[tuple[str, int]]:
    """By member's name, what is past its day and not paid for her at the end of a day, whole rupiah."""
    dues = [row.due for row in stages(loan, on)[-1][1]]
    return [
        (one.name, sum(left for due, left in zip(dues, one.missing(), strict=True) if due < on))
        for one in member_cards(loan, on).members
    ]


def stages(loan: Loan, on: date) -> list[tuple[date, Sequence[Instalment]]]:
    """Every schedule of the loan up to the end of a day, with its first day."""
    begins = loan.taken_over_on or loan.disbursed
    if not begins or begins > on:
        return [(date.min, [])]
    return terms.plan(loan).stages(on)


def members_paid(loan: Loan) -> str:
    """What each member has paid by all that stands today, worked out from the whole history, as it is
    kept with the loan (:mod:`.rules.kept`).
    """
    end = date.max
    return kept.written(
        kept.of_states(joint.states(stages(loan, end), members(loan), paid(loan), end))
    )


def members(loan: Loan) -> list[tuple[str, str, int]]:
    """(person id, name, principal) of each borrower, in the order of the application."""
    found = sorted(loan.members.all(), key=lambda one: one.pk)
    return [(one.person_id, one.name, one.amount) for one in found]


def paid(loan: Loan) -> list[joint.Paid]:
    """The loan's payments with the parts that their sheets name; first what an old book counts as paid
    when the loan was taken over, without what was too much.
    """
    before = []
    if loan.taken_over_on and (had := (loan.taken_principal or 0) + (loan.taken_service or 0)):
        before = [joint.Paid(loan.taken_over_on, had)]
    return before + [
        joint.Paid(
            one.paid_on,
            one.amount,
            tuple(
                joint.Part(part.payer_id or "", part.person_id, part.amount)
                for part in one.member_parts.all()
            ),
            one.reversed_on,
        )
        for one in _repayments(loan)
    ]


def _repayments(loan: Loan) -> "QuerySet[Repayment]":
    """Those that were read together with other loans', or of this one alone."""
    if "repayments" in getattr(loan, "_prefetched_objects_cache", {}):
        return loan.repayments.all()
    return loan.repayments.prefetch_related(_parts())


def read_together(loans: Sequence[Loan]) -> None:
    """Read what the cards of many loans need in a few queries; :func:`forget` it before writing."""
    repayments = Prefetch("repayments", Repayment.objects.prefetch_related(_parts()))
    prefetch_related_objects(loans, "members", repayments, "paid_back", "reschedulings", "closures")


def forget(loans: Iterable[Loan]) -> None:
    """What was read together is no longer so: the next look asks the database."""
    for loan in loans:
        vars(loan).pop("_prefetched_objects_cache", None)


def _parts() -> Prefetch:
    return Prefetch("member_parts", RepaymentPart.objects.order_by("pk"))


def paid_back(loan: Loan) -> list[joint.PaidBack]:
    """What members gave back of what was paid for them."""
    return [
        joint.PaidBack(one.debtor_id, one.creditor_id or "", one.on, one.amount, one.reversed_on)
        for one in loan.paid_back.all()
    ]


def names_of(loan: Loan, pairs: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Names by person id of the borrowers and of whoever stands in these pairs."""
    names = {person: name for person, name, _ in members(loan)}
    more = {person for pair in pairs for person in pair if person and person not in names}
    if more:
        names |= {key: one.name for key, one in households.persons(loan.ward, more).items()}
    return names


def debts_of_persons(person_ids: Iterable[str], on: date) -> dict[str, list[tuple[str, int]]]:
    """What persons still owe for what was paid for them, by person id: (loan's code, whole rupiah);
    under whichever id they signed."""
    asked: dict[str, list[str]] = {}
    for person, entries in households.selves(person_ids).items():
        for entry in entries:
            asked.setdefault(entry, []).append(person)
    loans = Loan.objects.filter(members__person__in=asked, repayments__member_parts__isnull=False)
    found: dict[str, list[tuple[str, int]]] = {}
    for loan in loans.distinct().order_by("number"):
        for (debtor, _), amount in joint.debts(paid(loan), paid_back(loan), on).items():
            for person in asked.get(debtor, ()):
                found.setdefault(person, []).append((loan.code, amount))
    return found


# --- sheets ---------------------------------------------------------------------------------------


def sheet(ward: str, sheet_id: str) -> Sheet | None:
    """A posted sheet."""
    return _sheets().filter(pk=sheet_id, ward=ward).first()


def booked(made: Sheet) -> dict[tuple[str, str], tuple[int, ...]]:
    """What a sheet has booked, by loan and person, in whole rupiah: what she paid and saved, what other
    members covered for her, and the joint savings.
    """
    others: dict[tuple[str, str], int] = {}
    drawn: dict[tuple[str, str], int] = {}
    for part in RepaymentPart.objects.filter(repayment__sheet=made).select_related("repayment"):
        key, of = (
            (part.repayment.loan_id, part.person_id),
            drawn if part.payer_id is None else others,
        )
        if part.payer_id != part.person_id:
            of[key] = of.get(key, 0) + part.amount
    return {
        key: (line.paid, line.saved, others.get(key, 0), drawn.get(key, 0))
        for line in made.lines.all()
        for key in [(line.loan_id, line.person_id)]
    }


def sheets(ward: str, limit: int = 50) -> list[Sheet]:
    """The ward's latest sheets, the newest first."""
    return list(_sheets().filter(ward=ward).order_by("-on", "-id")[:limit])


def sheet_by_request(request_id: str) -> Sheet | None:
    """The sheet that a form with this id has made already."""
    return _sheets().filter(request_id=request_id).first() if request_id else None


def sheet_of(loan_id: str, on: date) -> Sheet | None:
    """The sheet of a loan's group that stands for a day."""
    return sheets_of([loan_id], on).get(loan_id)


def sheets_of(loan_ids: Iterable[str], on: date) -> dict[str, Sheet]:
    """The sheets of loans' groups that stand for a day, by loan."""
    lines = SheetLine.objects.filter(
        loan__in=list(loan_ids), sheet__on=on, sheet__reversed_on=None
    ).select_related("sheet")
    return {line.loan_id: line.sheet for line in lines.order_by("-sheet_id")}


def _sheets() -> "QuerySet[Sheet]":
    lines = SheetLine.objects.select_related("group", "loan").order_by("pk")
    payments = Repayment.objects.select_related("loan").order_by("pk")
    return Sheet.objects.select_related("taken_by").prefetch_related(
        Prefetch("lines", lines), Prefetch("repayments", payments), "repayments__member_parts"
    )


def next_sheet(ward: str, year: int) -> int:
    """The number of the ward's next sheet; the caller has taken its turn."""
    last = Sheet.objects.filter(ward=ward, year=year).order_by("-number").first()
    return last.number + 1 if last else 1


# --- whether members' cards hold ------------------------------------------------------------------


def breaks(ward: str, loans: Iterable[Loan]) -> list[Reason]:
    """Breaks between loans' payments, the parts that their members paid, and the joint savings."""
    known = {loan.id: loan for loan in loans}
    found = [*_parts_apart(ward, known), *_draws_apart(ward, known)]
    if not found:  # what a member has paid is worked out from parts that hold
        found = _members_apart(known.values())
    back = PaidBack.objects.filter(loan__ward=ward, movement__isnull=False)
    for one in back.select_related("movement").order_by("pk"):
        if _as_moved(one.movement) != (one.amount, one.on, one.reversed_on):
            found.append(_apart(known[one.loan_id]))
    return found


def _parts_apart(ward: str, known: dict[str, Loan]) -> list[Reason]:
    """Payments that are not the sum of their members' parts, or name somebody who did not borrow."""
    borrowers = {key: {one.person_id for one in loan.members.all()} for key, loan in known.items()}
    parts = RepaymentPart.objects.filter(repayment__loan__ward=ward)
    sums: dict[str, int] = {}
    of_loan: dict[str, tuple[str, int]] = {}
    strangers = set()
    columns = ("repayment", "repayment__loan", "repayment__amount", "person", "amount")
    for repayment, loan, total, person, amount in parts.values_list(*columns).order_by("repayment"):
        of_loan[repayment] = (loan, total)
        sums[repayment] = sums.get(repayment, 0) + amount
        if person not in borrowers[loan]:
            strangers.add(repayment)
    wrong = [key for key, (_, total) in of_loan.items() if sums[key] != total or key in strangers]
    return [
        Reason(
            "loans.parts",
            "Loan {loan}: what members paid does not add up to the group's payment.",
            {"loan": known[of_loan[key][0]].code},
            {"ward": ward, "loan": of_loan[key][0], "repayment": key},
        )
        for key in wrong
    ]


def _members_apart(loans: Collection[Loan]) -> list[Reason]:
    """Loans that do not keep of each member what their payments say."""
    parts = Prefetch("repayments__member_parts", RepaymentPart.objects.order_by("pk"))
    prefetch_related_objects(list(loans), parts, "members")
    return [
        Reason(
            "loans.members_paid",
            "Loan {loan}: what is kept of a member's payments is not what was paid for her.",
            {"loan": one.code},
            {"ward": one.ward, "loan": one.id},
        )
        for one in loans
        if one.members_paid != members_paid(one)
    ]


def _draws_apart(ward: str, known: dict[str, Loan]) -> list[Reason]:
    drawn = Repayment.objects.filter(loan__ward=ward, draw__isnull=False).select_related("draw")
    return [
        _apart(known[one.loan_id])
        for one in drawn.order_by("pk")
        if _as_moved(one.draw) != (one.amount, one.paid_on, one.reversed_on)
    ]


def _as_moved(movement: object) -> tuple[object, ...]:
    return tuple(getattr(movement, name) for name in ("amount", "on", "reversed_on"))


def _apart(loan: Loan) -> Reason:
    return Reason(
        "loans.joint",
        "Loan {loan}: the joint savings' card does not say what was drawn or paid back.",
        {"loan": loan.code},
        {"ward": loan.ward, "loan": loan.id},
    )


def stored_paid_back(ward: str, paid_back_id: str) -> PaidBack | None:
    """One entry of what a member gave back."""
    found = PaidBack.objects.filter(pk=paid_back_id, ward=ward)
    return found.select_related("loan", "movement").first()
