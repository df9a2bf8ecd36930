"""The figure of the four stages: small on the overview, large where it is opened, and in words for who sees none."""

import pytest

from tests.builders import client_of
from tests.builders_projects import make_project, onboard, plan_dates, submitted_project

pytestmark = pytest.mark.django_db
NAMES = ["Initiate", "Implement", "Prepare", "Operate"]


def figure_of(cast, page="stages/"):
    answer = client_of(cast.member).get(f"/projects/{cast.key}/{page}")
    return answer, answer.context["figure" if page else "stages"]


@pytest.mark.req("S0-10")
def test_the_overview_shows_it_with_all_four_in_its_text_and_opens_it_enlarged():
    cast = make_project()
    page, figure = figure_of(cast, "")
    body = page.content.decode()

    assert [box.name for box in figure.boxes] == NAMES
    assert figure.alternative == "The four stages of guidance: Initiate, Implement, Prepare, Operate. Now: Initiate."
    link, small = f'<a href="/projects/{cast.key}/stages/" data-ask>', f'role="img" aria-label="{figure.alternative}"'
    assert body.index(link) < body.index(small) < body.index("</a>", body.index(link))


@pytest.mark.req("S0-10")
def test_the_large_one_is_a_dialog_with_a_way_out_by_keyboard_and_the_same_in_words():
    cast = make_project()
    page, figure = figure_of(cast)
    body = page.content.decode()

    assert '<dialog class="dialog flow" open aria-labelledby="h-dialog">' in body
    assert f'aria-label="{figure.alternative}"' in body
    assert '<svg viewBox="0 0 360 66" role="img"' in body, "as wide as the dialog"
    assert f'href="/projects/{cast.key}/" data-close' in body
    assert all(f"<dt>{name}</dt>" in body for name in NAMES)


@pytest.mark.req("S0-21")
def test_what_is_now_is_said_and_prepare_lies_inside_implement():
    cast = make_project()
    assert [box.state for box in figure_of(cast)[1].boxes] == ["now", "later", "later", "later"]
    plan_dates(cast)
    onboard(cast)
    boxes = figure_of(cast)[1].boxes

    assert [box.state for box in boxes] == ["done", "now", "later", "later"]
    initiate, implement, prepare, operate = boxes
    assert initiate.x + initiate.width < implement.x < prepare.x
    assert prepare.x + prepare.width == implement.x + implement.width < operate.x


def test_with_the_first_word_of_the_review_the_project_prepares():
    cast = submitted_project()
    type(cast.project.standing).objects.filter(project=cast.project).update(review_state="in_review")

    _page, figure = figure_of(cast)

    assert figure.now == "Now: Implement, and in it Prepare."
    assert [box.state for box in figure.boxes] == ["done", "now", "now", "later"]
