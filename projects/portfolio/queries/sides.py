"""Of which projects an organisation is the customer or the partner."""

from django.db.models import Count, Q

from golive.accounts.models import Organisation
from projects.portfolio.models.project import Project


def project_counts(organisation: Organisation) -> dict[str, int]:
    mine = Project.objects.filter(Q(customer=organisation) | Q(partner=organisation))
    return mine.aggregate(
        customer=Count("pk", filter=Q(customer=organisation)), partner=Count("pk", filter=Q(partner=organisation))
    )


def projects_between(one: Organisation, other: Organisation) -> list[str]:
    """The keys of projects of which the one is customer and the other partner."""
    both = Q(customer=one, partner=other) | Q(customer=other, partner=one)
    return list(Project.objects.filter(both).order_by("key").values_list("key", flat=True))
