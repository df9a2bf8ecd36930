"""Asked at every try of a letter about a project: does this person still have to do with it?"""

from golive.accounts.backends import may_enter
from golive.letters.models import DeliveryClass, LetterRow
from projects.portfolio.models.project import Project
from projects.portfolio.states import ProjectState


def still_concerned(row: LetterRow) -> str:
    """A code why the letter is no longer wanted, or "". Who was removed, or disabled, gets no more letters.

    That an administrator of the organisation still sees the project is no reason to write to them.
    A project that rests or is over gives no guidance; what was decided on it is still told.
    """
    person = row.recipient
    if person is None or not may_enter(person):
        return "inactive"
    seen = Project.objects.visible_to(person).filter(key=row.matter.removeprefix("project:"))
    if not person.staff_roles:
        seen = seen.filter(memberships__user=person)
    state = seen.values_list("state", flat=True).first()
    if state is None:
        return "not_on_project"
    rests = state in {ProjectState.PAUSED, ProjectState.CLOSED}
    return f"project_{state}" if rests and row.delivery_class == DeliveryClass.GUIDANCE else ""
