"""Whose an organisation's own methodologies are, when two organisations become one."""

from golive.accounts.models import Organisation
from projects.methodology.models.custom import CustomMethodology

LONGEST = 80


def move_methodologies(gone: Organisation, kept: Organisation) -> int:
    """Versions and drafts stay as they are; where both have one of a name, the one that comes carries a number."""
    taken = set(CustomMethodology.objects.filter(organisation=kept).values_list("name", flat=True))
    moved = list(CustomMethodology.objects.select_for_update().filter(organisation=gone).order_by("pk"))
    for one in moved:
        one.organisation, one.name = kept, free_name(one.name, taken)
        taken.add(one.name)
        one.save(update_fields=["organisation", "name"])
    return len(moved)


def free_name(name: str, taken: set[str]) -> str:
    number, found = 2, name
    while found in taken:
        mark = f" ({number})"
        found, number = name[: LONGEST - len(mark)] + mark, number + 1
    return found
