"""A list of people to take over: a file, or another project; then its rows once more, with what was decided."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from golive.core.json_body import loads
from golive.core.sheet_reader import LARGEST, read_sheet
from golive.core.text import clean_json
from projects.portfolio.models.project import Project
from projects.portfolio.queries.importing import rows_in_body, rows_in_sheet, rows_of_project
from projects.portfolio.rules.importing import RosterRow
from projects.portfolio.states import RosterColumn

KNOWN = {"n", *RosterColumn.values}  # `n`: the row's number where it came from


class ImportForm(forms.Form):
    file = forms.FileField(label=_("A workbook (.xlsx)"), required=False, max_length=200)
    project = forms.ModelChoiceField(
        label=_("Or the people of another project"),
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, *args: Any, sources: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = sources
        self.rows: list[RosterRow] = []

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        if file is not None:
            # One byte more than is allowed, whatever it says of its size: the reader refuses by what it gets.
            self.rows = rows_in_sheet(read_sheet(file.read(LARGEST + 1)))
        return file

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        file, project = found.get("file"), found.get("project")
        if not self.errors and bool(file) == bool(project):
            raise ValidationError(_("Choose a workbook, or another project."), code="no_source")
        if project is not None and not self.errors:
            self.rows = rows_of_project(project)
        return found


class ImportAgainForm(forms.Form):
    """The rows of the preview, sent back by the page: read as strictly as any other input."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=200_000)
    source = forms.ModelChoiceField(queryset=None, to_field_name="key", required=False, widget=forms.HiddenInput)
    invite = forms.BooleanField(label=_("Invite the unknown ones of my own organisation"), required=False)
    although_alike = forms.BooleanField(label=_("Who looks like somebody else is another person"), required=False)

    def __init__(self, *args: Any, sources: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources

    def clean_rows(self) -> list[RosterRow]:
        try:
            bodies = clean_json(loads(self.cleaned_data["rows"].encode()), size=200_000)
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("These are no rows of ours."), code="malformed") from error
        right = isinstance(bodies, list) and all(
            isinstance(body, dict) and set(body) <= KNOWN and all(isinstance(v, str) for v in body.values())
            for body in bodies
        )
        if not right:
            raise ValidationError(_("These are no rows of ours."), code="malformed")
        return rows_in_body(bodies)
