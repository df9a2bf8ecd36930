"""Who may make a private address of a calendar."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Decision, Reason, because


@dataclass(frozen=True)
class FeedFacts:
    """`lives`: this person has an address already, of the same project or of all that waits for them."""

    lives: bool = False
    archived: bool = False


def may_make_feed(facts: FeedFacts) -> Decision:
    """Whoever sees a project may take its dates along by one address at a time; nobody those of an archived one."""
    return because(missing=(_archived(facts), _lives(facts)))


def _archived(facts: FeedFacts) -> Reason | None:
    if not facts.archived:
        return None
    return Reason("project_archived", _("The project is archived: its calendar is closed."))


def _lives(facts: FeedFacts) -> Reason | None:
    if not facts.lives:
        return None
    text = _("You have an address already. It was shown once; revoke it to make another.")
    return Reason("feed_lives", text, Cure("calendar_feeds"))
