"""The kinds of record of case management, declared."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from krama.access.groups import HEALTH, IDENTITY, NARRATIVE, OPEN
from krama.access.rowsecurity import behind_case, definer_functions
from krama.casework import forms, models
from krama.casework.actions import case as case_actions
from krama.casework.actions import consent as consent_actions
from krama.casework.actions import screening as screening_actions
from krama.casework.actions import service as service_actions
from krama.casework.terms import CaseStatus, ScreeningStatus
from krama.records.board import BoardStep, StepState, board_step
from krama.records.types import RecordType, Transition, register

definer_functions("krama.casework", "sql/figures.sql")


@register
class Case(RecordType):
    """The protection case."""

    model, slug, section = models.Case, "case", _("Cases")
    columns = ("code", "status", "category", "risk", "next_step", "next_due", "registered_at")
    filters = ("status", "category", "risk", "child", "next_due", "registered_at")
    order = ("next_due", "-registered_at")
    fields = {
        "scope": OPEN,
        "code": OPEN,
        "person": OPEN,
        "status": OPEN,
        "registered_at": OPEN,
        "age": OPEN,
        "child": OPEN,
        "category": OPEN,
        "risk": OPEN,
        "next_step": OPEN,
        "next_due": OPEN,
        "next_by": OPEN,
        "safety_notice": NARRATIVE,
        "opened_on": OPEN,
    }
    fence = behind_case("scope_id")
    transitions = (
        Transition(
            "open", _("Open the case"), case_actions.open_case, forms.OpenCaseForm,
            refusals=case_actions.refusals_to_open, shown=lambda case: case.status == CaseStatus.INTAKE,
        ),
        Transition("set-next-step", _("Next step"), case_actions.set_next_step, forms.NextStepForm),
        Transition("set-safety", _("Risk and safety notice"), case_actions.set_safety, forms.SafetyForm),
    )  # fmt: skip
    page = lambda case: reverse("case", args=[case.code])  # noqa: E731
    htcds = {"status": "cas_Status", "next_by": "cas_CaseOwner"}


@register
class HouseholdMember(RecordType):
    """A place in a household."""

    model, slug, section = models.HouseholdMember, "family-link", _("Family")
    columns = ("case", "relation")
    card = False
    fields = {"case": OPEN, "household": OPEN, "relation": OPEN}


@register
class Screening(RecordType):
    """The interview."""

    model, slug, section = models.Screening, "screening", _("Screening and identification")
    columns = ("case", "status", "interviewer", "started_at", "finished_at")
    filters = ("status", "started_at", "urgent_needs")
    order = ("-started_at",)
    fields = {
        **dict.fromkeys(
            ("case", "status", "interviewer", "started_at", "finished_at", "needs_asked", "informed", "agreed",
             "language", "understood", "interpreter", "interpreter_fit", "place", "privacy"), OPEN
        ),
        **dict.fromkeys(("urgent_needs", "immediate_risk", "urgent_done"), HEALTH),
        **dict.fromkeys(
            ("others_in_hearing", "reasons_for_leaving", "recruitment", "recruiter_relation",
             "recruited_by_family", "travel", "exploitation", "industry", "controls", "months_abroad",
             "detention_days", "release", "story", "indicators", "act", "act_grounds", "means", "means_grounds",
             "purpose", "purpose_grounds", "abuse_abroad", "in_need"), NARRATIVE
        ),
    }  # fmt: skip
    add = lambda case, *, by: screening_actions.start_screening(case, by=by)  # noqa: E731
    change = screening_actions.save_screening
    transitions = (
        Transition(
            "finish", _("Finish the interview"), screening_actions.finish_screening,
            refusals=screening_actions.refusals_to_finish,
            shown=lambda screening: screening.status == ScreeningStatus.OPEN,
        ),
    )  # fmt: skip
    timeline = lambda s: (s.started_at, _("Screening interview"), s.interviewer)  # noqa: E731
    blocks_closure = lambda s: s.status == ScreeningStatus.OPEN  # noqa: E731
    page = lambda s: reverse("screening", args=[s.pk])  # noqa: E731
    htcds = {
        "recruitment": "vic_MethodOfRecruitment",
        "controls": "vic_MethodsOfControl",
        "exploitation": "vic_TypeOfExploitation",
        "industry": "vic_ForcedLabourIndustry",
        "recruiter_relation": "vic_RelationshipToTrafficker",
    }


@register
class Determination(RecordType):
    """A finding, added and never changed."""

    model, slug, section = models.Determination, "determination", _("Screening and identification")
    columns = ("case", "outcome", "authority", "decided_on", "decided_by")
    filters = ("outcome", "authority", "child", "recorded_at")
    order = ("-recorded_at",)
    fields = {
        **dict.fromkeys(
            ("case", "screening", "authority", "outcome", "suggested", "decided_on", "decided_by", "body",
             "reference", "age", "child", "recorded_at"), OPEN
        ),
        "grounds": NARRATIVE,
        "departure": NARRATIVE,
    }  # fmt: skip
    asks = ("outcome", "grounds", "departure", "decided_on", "authority", "body", "reference")
    form, add = forms.DeterminationForm, screening_actions.determine
    timeline = lambda d: (d.recorded_at, d.get_outcome_display(), d.decided_by)  # noqa: E731
    htcds = {"outcome": "vic_TraffickingStatus", "body": "vic_TraffickingStatusDecisionMakingOrg"}


@register
class Consent(RecordType):
    """What the person agreed to or refused."""

    model, slug, section = models.Consent, "consent", _("Consent")
    columns = ("case", "answer", "purposes", "given_by", "given_on", "until", "withdrawn_on")
    filters = ("answer", "purposes")
    order = ("-given_on", "-pk")
    fields = {
        **dict.fromkeys(
            ("case", "answer", "purposes", "recipients", "given_by", "took_part", "assent", "informed", "how",
             "interpreter", "second_decider", "proof", "given_on", "until", "withdrawn_on", "recorded_by"), OPEN
        ),
        "giver": IDENTITY,
        "witness": IDENTITY,
        "grounds": NARRATIVE,
        "limits": NARRATIVE,
    }  # fmt: skip
    asks = ("answer", "purposes", "given_by", "how", "given_on")
    form, add = forms.ConsentForm, consent_actions.record_consent
    transitions = (
        Transition(
            "withdraw", _("The person takes it back"), consent_actions.withdraw_consent, forms.WithdrawForm,
            shown=lambda consent: consent.withdrawn_on is None and consent.answer == "given",
        ),
    )  # fmt: skip
    timeline = lambda c: (c.given_on, _("Consent: %s") % c.get_answer_display(), c.recorded_by)  # noqa: E731
    htcds = {"answer": "con_Consent"}


@register
class Service(RecordType):
    """A service given."""

    model, slug, section = models.Service, "service", _("Services")
    columns = ("case", "kind", "given_on", "quantity", "provider", "given_by")
    filters = ("kind",)
    order = ("-given_on", "-pk")
    fields = {
        **dict.fromkeys(
            ("case", "kind", "given_on", "quantity", "provider", "expense", "given_by", "batch"), OPEN
        ),
        "note": HEALTH,
    }
    asks = ("kind", "given_on", "quantity", "provider", "note")
    form, add, add_many = forms.ServiceForm, service_actions.give, service_actions.give_many
    change = service_actions.amend_service
    timeline = lambda s: (s.given_on, s._meta.get_field("kind").text_of(s.kind), s.given_by)  # noqa: E731


@register
class CounsellingNote(RecordType):
    """The counsellor's private notes."""

    model, slug, section = models.CounsellingNote, "counselling-note", _("Counselling")
    columns = ("case", "held_on", "counsellor")
    order = ("-held_on", "-pk")
    fields = {"case": OPEN, "held_on": OPEN, "counsellor": OPEN, "note": NARRATIVE}
    asks = ("held_on", "note")
    add, change = service_actions.add_note, service_actions.amend_note
    compartment = "counselling"
    private_to = "counsellor"
    fence = behind_case().and_also(
        "({table}.counsellor_id = (SELECT krama_user()) OR (SELECT krama_reach_agency()) IS NOT NULL)"
        " AND EXISTS (SELECT 1 FROM access_casescope s WHERE s.id = {table}.case_id"
        " AND s.agency_id = (SELECT krama_case_agency()))"
    )
    timeline = lambda n: (n.held_on, _("Counselling session"), n.counsellor)  # noqa: E731


def _services(*kinds):
    def states(cases) -> dict:
        rows = (
            models.Service.objects.filter(case__in=cases, kind__in=kinds)
            .select_related("given_by")
            .order_by("given_on")
        )
        return {row.case_id: StepState("done", who=str(row.given_by), url=service_url(row)) for row in rows}

    return states


def service_url(row) -> str:
    """Give the address of a service."""
    return reverse("records:detail", args=("service", row.pk))


def _screenings(cases) -> dict:
    rows = (
        models.Screening.objects.filter(case__in=cases).select_related("interviewer").order_by("started_at")
    )
    kinds = {ScreeningStatus.OPEN: "underway", ScreeningStatus.FINISHED: "done"}
    return {
        row.case_id: StepState(
            kinds[row.status], who=str(row.interviewer), url=reverse("screening", args=[row.pk])
        )
        for row in rows
    }


def _determinations(cases) -> dict:
    rows = models.Determination.objects.filter(case__in=cases, authority="partner").select_related(
        "decided_by"
    )
    return {
        row.case_id: StepState("done", row.get_outcome_display(), str(row.decided_by or ""))
        for row in rows.order_by("recorded_at")
    }


def _consents(cases) -> dict:
    rows = (
        models.Consent.objects.filter(case__in=cases).select_related("recorded_by").order_by("given_on", "pk")
    )
    return {
        row.case_id: StepState(
            "blocked" if row.answer == "refused" or row.withdrawn_on else "done",
            _("Withdrawn") if row.withdrawn_on else row.get_answer_display(),
            str(row.recorded_by),
        )
        for row in rows
    }


def _next_steps(cases) -> dict:
    field = models.Case._meta.get_field("next_step")
    return {
        case.pk: StepState("done" if case.status != CaseStatus.INTAKE else "underway",
                           field.text_of(case.next_step), str(case.next_by or ""))
        for case in cases
        if case.next_step
    }  # fmt: skip


def _registered(cases) -> dict:
    return {case.pk: StepState("done") for case in cases}


def _adding(slug: str):
    return lambda case: reverse("records:add", args=(slug,)) + f"?case={case.code}"


def _service_step(name, label, order, *kinds) -> BoardStep:
    start = lambda case: _adding("service")(case) + f"&kind={kinds[0]}"  # noqa: E731
    return BoardStep(name, label, order, _services(*kinds), start, permission="service.add")


for step in (
    BoardStep("registered", _("Registered"), 10, _registered),
    _service_step("meal", _("Meal"), 20, "meal"),
    _service_step("medical", _("Medical check"), 40, "medical_check", "medical_treatment"),
    _service_step("counselling", _("Counselling"), 50, "basic_counselling", "counselling"),
    BoardStep("consent", _("Consent"), 60, _consents, _adding("consent"), permission="consent.add"),
    BoardStep("screening", _("Screening"), 70, _screenings, lambda case: reverse("screening-start", args=[case.code]),
              permission="screening.add"),
    BoardStep("determination", _("Determination"), 80, _determinations, _adding("determination"),
              permission="determination.add"),
    BoardStep("next", _("Next step"), 90, _next_steps,
              lambda case: reverse("records:transition", args=("case", case.pk, "set-next-step")),
              permission="case.set-next-step"),
):  # fmt: skip
    board_step(step)
