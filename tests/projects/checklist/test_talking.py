"""Talk about a question: who reads which, who is named, what is settled, and what the other side never learns."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.core.decision import Refused
from golive.handlers import still_mentioned
from golive.letters.models import LetterRow
from projects.checklist.actions.talking import comment_on_answer, resolve_thread
from projects.checklist.models.checklist import Checklist
from projects.checklist.models.talking import AnswerComment, AnswerThread
from projects.checklist.queries.proof import false_counters
from projects.checklist.rules.talking import (
    TalkFacts,
    audiences_of,
    may_be_mentioned,
    may_comment,
    may_resolve,
)
from projects.portfolio.actions.people import remove_member
from projects.portfolio.rules.onlooker import Onlooker
from tests import corpus
from tests.builders import client_of
from tests.builders_projects import Cast, call, codes_of, fill_checklist, submit
from tests.projects.checklist.test_page import queries_of

CUSTOMER = Onlooker(id=1, side="customer", access="member")
PARTNER = Onlooker(id=2, side="partner", access="member")
VIEWER = Onlooker(id=3, side="customer", access="viewer")
REVIEWER = Onlooker(id=4, staff=frozenset({"architect", "lead"}))
ENGINEER = Onlooker(id=5, staff=frozenset({"engineer"}))
both = pytest.mark.parametrize("door", ["page", "api"])


def facts(audience: str = "team", **different) -> TalkFacts:
    return TalkFacts(**({"project_key": "HALD-7Q2", "project_state": "active", "audience": audience} | different))


def say(cast: Cast, text: str = "Who has the plan?", *, audience="team", by=None, mentions=(), question="SC-02"):
    said = {"audience": audience, "text": text, "mentions": mentions}
    return comment_on_answer(cast.project, question, **said, by=by or cast.member, at=timezone.now())


def settle(cast: Cast, *, audience="team", by=None):
    return resolve_thread(cast.project, "SC-02", audience=audience, by=by or cast.member, at=timezone.now())


def place(cast: Cast, door: str = "page") -> str:
    return f"{'/' if door == 'page' else ''}projects/{cast.key}/checklist/answers/SC-02/comments/"


@pytest.mark.once
@pytest.mark.parametrize(
    ("person", "reads"),
    [
        (CUSTOMER, ("team", "customer")),
        (VIEWER, ("team", "customer")),
        (PARTNER, ("team", "partner")),
        (REVIEWER, ()),
        (ENGINEER, ()),
        (Onlooker(id=6), ()),
    ],
)
def test_each_side_reads_what_is_for_everybody_and_for_itself(person, reads):
    assert audiences_of(person, has_partner=True) == reads


@pytest.mark.once
def test_without_a_partner_the_customer_talks_alone():
    assert audiences_of(CUSTOMER, has_partner=False) == ("customer",)


@pytest.mark.once
@pytest.mark.parametrize(
    ("person", "known", "codes"),
    [
        (CUSTOMER, facts(), []),
        (CUSTOMER, facts(project_state="paused"), []),
        (CUSTOMER, facts(project_state="closed"), ["project_over"]),
        (CUSTOMER, facts(project_state="graduated"), ["project_over"]),
        (VIEWER, facts(), ["not_of_team"]),
        (REVIEWER, facts(), ["not_of_team"]),
        (PARTNER, facts("customer"), ["not_your_side"]),
        (CUSTOMER, facts("partner"), ["not_your_side"]),
    ],
)
def test_the_team_writes_until_the_project_is_over_each_to_its_own_side(person, known, codes):
    assert may_comment(person, known).codes == codes


@pytest.mark.django_db
def test_a_checklist_that_begins_with_a_comment_counts_what_is_asked(cast):
    say(cast)

    assert Checklist.objects.get().asked > 0
    assert list(false_counters()) == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("person", "known", "codes"),
    [
        (CUSTOMER, facts(said=True), []),
        (CUSTOMER, facts(), ["nothing_said"]),
        (CUSTOMER, facts(said=True, resolved=True), ["thread_resolved"]),
        (VIEWER, facts(said=True), ["not_of_team"]),
    ],
)
def test_whoever_may_write_settles_what_was_said(person, known, codes):
    assert may_resolve(person, known).codes == codes


@pytest.mark.once
def test_the_other_side_hears_the_same_whether_anything_was_said_or_not():
    each = [facts("customer"), facts("customer", said=True), facts("customer", said=True, resolved=True)]

    assert {tuple(may_resolve(PARTNER, one).codes) for one in each} == {("not_your_side",)}


@pytest.mark.once
@pytest.mark.parametrize(
    ("person", "audience", "codes"),
    [
        (VIEWER, "customer", []),
        (PARTNER, "team", []),
        (PARTNER, "customer", ["mention_cannot_read"]),
        (REVIEWER, "team", ["mention_cannot_read"]),
    ],
)
def test_only_who_reads_it_is_named_in_it(person, audience, codes):
    assert may_be_mentioned(person, facts(audience)).codes == codes


def test_a_comment_after_it_was_resolved_opens_it_again(cast):
    say(cast)
    settle(cast)
    assert AnswerThread.objects.get().resolved_by == cast.member

    say(cast, "One more thing.")

    thread = AnswerThread.objects.get()
    assert (thread.resolved_at, thread.resolved_by, thread.comments.count()) == (None, None, 2)


def test_talk_goes_on_when_the_round_is_submitted(cast):
    fill_checklist(cast)
    submit(cast)

    say(cast)

    assert AnswerComment.objects.count() == 1


def test_whom_a_comment_names_gets_a_letter_without_its_text(cast):
    say(cast, "Secret words.", mentions=[cast.owner, cast.member, cast.owner])

    letter = LetterRow.objects.get()
    assert (letter.recipient, letter.letter) == (cast.owner, "answer_mentioned")
    assert "Secret" not in str(letter.words)
    assert still_mentioned(letter) == ""


def test_who_was_removed_meanwhile_or_is_not_of_that_side_gets_none(cast):
    say(cast, audience="customer", mentions=[cast.viewer])
    letter = LetterRow.objects.get()
    letter.recipient = cast.partner_member  # as if somebody had written it by mistake
    assert still_mentioned(letter) == "not_a_reader"
    letter.recipient = cast.viewer
    assert still_mentioned(letter) == ""

    remove_member(cast.project, user=cast.viewer, by=cast.owner, at=timezone.now())

    assert still_mentioned(letter) == "not_on_project"


@pytest.mark.parametrize("audience", ["customer", "partner"])
def test_one_side_never_learns_that_the_other_talks(cast, audience):
    """Compared byte by byte with what it reads where nothing was said, at every door that tells of the checklist."""
    teller, other = (cast.member, cast.partner_member) if audience == "customer" else (cast.partner_member, cast.member)
    say(cast, "Begun.", by=teller)  # the checklist has begun, and both know it
    doors = [f"projects/{cast.key}/checklist/", f"projects/{cast.key}/history/", place(cast, "api")]
    pages = [f"/{path}" for path in doors[:2]] + [f"{place(cast)}?audience={audience}"]

    def read(user) -> list[str]:
        texts = [call(user, "get", path).content.decode() for path in doors]
        return [words_of(text) for text in [*texts, *(client_of(user).get(page).content.decode() for page in pages)]]

    before, own = read(other), read(teller)
    say(cast, "Zebra.", audience=audience, by=teller)
    say(cast, "Zebra again.", audience=audience, by=teller)
    settle(cast, audience=audience, by=teller)
    refused = call(teller, "post", place(cast, "api") + "resolve/", {"audience": audience})
    assert codes_of(refused) == ["thread_resolved"]

    assert read(other) == before
    assert read(teller) != own
    for staff in (cast.architect, cast.lead):
        assert all("Zebra" not in text and "Begun" not in text for text in read(staff))
    chain = AuditRow.objects.filter(chain=f"{cast.project.chain}:{audience}").values_list("act", flat=True)
    assert list(chain) == ["answer.commented", "answer.commented", "answer.talk_resolved", "denied"]


def words_of(text: str) -> str:
    """Without what differs from one answer to the next."""
    return "\n".join(line for line in text.splitlines() if "csrf" not in line and "nonce" not in line)


@both
def test_what_is_written_is_read_beside_the_question(cast, door):
    said = {"audience": "customer", "text": "Ask\nAna.", "mentions": [str(cast.viewer.uid)]}

    if door == "page":
        sent = client_of(cast.member).post(place(cast), said)
    else:
        sent = call(cast.member, "post", place(cast, door), said)

    assert sent.status_code == (302 if door == "page" else 201)
    body = client_of(cast.viewer).get(f"{place(cast)}?audience=customer").content.decode()
    assert "Ask" in body and "to Erik Halden" in body
    assert LetterRow.objects.get().recipient == cast.viewer
    listed = client_of(cast.viewer).get(f"/projects/{cast.key}/checklist/").content.decode()
    assert "one comment" in listed
    talk = call(cast.viewer, "get", place(cast, "api")).json()["results"]
    assert [(one["audience"], len(one["comments"])) for one in talk] == [("team", 0), ("customer", 1)]


@both
@pytest.mark.parametrize("text", ["", " ", "x" * 2_001, *corpus.NULS[:1], *corpus.CONTROLS[:1]])
def test_what_is_no_comment_is_refused_and_what_was_typed_stays(cast, door, text):
    said = {"audience": "team", "text": text}

    if door == "page":
        sent = client_of(cast.member).post(place(cast), said)
    else:
        sent = call(cast.member, "post", place(cast, door), said)

    assert sent.status_code == (422 if door == "page" else 400)
    assert not AnswerComment.objects.exists()
    if door == "page" and len(text) > 100:
        assert text in sent.content.decode()


@both
def test_somebody_who_does_not_read_it_is_no_choice(cast, door):
    said = {"audience": "customer", "text": "Look.", "mentions": [str(cast.partner_member.uid)]}

    if door == "page":
        sent = client_of(cast.member).post(place(cast), said)
    else:
        sent = call(cast.member, "post", place(cast, door), said)

    assert (sent.status_code, AnswerComment.objects.exists()) == (422 if door == "page" else 400, False)
    with pytest.raises(Refused) as refused:
        say(cast, audience="customer", mentions=[cast.partner_member])
    assert refused.value.decision.codes == ["mention_cannot_read"]


def test_before_it_is_sent_a_chip_names_who_reads_it(cast):
    client = client_of(cast.member)
    names = (cast.project.customer.name, cast.project.partner.name)

    team, own = client.get(place(cast)), client.get(f"{place(cast)}?audience=customer")

    assert f"Read by everybody of {names[0]} and {names[1]} on this project, 4 people." in team.content.decode()
    assert f"Read by everybody of {names[0]} on this project, 3 people." in own.content.decode()
    assert "Reviewers and engineers do not read it." in own.content.decode()


def test_with_script_it_opens_below_the_question_and_is_drawn_anew(cast):
    client, headers = client_of(cast.member), {"HX-Request": "true"}

    opened = client.get(place(cast), headers=headers)
    sent = client.post(place(cast), {"audience": "team", "text": "Hello."}, headers=headers)
    done = client.post(place(cast) + "resolve/", {"audience": "team"}, headers=headers)

    for answer in (opened, sent, done):
        assert (answer.status_code, answer["HX-Retarget"]) == (200, "#c-SC-02")
        assert "<html" not in answer.content.decode()
    assert "Resolved by <bdi>Jonas Lind</bdi>" in done.content.decode()


def test_talk_costs_the_checklist_one_query_however_much_is_said(cast):
    client, page = client_of(cast.member), f"/projects/{cast.key}/checklist/"
    say(cast)
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for question in ("GR-01", "CU-01", "SC-02", "UA-10"):
        for audience in ("team", "customer"):
            say(cast, audience=audience, question=question)

    with CaptureQueriesContext(connection) as many:
        body = client.get(page).content.decode()

    assert len(queries_of(one)) == len(queries_of(many))
    assert (body.count("2 comments"), body.count("3 comments")) == (3, 1)
