"""What people give as evidence, wherever they give it: a file or a link, or a piece that the project has."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from golive.accounts.models import User
from golive.core import api_uploads
from golive.core.api import DayField as ApiDayField
from golive.core.api import LineField as ApiLineField
from golive.core.api import LinkField as ApiLinkField
from golive.core.api import StrictSerializer
from golive.core.text import DayField, LinkField
from golive.core.uploads import UploadField
from projects.evidence.models import Evidence
from projects.evidence.queries.files import checked
from projects.evidence.rules.files import KINDS, check_pair
from projects.portfolio.models.project import Project

TITLE, LINK = 120, 500


def known_piece(person: User, project: Project, uid: UUID) -> Evidence | None:
    """Evidence of another project is as unknown as evidence that never was."""
    return Evidence.objects.visible_to(person).filter(project=project, uid=uid).first()


def unknown_piece() -> str:
    return gettext("This project has no such evidence.")


class GivenForm(forms.Form):
    file = UploadField(
        check=checked,
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
        help_text=_("PDF, PNG, JPEG, text, CSV, Markdown, Word, Excel or PowerPoint without macros."),
    )
    url = LinkField(label=_("Or a link"), max_length=LINK, required=False)
    expires_on = DayField(
        label=_("Valid until"),
        required=False,
        help_text=_("The last day on which it proves something, if there is one."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            check_pair(cleaned["file"], cleaned["url"])
        return cleaned


class KnownForm(forms.Form):
    """What is offered is listed; the act says what speaks against any other."""

    evidence = forms.UUIDField(label=_("Evidence"), widget=forms.Select)

    def __init__(self, *args: Any, pieces: Iterable[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(piece.uid), piece.title) for piece in pieces]
        self.fields["evidence"].widget.choices = [("", _("Choose")), *known]
        self.offers = bool(known)

    def piece(self, person: User, project: Project) -> Evidence | None:
        """What was chosen; without it the form says why."""
        if not self.is_valid():
            return None
        if (piece := known_piece(person, project, self.cleaned_data["evidence"])) is None:
            self.add_error("evidence", unknown_piece())
        return piece


class GivenBody(StrictSerializer):
    """A file (the body is then multipart/form-data) or a link."""

    file = api_uploads.UploadField(check=checked, default=None)
    url = ApiLinkField(max_length=LINK, default="", allow_blank=True)
    expires_on = ApiDayField(default=None, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            check_pair(attrs["file"], attrs["url"])
        except ValidationError as error:
            raise serializers.ValidationError(error.message_dict) from error
        return attrs


class GivenOrKnownBody(GivenBody):
    """The uid of evidence that the project has; or a title with a link, or with a file (then multipart/form-data)."""

    evidence = serializers.UUIDField(default=None)
    title = ApiLineField(max_length=TITLE, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        uid = attrs.pop("evidence")
        if uid is None:
            if not attrs["title"]:
                raise serializers.ValidationError({"title": [gettext("Say what it shows.")]})
            return super().validate(attrs)
        if any(attrs.values()):
            raise serializers.ValidationError(
                {"evidence": [gettext("Name evidence, or give something new, not both.")]}
            )
        return {"evidence": uid}


def piece_named(person: User, project: Project, uid: UUID) -> Evidence:
    """For the API, whose answer to an unknown one is 400 at its field."""
    if (piece := known_piece(person, project, uid)) is None:
        raise serializers.ValidationError({"evidence": [unknown_piece()]})
    return piece
