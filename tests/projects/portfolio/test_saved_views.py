"""A filter kept under a name: by page and API, one's own alone, as many as can be found again."""

import pytest
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.core.decision import Refused
from projects.portfolio.actions.saved_views import rename_view, save_view
from projects.portfolio.models.keeping import SavedView
from projects.portfolio.rules.listing import Listing
from projects.portfolio.rules.saved_views import MOST, ViewFacts, may_rename_view, may_save_view
from tests.builders import client_of, make_user
from tests.builders_projects import call, codes_of

pytestmark = pytest.mark.django_db
NOW = timezone.now


def kept(user, name="Late", **asked):
    return save_view(Listing(**asked), name=name, by=user, at=NOW())


def test_what_a_view_lacks():
    assert may_save_view(ViewFacts(count=MOST - 1, length=600)).codes == []
    assert may_save_view(ViewFacts(count=MOST, taken=True, length=601)).codes == [
        "too_many_views",
        "view_too_long",
        "name_taken",
    ]
    assert may_rename_view(ViewFacts(count=MOST, taken=True)).codes == ["name_taken"]


def test_a_view_holds_the_filter_without_what_was_left_blank():
    user = make_user()
    client = client_of(user)
    said = {"name": " Critical ", "query": "words=&risk=4&state=&sort=risk&cursor=abc"}

    answer = client.post("/projects/views/make/", said)

    view = SavedView.objects.get()
    assert (view.user, view.name, view.query) == (user, "Critical", "risk=4&sort=risk")
    assert answer["Location"] == "/projects/?risk=4&sort=risk"
    assert b"Critical" in client.get("/projects/").content


def test_the_page_marks_the_view_that_is_shown():
    user = make_user()
    kept(user, "Late", risk="4")
    kept(user, "Early", risk="1")

    body = client_of(user).get("/projects/?risk=4&words=").content.decode()

    assert body.count('aria-current="page"><bdi>') == 1
    assert 'aria-current="page"><bdi>Late' in body


def test_a_view_is_nobody_elses():
    mine, other = make_user(), make_user("Olaf")
    view = kept(mine, "My secret view")
    client = client_of(other)

    assert b"My secret view" not in client.get("/projects/").content + client.get("/projects/views/").content
    assert call(other, "get", "projects/views/").json()["results"] == []
    assert client.post(f"/projects/views/{view.pk}/rename/", {f"{view.pk}-name": "x"}).status_code == 404
    assert client.post(f"/projects/views/{view.pk}/delete/").status_code == 404
    assert call(other, "put", f"projects/views/{view.pk}/", {"name": "x"}).status_code == 404
    assert call(other, "delete", f"projects/views/{view.pk}/").status_code == 404
    assert SavedView.objects.get().name == "My secret view"


def test_names_differ_by_more_than_case():
    user = make_user()
    kept(user, "Late")
    other = kept(user, "Early")

    with pytest.raises(Refused):
        kept(user, "LATE")
    with pytest.raises(Refused):
        rename_view(other, name="late", by=user, at=NOW())
    assert rename_view(other, name="EARLY", by=user, at=NOW()).name == "EARLY"


def test_there_are_at_most_twenty():
    user = make_user()
    for number in range(MOST):
        kept(user, f"View {number}")

    answer = call(user, "post", "projects/views/", {"name": "One more", "filter": {}})

    assert (answer.status_code, codes_of(answer)) == (409, ["too_many_views"])
    assert client_of(user).post("/projects/views/make/", {"name": "One more"}).status_code == 409
    assert SavedView.objects.count() == MOST


def test_the_api_keeps_renames_and_deletes():
    user = make_user()

    made = call(user, "post", "projects/views/", {"name": "Late", "filter": {"window": "passed"}})
    path = f"projects/views/{made.json()['id']}/"

    assert (made.status_code, made.json()["query"]) == (201, "window=passed")
    assert call(user, "put", path, {"name": "Behind"}).json()["name"] == "Behind"
    assert [view["name"] for view in call(user, "get", "projects/views/").json()["results"]] == ["Behind"]
    assert call(user, "delete", path).status_code == 204
    assert call(user, "delete", path).status_code == 404
    acts = AuditRow.objects.filter(chain="site").order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["view.saved", "view.renamed", "view.deleted"]
    assert "Late" not in "".join(AuditRow.objects.values_list("body", flat=True))


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "filter": {}},
        {"name": "x" * 61, "filter": {}},
        {"name": "a\u202eb", "filter": {}},
        {"name": "Late", "filter": {"stat": "active"}},
        {"name": "Late", "filter": {"state": "asleep"}},
        {"name": "Late", "filter": {"first": "0001-01-01"}},
        {"name": "Late", "filter": ["state"]},
        {"name": "Late", "query": "state=active"},
    ],
)
def test_a_bad_view_is_refused_by_the_api(body):
    assert call(make_user(), "post", "projects/views/", body).status_code == 400
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize("said", [{"name": ""}, {"name": "a\u202eb"}, {"name": "Late", "query": "state=asleep"}])
def test_a_bad_view_is_refused_by_the_page_with_a_sentence(said):
    page = client_of(make_user()).post("/projects/views/make/", said)

    assert page.status_code == 422
    assert page.context["keeping"].errors
    assert SavedView.objects.count() == 0


def test_a_bad_name_keeps_the_old_one_and_says_why():
    user = make_user()
    view = kept(user)

    page = client_of(user).post(f"/projects/views/{view.pk}/rename/", {f"{view.pk}-name": ""})

    assert page.status_code == 422
    assert page.context["views"][0][1].errors
    assert SavedView.objects.get().name == "Late"


def test_a_filter_of_long_foreign_words_is_too_long_to_keep():
    with pytest.raises(Refused) as refused:
        kept(make_user(), words="\u6d77" * 80)

    assert refused.value.decision.codes == ["view_too_long"]


def test_a_number_beyond_every_row_is_no_view():
    user = make_user()

    assert client_of(user).post(f"/projects/views/{10**30}/delete/").status_code == 404
    assert call(user, "delete", f"projects/views/{10**30}/").status_code == 404
