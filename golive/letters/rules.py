"""Who still gets a letter, and who may decide about one that is in doubt."""

from typing import Any

from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because

IN_DOUBT = {"unknown", "failed"}


def may_settle_letter(person: Any, state: str, settled: bool) -> Decision:
    """An administrator may send a letter again that is in doubt or was refused, or leave it as it is, once."""
    administrator = bool(person.is_active and person.is_administrator)
    waits = state in IN_DOUBT and not settled
    return because(
        who=(None if administrator else Reason("not_administrator", _("Only an administrator may do this.")),),
        missing=(None if waits else Reason("not_in_doubt", _("Nothing is left to decide about this letter.")),),
    )
