"""The review page in words: the answer to whose turn it is and what stands before the sign-off."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.decision import Decision, Reason
from golive.programme.queries import fasttrack_calendar
from reviews.assessment.queries import finding_facts
from reviews.assessment.rules.facts import told_to_team, what_holds
from reviews.assessment.rules.promise import Promise, promise_of
from reviews.assessment.rules.review import may_conclude
from reviews.assessment.states import LIVE, Outcome, ReviewState
from reviews.conclusion.queries import ReviewSheet

Pairs = list[tuple[str, Any]]
FOR_TEAM = {"critical_open", "high_open", "no_go_live"}


def promise_words(sheet: ReviewSheet, at: datetime) -> Promise | None:
    review, calendar = sheet.review, fasttrack_calendar()
    if review.state not in LIVE:
        return None
    return promise_of(
        min(review.submission.submitted_at, review.taken_at),  # a later round does not start the first promise anew
        review.first_report_due_on,
        delivered_at=review.report_delivered_at,
        at=at,
        country=calendar.country,
        zone=calendar.zone,
    )


def verdict_of(sheet: ReviewSheet) -> tuple[str, str]:
    review = sheet.review
    if review.state == ReviewState.CONCLUDED:
        return outcome_words(review.outcome), concluded_words(sheet)
    if review.state == ReviewState.SUSPENDED:
        return _("The sign-off is suspended."), suspended_words(sheet)
    if review.state == ReviewState.WITHDRAWN:
        return _("The review was withdrawn."), _("The submission waits until somebody takes it anew.")
    return running_words(sheet)


def outcome_words(outcome: str) -> str:
    """What the programme states when it is done (S1-51)."""
    words = {
        Outcome.READY: _("The project is ready to request production."),
        Outcome.READY_WITH_CONDITIONS: _("The project is ready to request production, with conditions."),
        Outcome.NOT_READY: _("The project is not ready to request production."),
    }
    return words[Outcome(outcome)]


def concluded_words(sheet: ReviewSheet) -> str:
    if sheet.review.outcome == Outcome.NOT_READY:
        return _("Mend what is open below; the next submission starts a new review.")
    newest = sheet.conclusions[0]
    if newest.conditions:
        labels = ", ".join(newest.conditions)
        return _("Until go-live these conditions have to be met: %(labels)s.") % {"labels": labels}
    return _("The sign-off covers go-live on %(day)s.") % {"day": day(newest.go_live_on)}


def suspended_words(sheet: ReviewSheet) -> str:
    words = {
        "changed": _(
            "A material answer changed after it. Restore it, or submit the checklist again to have it confirmed."
        ),
        "lapsed": _("Go-live moved too far from the date that was reviewed. The reviewer confirms the new date."),
        "finding_added": _("A finding was added after it. The reviewer confirms again when nothing holds the review."),
    }
    return words[sheet.suspension.because] if sheet.suspension else ""


def running_words(sheet: ReviewSheet) -> tuple[str, str]:
    review, turn = sheet.review, turn_words(sheet)
    if not told(sheet):
        return _("%(name)s reviews the checklist.") % {"name": review.reviewer.name}, turn
    held = len(what_holds(finding_facts(row) for row in sheet.shown))
    if not held:
        return _("Nothing holds the sign-off."), turn
    text = ngettext("%(n)d finding holds the sign-off.", "%(n)d findings hold the sign-off.", held)
    return text % {"n": held}, turn


def told(sheet: ReviewSheet) -> bool:
    delivered = sheet.review.report_delivered_at is not None
    return sheet.person.reviews or told_to_team(sheet.review.state, delivered=delivered)


def turn_words(sheet: ReviewSheet) -> str:
    whose = sheet.review.project.standing.turn
    if sheet.person.reviews:
        words = {"team": _("It is the team's turn."), "reviewers": _("It is our turn.")}
    else:
        words = {"team": _("It is your turn: a plan is asked for."), "reviewers": _("It is the reviewers' turn.")}
    return words.get(whose, "")


def decision_of(sheet: ReviewSheet) -> Decision:
    """What stands before the sign-off; the team sees of it what is its own to mend."""
    acts = sheet.acts
    if sheet.person.reviews:
        return acts["reconfirm" if sheet.review.state == ReviewState.SUSPENDED else "conclude"]
    if not told(sheet):
        return Decision()
    shown = replace(sheet.facts, findings=tuple(finding_facts(row) for row in sheet.shown), reviewer=sheet.person.id)
    reviewer = replace(sheet.person, id=-1, staff=frozenset({"lead"}), side="", organisation=-1)
    reasons = may_conclude(reviewer, shown, passed=True).missing
    return Decision(missing=tuple(reason for reason in reasons if reason.code in FOR_TEAM))


def before_words(reasons: tuple[Reason, ...]) -> str:
    if not reasons:
        return _("Nothing stands before the sign-off")
    count = len(reasons)
    return ngettext("%(n)d thing before Sign off review", "%(n)d things before Sign off review", count) % {"n": count}


def seal_facts(sheet: ReviewSheet, *, answers: int) -> Pairs:
    """What the sign-off would bind now."""
    answered = ngettext("%(n)d answer", "%(n)d answers", answers) % {"n": answers}
    findings = ngettext("%(n)d finding", "%(n)d findings", len(sheet.findings)) % {"n": len(sheet.findings)}
    plans = sum(hasattr(asked, "plan") for row in sheet.findings for asked in row.rounds.all())
    planned = ngettext("%(n)d plan", "%(n)d plans", plans) % {"n": plans}
    round_ = _("round %(n)d") % {"n": sheet.review.submission.round.number}
    report = sheet.seal.report
    return [
        (_("Covers"), f"{answered} ({round_}), {findings}, {planned}"),
        (_("Go-live"), day(sheet.seal.go_live_on) or _("no date yet")),
        (_("Report"), _("version %(n)d") % {"n": report.version} if report else _("none stored yet")),
    ]


def signed_facts(sheet: ReviewSheet) -> list[dict[str, Any]]:
    """What was signed off, the newest first."""
    return [
        {
            "facts": [
                (_("Outcome"), row.get_outcome_display()),
                (_("By"), f"{row.concluded_by.name}, {moment(row.at)}"),
                (_("Go-live"), day(row.go_live_on) or _("no date yet")),
                *([(_("Conditions"), ", ".join(row.conditions))] if row.conditions else []),
                *([(_("Report"), _("version %(n)d") % {"n": row.report.version})] if row.report else []),
            ],
            "hash": grouped(row.review_hash),
            "confirmed": row.reconfirms_id is not None,
        }
        for row in sheet.conclusions
    ]


def tools_of(sheet: ReviewSheet) -> list[dict[str, Any]]:
    """What a reviewer may do with the review besides signing it off."""
    if not sheet.person.reviews or sheet.review.state == ReviewState.WITHDRAWN:
        return []
    key, acts = sheet.review.project.key, sheet.acts
    drafts = [row for row in sheet.findings if row.state == "draft"]
    offers = [
        ("add-finding", _("Add finding"), "finding_add", "get", False, bool(acts["add-finding"])),
        ("open-drafts", _("Open all drafts"), "open_drafts", "post", False, bool(drafts)),
        ("deliver-report", _("Deliver report"), "report_deliver", "get", True, sheet.review.state == "in_review"),
        ("assign", _("Assign"), "review_assign", "get", True, bool(acts["assign"])),
        ("withdraw", _("Withdraw review"), "review_withdraw", "get", True, bool(acts["withdraw"])),
    ]
    opened = sheet.acts_on(drafts[0])["open"] if drafts else Decision()
    return [
        {
            "id": f"act-{verb}",
            "label": label,
            "url": reverse(name, kwargs={"key": key}),
            "method": method,
            "ask": ask,
            "decision": opened if verb == "open-drafts" else acts[verb],
        }
        for verb, label, name, method, ask, wanted in offers
        if wanted
    ]


def grouped(digest: str) -> str:
    """As people compare it: in groups of four."""
    return " ".join(digest[n : n + 4] for n in range(0, len(digest), 4))


def day(value: Any) -> str:
    return date_format(value, "j M Y") if value else ""


def moment(value: datetime) -> str:
    return date_format(localtime(value), "j M Y, H:i")
