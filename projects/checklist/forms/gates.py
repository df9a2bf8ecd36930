"""What the holder of a gate review says: the decision, and a line for each topic."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.core.text import BlockField, DayField, LineField
from projects.checklist.rules.gates import COMPARED, MATURITY, OWNER, REMARK, TOPIC_REMARK, GateTopic
from projects.checklist.states import GateDecision, TopicStatus

LARGEST_NUMBER = 30_000


def percent(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100)


class GateTopicForm(forms.Form):
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=TopicStatus.choices)
    readiness = percent(gettext_lazy("Ready, %"))
    completeness = percent(gettext_lazy("Complete, %"))
    maturity = forms.IntegerField(label=gettext_lazy("Mature, 1 to 5"), min_value=MATURITY[0], max_value=MATURITY[1])
    owner = LineField(label=gettext_lazy("Owner"), max_length=OWNER, required=False)
    remark = LineField(label=gettext_lazy("Remark"), max_length=TOPIC_REMARK, required=False)

    def __init__(self, sent: Any, topic: GateTopic) -> None:
        initial = {name: getattr(topic, name) for name in COMPARED}
        super().__init__(sent, initial=initial, prefix=topic.topic)
        self.topic = topic

    @property
    def said(self) -> GateTopic:
        return GateTopic(self.topic.topic, self.topic.name, **self.cleaned_data)


class GateForm(forms.Form):
    held_on = DayField(label=gettext_lazy("Held on"))
    decision = forms.ChoiceField(label=gettext_lazy("Decision"), choices=GateDecision.choices, widget=forms.RadioSelect)
    remark = BlockField(
        label=gettext_lazy("Remark for the steering committee"),
        max_length=REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_NUMBER)

    def __init__(self, sent: Any, topics: Sequence[GateTopic], *, after: int, today: date) -> None:
        super().__init__(sent, initial={"held_on": today, "after": after})
        self.today = today
        self.lines = [GateTopicForm(sent, topic) for topic in topics]

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if day > self.today:
            raise ValidationError(_("A gate is held today, or was held before."), code="not_held_yet")
        return day

    def is_valid(self) -> bool:
        lines = [line.is_valid() for line in self.lines]  # all are asked, so that all show what is wrong
        return super().is_valid() and all(lines)

    @property
    def topics(self) -> list[GateTopic]:
        return [line.said for line in self.lines]
