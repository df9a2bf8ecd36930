"""Asked at every try of a letter about a project: does this person still have to do with it?"""

from golive.letters.models import LetterRow
from projects.portfolio.models.project import Project


def still_concerned(row: LetterRow) -> str:
    """A code why the letter is no longer wanted, or "". Who was removed, or disabled, gets no more letters."""
    person = row.recipient
    if person is None or not person.is_active or person.organisation.disabled_at:
        return "inactive"
    key = row.matter.removeprefix("project:")
    if Project.objects.visible_to(person).filter(key=key).exists():
        return ""
    return "not_on_project"
