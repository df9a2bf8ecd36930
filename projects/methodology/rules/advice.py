"""What is said beside an act that is allowed: warnings that block nothing, advice, and what reopening leads to."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.decision import Reason
from projects.methodology.rules.steps import PhaseFacts, StepFacts


def step_warnings(facts: StepFacts) -> tuple[Reason, ...]:
    """A step can be done while one that it should follow is open, but people are told."""
    if facts.state == "done" or not facts.warns_of:
        return ()
    text = _("%(others)s is still open and should be done before %(step)s.")
    return (Reason("open_before", text % {"others": ", ".join(facts.warns_of), "step": facts.key}),)


def phase_warnings(facts: PhaseFacts) -> tuple[Reason, ...]:
    """What is open in a phase without stopping anything; a complete phase stays complete, whatever it says here."""
    complete = facts.state == "complete"
    reasons = (_came_into_view(facts), _earlier_reopened(facts)) if complete else (_optional_open(facts), None)
    return tuple(reason for reason in reasons if reason)


def _optional_open(facts: PhaseFacts) -> Reason | None:
    if not facts.open_optional:
        return None
    text = _("Optional and open: %(keys)s. They may stay open.")
    return Reason("optional_open", text % {"keys": ", ".join(facts.open_optional)})


def _came_into_view(facts: PhaseFacts) -> Reason | None:
    keys = [key for key, _name in facts.open_required]
    if not keys:
        return None
    text = ngettext(
        "%(keys)s came into view after this phase was complete. The phase stays complete; reopen it to mark the step.",
        "%(keys)s came into view after this phase was complete. The phase stays complete; reopen it to mark the steps.",
        len(keys),
    )
    return Reason("came_into_view", text % {"keys": ", ".join(keys)})


def _earlier_reopened(facts: PhaseFacts) -> Reason | None:
    if not facts.open_earlier:
        return None
    text = ngettext(
        "It stays complete although an earlier phase is open again: %(names)s.",
        "It stays complete although earlier phases are open again: %(names)s.",
        len(facts.open_earlier),
    )
    return Reason("earlier_reopened", text % {"names": ", ".join(facts.open_earlier)})


def click_through(marks: Iterable[datetime], now: datetime, *, most: float, minutes: float) -> Reason | None:
    """More marks of one person in a short time than work can be done in: advised against, never refused."""
    since = now - timedelta(minutes=minutes)
    if sum(since <= at <= now for at in marks) <= most:
        return None
    text = _(
        "You marked many steps within a few minutes. Mark progress as the work is really done: "
        "clicking through just to get production helps nobody on the first day."
    )
    return Reason("click_through", text)


def follows_reopening(facts: PhaseFacts, *, gate: bool, request_state: str, later: Iterable[str]) -> tuple[Reason, ...]:
    """What reopening a complete phase does to the production request and to the phases after it."""
    texts = {
        "": _("Configure is locked until %(phase)s is complete again."),
        "draft": _("The draft of the production request is locked until %(phase)s is complete again."),
        "queued": _("The queued production request keeps its place and is held until %(phase)s is complete again."),
        "deploying": _("The deployment goes on untouched; the production page says that %(phase)s is open again."),
        "failed": _("The failed deployment can be tried again only when %(phase)s is complete again."),
        "done": _("Production stays deployed; its page says that %(phase)s is open again."),
    }
    found = [Reason("steps_stay", _("Done steps stay done."))]
    if gate:
        text = texts.get(request_state, texts["draft"])
        found.append(Reason(f"request_{request_state or 'none'}", text % {"phase": facts.name}))
    if names := ", ".join(later):
        found.append(
            Reason("later_stay", _("What was complete later stays complete and says so: %(names)s.") % {"names": names})
        )
    return tuple(found)
