"""What `manage.py fill` makes is as the acts of people leave it: the proofs find nothing, and pages open."""

from io import StringIO

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from golive.proofs import false_standing
from projects.methodology.actions.course import weigh_course
from projects.methodology.rules.catalogue import LATEST, methodology
from projects.portfolio.models.project import Project
from tests.builders import client_of
from tests.builders_projects import make_project, plan_dates

# What no two projects share: whose they are, and when they go live.
OWN = {"project", "customer", "partner", "go_live_on", "sort_day", "go_live_month"}


def test_filled_projects_are_whole(db):
    call_command("fill", "12", stdout=StringIO())
    call_command("fill", "3", stdout=StringIO())

    assert Project.objects.count() == 15
    assert list(false_standing()) == []


def test_a_filled_project_looks_like_one_that_was_planned(db):
    call_command("fill", "1", stdout=StringIO())
    filled = Project.objects.select_related("standing", "facts").get()
    cast = make_project(methodology=LATEST, infrastructure=filled.infrastructure)
    plan_dates(cast)
    planned = Project.objects.select_related("standing", "facts").get(pk=cast.project.pk)

    def shape(project: Project) -> list:
        steps = project.steps.values_list("key", "phase__key", "position", "required", "applies", "auto").order_by(
            "key"
        )
        kept = {f.name: getattr(project.standing, f.name) for f in project.standing._meta.fields}
        days = [row.milestone for row in project.rollouts.get().milestones.order_by("day")]
        return [list(steps), days, {n: v for n, v in kept.items() if n not in OWN}]

    assert shape(filled) == shape(planned)


def test_the_owner_of_filled_projects_opens_one(db):
    call_command("fill", "1", stdout=StringIO())
    project = Project.objects.get()

    assert client_of(project.created_by).get(reverse("project", kwargs={"key": project.key})).status_code == 200


def test_a_step_of_each_kind_is_weighed_as_its_facts_say(db):
    """Some are laid, some copied."""
    call_command("fill", "30", stdout=StringIO())

    for project in Project.objects.select_related("facts"):
        before = list(project.steps.order_by("pk").values())
        weigh_course(project, at=timezone.now())
        assert list(project.steps.order_by("pk").values()) == before
        assert len(before) == sum(len(phase.steps) for phase in methodology(LATEST).phases)
