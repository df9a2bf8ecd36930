"""An organisation's own methodologies: a draft to edit, and versions that never change once published."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from golive.accounts.models import Organisation, User
from golive.core.guards import AppendOnly
from golive.core.ids import uuid7


class OfOrganisation(models.QuerySet):
    """Seen by the people of the organisation."""

    def visible_to(self, user: User) -> "OfOrganisation":
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(organisation_id=user.organisation_id)


class CustomMethodology(models.Model):
    """A copy of a supplied or an own version under a name of its own. `draft` is what is being edited."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="methodologies")
    name = models.CharField(max_length=80)
    based_on = models.CharField(max_length=40)
    draft = models.JSONField()
    revision = models.PositiveIntegerField(default=1)  # of the draft: two who edit at once see each other
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)  # new projects can no longer start with it

    objects = OfOrganisation.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="methodology_name_once", fields=["organisation", "name"]),
            models.CheckConstraint(name="methodology_named", condition=~Q(name="")),
        ]
        ordering = ["name", "pk"]


class CustomVersion(models.Model):
    """A published version: new projects pin it by its uid, and it is never edited."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    methodology = models.ForeignKey(CustomMethodology, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.TextField()  # canonical JSON of phases and steps
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="methodology_version_once", fields=["methodology", "number"]),
            models.CheckConstraint(name="methodology_version_hash_whole", condition=Q(sha256__length=64)),
            AppendOnly(name="methodology_version_kept"),
        ]
        ordering = ["-number"]
