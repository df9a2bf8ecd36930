"""Whether evidence still proves something: its last day, what overtook it, and what people say to that."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.core.decision import Refused
from projects.evidence.actions.evidence import (
    confirm_evidence,
    mark_evidence_stale,
    revise_evidence,
    withdraw_evidence,
)
from projects.evidence.models import Evidence, EvidenceFile, EvidenceRevision
from projects.evidence.rules.acts import EvidenceFacts, may_confirm_evidence
from projects.evidence.rules.currency import PieceFacts, currency_of
from projects.portfolio.rules.onlooker import Onlooker
from tests.builders import client_of
from tests.builders_projects import Cast, call, make_project
from tests.projects.evidence.samples import PDF
from tests.projects.evidence.ways import add, paths, send

TODAY = date(2026, 12, 4)
both = pytest.mark.parametrize("door", ["page", "api"])


@pytest.fixture
def cast(db) -> Cast:
    return make_project()


@pytest.mark.once
@pytest.mark.parametrize(
    ("facts", "currency"),
    [
        ({}, "current"),
        ({"expires_on": TODAY}, "current"),
        ({"expires_on": date(2026, 12, 3)}, "expired"),
        ({"stale": True, "expires_on": date(2026, 12, 3)}, "stale"),
        ({"newest": False}, "older"),
        ({"scan": "infected", "newest": False}, "infected"),
        ({"scan": "not_scanned"}, "current"),
        ({"withdrawn": True, "stale": True}, "withdrawn"),
    ],
)
def test_evidence_counts_in_its_newest_revision_until_its_last_day(facts, currency):
    assert currency_of(PieceFacts(**facts), TODAY) == currency


@pytest.mark.once
@pytest.mark.parametrize(
    ("access", "facts", "codes"),
    [
        ("member", {"stale": True}, []),
        ("member", {}, ["not_stale"]),
        ("viewer", {"stale": True}, ["not_of_team"]),
        ("member", {"stale": True, "withdrawn": True}, ["evidence_withdrawn"]),
        ("member", {"stale": True, "project_state": "closed"}, ["project_not_active"]),
    ],
)
def test_the_team_confirms_what_was_overtaken(access, facts, codes):
    known = EvidenceFacts(**({"project_key": "HALD-7Q2", "project_state": "active"} | facts))

    assert may_confirm_evidence(Onlooker(id=1, side="customer", access=access), known).codes == codes


@both
def test_the_last_day_is_kept_and_shown_by_both_doors(cast, door):
    gone = timezone.localdate() - timedelta(days=3)

    send(cast.member, paths(cast)[door], PDF, "a.pdf", title="Minutes", expires_on=gone.isoformat())

    assert Evidence.objects.get().expires_on == gone
    assert "Expired" in client_of(cast.viewer).get(paths(cast)["page"]).content.decode()
    shown = call(cast.viewer, "get", f"projects/{cast.key}/evidence/").json()["results"]
    assert [(one["expires_on"], one["currency"]) for one in shown] == [(gone.isoformat(), "expired")]


@both
def test_a_day_that_is_none_is_refused(cast, door):
    answer = send(cast.member, paths(cast)[door], PDF, "a.pdf", title="Minutes", expires_on="4.12.2026")

    assert (answer.status_code, Evidence.objects.exists()) == (422 if door == "page" else 400, False)


def test_what_is_older_than_the_event_is_overtaken_and_nothing_else(cast):
    old, withdrawn = add(cast, "Old"), add(cast, "Gone")
    withdraw_evidence(withdrawn, by=cast.member, at=timezone.now())
    event = timezone.now()
    late = add(cast, "Late", content=b"%PDF-1.4\nlate\n%%EOF\n")

    count = mark_evidence_stale(cast.project, since=event, by=None, at=timezone.now())

    stale = Evidence.objects.exclude(stale_at=None).values_list("title", flat=True)
    assert (count, list(stale)) == (1, ["Old"])
    row = AuditRow.objects.get(act="evidence.overtaken")
    assert (row.actor, row.object) == (None, f"evidence:{old.uid}")
    assert late.stale_at is None


def test_a_newer_revision_or_a_word_of_the_team_ends_it(cast):
    revised, confirmed = add(cast, "One"), add(cast, "Two")
    mark_evidence_stale(cast.project, since=timezone.now(), by=cast.member, at=timezone.now())
    page = client_of(cast.member).get(f"/projects/{cast.key}/evidence/{confirmed.uid}/").content.decode()
    assert "something came after it that it does not know" in page

    revise_evidence(revised, seen=1, url="https://team.example/two", by=cast.member, at=timezone.now())
    confirm_evidence(confirmed, by=cast.member, at=timezone.now())

    assert not Evidence.objects.exclude(stale_at=None).exists()
    assert AuditRow.objects.get(act="evidence.confirmed").actor == cast.member
    with pytest.raises(Refused):
        confirm_evidence(confirmed, by=cast.member, at=timezone.now())


@both
def test_when_the_disk_is_nearly_full_files_are_refused_and_links_are_not(cast, door, monkeypatch):
    monkeypatch.setattr("projects.evidence.queries.files.room_left", lambda: 0)

    refused = send(cast.member, paths(cast)[door], PDF, "a.pdf", title="Minutes")

    assert (refused.status_code, "no room for more files" in refused.content.decode()) == (507, True)
    assert (Evidence.objects.count(), EvidenceFile.objects.count()) == (0, 0)
    link = {"title": "Plan", "url": "https://team.example/plan"}
    assert call(cast.member, "post", f"projects/{cast.key}/evidence/", link).status_code == 201
    assert client_of(cast.viewer).get(paths(cast)["page"]).status_code == 200
    assert EvidenceRevision.objects.count() == 1
