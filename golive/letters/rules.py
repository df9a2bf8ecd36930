"""Who still gets a letter, and who may decide about one that is in doubt."""

from typing import Any

from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because
from golive.outbox.rules import not_administrator

IN_DOUBT = {"unknown", "failed"}


def may_settle_letter(person: Any, state: str, settled: bool) -> Decision:
    """An administrator may send a letter again that is in doubt or was refused, or leave it as it is, once."""
    waits = state in IN_DOUBT and not settled
    return because(
        who=(not_administrator(person),),
        missing=(None if waits else Reason("not_in_doubt", _("Nothing is left to decide about this letter.")),),
    )
