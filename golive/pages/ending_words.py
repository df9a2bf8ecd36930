"""What the moves of a project are called, and what each means, told before it is done."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.letters.queries import letters_waiting
from projects.portfolio.models.project import Project
from projects.portfolio.states import ProjectVerb
from reviews.assessment.states import LIVE


@dataclass(frozen=True)
class MoveWords:
    label: str
    title: str
    effect: str
    back: str
    done: str
    letter: bool = True


def words_of(verb: str) -> MoveWords:
    tables = {ProjectVerb.PAUSE: pausing, ProjectVerb.RESUME: resuming, ProjectVerb.CLOSE: closing}
    return {**tables, ProjectVerb.ARCHIVE: archiving, ProjectVerb.UNARCHIVE: bringing_back}[ProjectVerb(verb)]()


def pausing() -> MoveWords:
    return MoveWords(
        label=_("Pause the project"),
        title=_("Pause %(name)s?"),
        effect=_("Nothing can be changed until it is resumed, and no guidance goes out. Everything stays as it is."),
        back=_("An owner resumes it at any time."),
        done=_("The project is paused."),
    )


def resuming() -> MoveWords:
    return MoveWords(
        label=_("Resume the project"),
        title=_("Resume %(name)s?"),
        effect=_("It goes on where it stood. A request that was released meanwhile is deployed."),
        back=_("It can be paused again."),
        done=_("The project goes on."),
    )


def closing() -> MoveWords:
    return MoveWords(
        label=_("Close the project"),
        title=_("Close %(name)s for good?"),
        effect=_("What is open is withdrawn, and nothing can be changed any more. Everybody on it can still read it."),
        back=_("There is none: a closed project stays closed."),
        done=_("The project is closed."),
    )


def archiving() -> MoveWords:
    return MoveWords(
        label=_("Archive the project"),
        title=_("Archive %(name)s?"),
        effect=_("It leaves the lists. Nothing is deleted, and its address still works."),
        back=_("An owner brings it back."),
        done=_("The project is archived."),
        letter=False,
    )


def bringing_back() -> MoveWords:
    return MoveWords(
        label=_("Bring it back"),
        title=_("Bring %(name)s back?"),
        effect=_("It stands in the lists again. It stays closed."),
        back=_("It can be archived again."),
        done=_("The project is in the lists again."),
        letter=False,
    )


def closing_effects(project: Project) -> list[str]:
    """What closing withdraws and cancels, from the project's standing; one query for the letters."""
    row, found = project.standing, []
    reviewed = row.review_state in LIVE
    if row.checklist_state == "submitted" and not row.review_state:
        found.append(_("The submitted checklist, which no review has taken."))
    if reviewed:
        found.append(_("The review, with every plan that it asks for."))
    if row.request_state in {"queued", "failed"}:
        found.append(_("The production request, with its service request."))
    if waiting := letters_waiting(project.chain):
        found.append(ngettext("One letter that waits.", "%(n)d letters that wait.", waiting) % {"n": waiting})
    return found
