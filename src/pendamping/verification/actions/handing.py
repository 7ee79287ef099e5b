"""What the proposer does: hand in, hand in again, appeal, take back; and who is told."""

from collections.abc import Mapping, Sequence
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory.actions import take_turn
from pendamping.trail.actions import record
from pendamping.trail.writing import action
from pendamping.verification import guideline, queries
from pendamping.verification.actions import places
from pendamping.verification.models import Dossier, Handing, Notice
from pendamping.verification.rules import handing as rules
from pendamping.verification.rules.chain import tiers_for
from pendamping.verification.rules.deciding import day_problems

DESK = "dossiers"  # numbers of dossiers are given one by one


@action
def open_dossier(
    *,
    by: User,
    ward: str,
    chain: str,
    kind: str,
    ref: str,
    amount: int | None,
    parties: Sequence[Mapping[str, str]],
    documents: Sequence[Mapping[str, str]],
    summary: str,
    on: date,
) -> Dossier:
    """Hand in a dossier: from this day the clock of its first tier runs.

    ``chain``: key of the guideline's ``verification`` (empty: the one that takes this ``kind``).
    ``ref``: of the record above, ``"grants.tranche:<id>"``; one dossier of it runs at a time.
    ``amount``: whole rupiah, adds or spares tiers. ``parties``: mappings with ``name`` and, where
    known, ``person``, ``user``, ``group``, ``role``. ``documents``: mappings ``key`` and ``name``, each to be ticked twice in every tier.
    """
    allow(by, "verification.open_dossier", ward)
    take_turn(ward, DESK)
    rule = guideline.rule(ward, on)
    wanted = rule.chains.get(chain) if chain else rule.chain_of(kind)
    found = rules.opening_problems(
        chain=wanted,
        kind=kind,
        documents=documents,
        summary=summary,
        amount=amount,
        on=on,
        today=clock.today(),
        under_way=queries.outcome(ref).state in ("open", "returned"),
        code=rule.code,
    )
    if wanted is None or found:
        raise Refusal(found)
    dossier = _numbered(ward, by, on, rule)
    dossier.chain, dossier.kind, dossier.ref, dossier.amount = wanted.key, kind, ref, amount
    dossier.parties, dossier.papers = [dict(one) for one in parties], _papers(documents)
    dossier.summary, dossier.tiers = fitting(summary, 300), tiers_for(wanted, kind, amount)
    dossier.save(force_insert=True)
    _hand(dossier, by, "opened", on)
    places.put_next(dossier, rule, on)
    record(
        by=by, ward=ward, record=f"dossier:{dossier.id}", on=on, kind=kind, ref=ref,
        amount=amount, tiers=dossier.tiers,
    )  # fmt: skip
    return dossier


def _papers(documents: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    return [{"key": one["key"], "name": one["name"]} for one in documents]


def _numbered(ward: str, by: User, on: date, rule: guideline.Rule) -> Dossier:
    """The ward's next dossier, still with its proposer."""
    last = Dossier.objects.filter(ward=ward).order_by("-number").first()
    return Dossier(
        ward=ward,
        number=last.number + 1 if last else 1,
        state="returned",
        received_on=on,
        opened_on=on,
        opened_by=by.username,
        entered_on=clock.today(),
        entered_at=clock.now(),
        guideline_version=rule.version,
    )


@action
def send_again(
    *,
    by: User,
    ward: str,
    dossier_id: str,
    on: date,
    note: str = "",
    ref: str = "",
    documents: Sequence[Mapping[str, str]] | None = None,
    amount: int | None = None,
    summary: str = "",
) -> Dossier:
    """Hand in a returned dossier again: it goes on in the tier that returned it.

    What earlier tiers let pass stays. ``documents``, ``amount``, ``summary``: where they changed;
    another amount may add or spare tiers that have not decided yet. ``note``: what was mended. ``ref``: the
    record that sends it; a dossier with a record of its own goes again by nothing else.
    """
    dossier = places.lock(ward, dossier_id)
    allow(by, "verification.send_again", ward)
    rule = guideline.rule(ward, dossier.opened_on)
    refuse_if(rules.again_problems(dossier.state, dossier.received_on, on, clock.today()))
    refuse_if(rules.record_problems(dossier.ref, ref))
    if documents is not None:
        dossier.papers = _papers(documents)
    if amount is not None and amount != dossier.amount:
        dossier.amount = amount
        dossier.tiers = tiers_for(rule.chains[dossier.chain], dossier.kind, amount)
    if summary.strip():
        dossier.summary = fitting(summary, 300)
    _hand(dossier, by, "again", on, note)
    places.put_next(dossier, rule, on)
    record(
        by=by, ward=ward, record=f"dossier:{dossier.id}", on=on, tier=dossier.tier,
        returned=dossier.returned,
    )  # fmt: skip
    return dossier


@action
def appeal(*, by: User, ward: str, dossier_id: str, on: date, why: str) -> Dossier:
    """Appeal against a refusal: the guideline's tier of appeals hears it.

    Upheld, the dossier is examined anew in the tier that refused it, by somebody else.
    """
    dossier = places.lock(ward, dossier_id)
    allow(by, "verification.appeal", ward)
    rule = guideline.rule(ward, dossier.opened_on)
    tier = rule.chains[dossier.chain].appeal
    refuse_if(
        rules.appeal_problems(
            dossier.state,
            dossier.closed_on,
            dossier.appeals,
            on,
            clock.today(),
            why,
            tier=tier,
            days=rule.appeal_days,
            most=rule.appeals,
            code=rule.code,
        )
    )
    refuse_if(_under_way(dossier))
    dossier.appeals += 1
    _hand(dossier, by, "appeal", on, why)
    places.put(dossier, tier, rule, on)
    record(by=by, ward=ward, record=f"dossier:{dossier.id}", on=on, tier=tier)
    return dossier


def _under_way(dossier: Dossier) -> list[Reason]:
    """A record whose refused dossier was followed by another one has that one to go on with."""
    others = Dossier.objects.filter(ref=dossier.ref, state__in=("open", "returned"))
    if not others.exclude(pk=dossier.pk).exists():
        return []
    return [
        Reason("verification.under_way", "A newer dossier of the same matter is under way already.")
    ]


@action
def withdraw(*, by: User, ward: str, dossier_id: str, on: date, why: str) -> Dossier:
    """Take a dossier back for good, while no final decision has been taken."""
    dossier = places.lock(ward, dossier_id)
    allow(by, "verification.withdraw", ward)
    refuse_if(
        rules.withdrawing_problems(dossier.state, dossier.received_on, on, clock.today(), why)
    )
    step = dossier.steps.filter(decided_on=None).first()
    if step is not None:
        step.pauses.filter(until=None).update(until=on)
        step.decided_on, step.decided_entered_on = on, clock.today()
        step.withdrawn, step.note = True, fitting(why, 1000)
        step.save()
    places.out(dossier, "withdrawn", on)
    record(by=by, ward=ward, record=f"dossier:{dossier.id}", on=on, why=fitting(why, 300))
    return dossier


@action
def note_informed(*, by: User, ward: str, dossier_id: str, actor: str, on: date) -> Notice:
    """Note that somebody who only has to know was told: the ward head, by the guideline."""
    dossier = places.lock(ward, dossier_id)
    allow(by, "verification.note_informed", ward)
    rule = guideline.rule(ward, dossier.opened_on)
    if actor not in rule.chains[dossier.chain].informed:
        raise refuse("verification.informed", "The guideline does not ask to tell them.")
    if dossier.notices.filter(actor=actor).exists():
        raise refuse("verification.told", "This was noted already.")
    refuse_if(day_problems(on, dossier.opened_on, clock.today()))
    notice = Notice.objects.create(dossier=dossier, actor=actor, on=on, entered_on=clock.today())
    record(by=by, ward=ward, record=f"dossier:{dossier.id}", on=on, actor_told=actor)
    return notice


def _hand(dossier: Dossier, by: User, kind: str, on: date, note: str = "") -> None:
    Handing.objects.create(
        dossier=dossier,
        kind=kind,
        on=on,
        entered_on=clock.today(),
        by=by.username,
        note=fitting(note, 1000),
    )
