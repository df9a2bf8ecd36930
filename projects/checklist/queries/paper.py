"""The three papers of a checklist: blank, filled in so far, and as it was submitted, from the frozen text alone."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from golive.programme.queries import role_words
from projects.checklist.queries.header import known_header
from projects.checklist.queries.sheet import SEVERITY, Sheet
from projects.checklist.rules.answers import choice_words, in_words
from projects.checklist.rules.contradictions import risks_of_contraries
from projects.checklist.rules.header import header_to_json, line_from_json
from projects.checklist.rules.paper import Fact, Paper, PaperEvidence, PaperLine, PaperRisk, PaperTopic
from projects.checklist.rules.questions import CHOICES, Question
from projects.checklist.states import Stand
from projects.plan.states import LicenceType
from projects.portfolio.states import Risk

NOTHING = "–"


def blank_paper(sheet: Sheet) -> Paper:
    """The questions this project is asked, and none of its answers."""
    lines = {one.id: line_of(one) for one in sheet.questions}
    return Paper(
        title=_("Go-live checklist"),
        state=_("Blank"),
        project=sheet.project.name,
        key=sheet.project.key,
        facts=(*((label, "") for label in labels().values()), (_("Catalogue"), sheet.catalogue.version)),
        rollouts=(),
        topics=topics_of(sheet.catalogue.topics, lines, {one.id: one.topic for one in sheet.questions}),
    )


def filled_paper(sheet: Sheet, *, at: datetime) -> Paper:
    """As answered now: nobody has sent it."""
    known, named = known_header(sheet), sheet.completed_by
    said = header_to_json(sheet.header) | {
        "customer": known.customer,
        "partner": known.partner,
        "fasttrack_architect": known.architect,
        "licences": [{"type": kind, "count": count} for kind, count in known.licences],
        "vision": known.vision,
        "stakeholders": ", ".join((*known.customer_stakeholders, *known.partner_stakeholders)),
        "completed_by": str(named) if named else "",
        "go_live_on": known.go_live,
    }
    lines = {
        one.id: line_of(one, words=in_words(one, sheet.answers[one.id]), note=sheet.answers[one.id].note)
        for one in sheet.questions
    }
    return Paper(
        title=_("Go-live checklist"),
        state=_("As answered on %(day)s, not submitted") % {"day": date_format(at, _("j M Y"))},
        project=sheet.project.name,
        key=sheet.project.key,
        facts=(*facts_of(said), (_("Catalogue"), sheet.catalogue.version)),
        rollouts=rollouts_of(said),
        topics=topics_of(sheet.catalogue.topics, lines, {one.id: one.topic for one in sheet.questions}),
        risks=tuple(risks_of(vars(one) for one in (*sheet.risks, *risks_of_contraries(sheet.contraries)))),
    )


def frozen_paper(frozen: str, *, sha256: str) -> Paper:
    """What was sent and nothing else, also of the schema that knew less."""
    content = json.loads(frozen)
    header, people = content.get("header", {}), content.get("people", {})

    def names(uids: Iterable[str]) -> str:
        return ", ".join(people[uid]["name"] for uid in uids if uid in people)

    said = header | {
        "stakeholders": names(content["stakeholders"]),
        "completed_by": names(filter(None, [content["completed_by"]])),
        "go_live_on": date.fromisoformat(content["go_live_on"]) if content["go_live_on"] else None,
    }
    lines = {one["id"]: frozen_line(one) for one in content["questions"]}
    return Paper(
        title=_("Go-live checklist"),
        state=_("Round %(n)d, as submitted") % {"n": content["round"]},
        project=content.get("name", content["project"]),
        key=content["project"],
        facts=facts_of(said) if header else (),
        rollouts=rollouts_of(said) if header else (),
        topics=frozen_topics(content, lines),
        risks=tuple(risks_of(content["risks"])),
        contradictions=tuple((one["id"], stand_words(one)) for one in content.get("contradictions", ())),
        seal=tuple(frozen_seal(content, names)),
        sha256=sha256,
    )


def stand_words(one: Mapping[str, Any]) -> str:
    """What contradicts itself, and what the team said of it; nothing where a rule of the answer says it already."""
    said = f"{Stand(one['stand']).label}: {one['text']}" if one["stand"] else ""
    return "\n".join(filter(None, (one.get("says", ""), said)))


def frozen_seal(content: Mapping[str, Any], names: Any) -> Iterator[Fact]:
    sent = datetime.fromisoformat(content["submitted_at"])
    yield _("Submitted"), f"{date_format(sent, _('j M Y, H:i'))} UTC"
    if by := content.get("submitted_by"):
        yield _("Submitted by"), names([by])
        yield _("Contributors"), names(content["contributors"])
    yield _("Catalogue"), content["catalogue"]["version"]
    yield _("Hash of the catalogue"), content["catalogue"]["sha256"]
    if bound := content.get("content_hash"):
        yield _("Hash of what a clearance binds"), bound


def labels() -> dict[str, str]:
    """What the header says, by the words of the reader."""
    return {
        "customer": _("Customer"),
        "partner": _("Partner"),
        "stakeholders": _("Key stakeholders"),
        "fasttrack_architect": _("FastTrack architect"),
        "completed_by": _("Completed by"),
        "project_reference": _("Reference of the project"),
        "legacy_system": _("Legacy system"),
        "go_live_on": _("Go-live"),
        "licences": _("Licences"),
        "vision": _("Vision"),
    }


def facts_of(said: Mapping[str, Any]) -> tuple[Fact, ...]:
    words = dict(said) | {"licences": licence_words(said.get("licences", ())), "go_live_on": day_of(said["go_live_on"])}
    return tuple((label, str(words.get(name) or NOTHING)) for name, label in labels().items())


def licence_words(licences: Iterable[Mapping[str, Any]]) -> str:
    kinds = dict(LicenceType.choices)
    return ", ".join(f"{kinds.get(one['type'], one['type'])} {figure(one['count'])}" for one in licences)


def rollouts_of(said: Mapping[str, Any]) -> tuple[tuple[str, str, str, str], ...]:
    """The first one's day is the go-live milestone."""
    lines = [line_from_json(one) for one in said.get("rollouts", ())]
    days = [said["go_live_on"], *(line.on for line in lines[1:])]
    return tuple(
        (day_of(day), figure(line.users), line.areas or NOTHING, line.places or NOTHING)
        for day, line in zip(days, lines, strict=False)
    )


def topics_of(
    topics: Iterable[Any], lines: Mapping[str, PaperLine], places: Mapping[str, str]
) -> tuple[PaperTopic, ...]:
    """Only topics in which something is asked."""
    found = [
        PaperTopic(one.id, one.name, one.looks_at, tuple(lines[id] for id in lines if places[id] == one.id))
        for one in topics
    ]
    return tuple(topic for topic in found if topic.lines)


def frozen_topics(content: Mapping[str, Any], lines: Mapping[str, PaperLine]) -> tuple[PaperTopic, ...]:
    places = {one["id"]: one["topic"] for one in content["questions"]}
    found = [
        PaperTopic(
            one["id"], one["name"], one.get("looks_at", ""), tuple(lines[id] for id in lines if places[id] == one["id"])
        )
        for one in content["topics"]
    ]
    return tuple(topic for topic in found if topic.lines)


def line_of(question: Question, *, words: str = "", note: str = "") -> PaperLine:
    kind = kind_words(question.answer, question.choices, question.unit)
    return PaperLine(question.id, question.text, nature_words(question.nature), kind, words, note)


def frozen_line(one: Mapping[str, Any]) -> PaperLine:
    kind = kind_words(one["type"], one["options"], one["unit"]) if "type" in one else ""
    proof = tuple(
        PaperEvidence(piece["title"], piece["name"] or piece["url"], piece["sha256"])
        for piece in one.get("evidence", ())
    )
    note = one["answer"].get("note", "")
    return PaperLine(one["id"], one["text"], nature_words(one["nature"]), kind, one["words"], note, proof)


def nature_words(nature: str) -> str:
    return {"required": _("Required"), "advised": _("Advised")}.get(nature, nature)


def kind_words(answer: str, options: Iterable[str], unit: str) -> str:
    """How it is answered: the answers to choose from, else what is to be written."""
    if answer in CHOICES or answer in ("single", "multi"):
        joined = " / ".join(choice_words(option) for option in options)
        return _("%(options)s (several)") % {"options": joined} if answer == "multi" else joined
    words = {"date": _("A date"), "number": _("A number"), "percent": "0–100 %", "text": _("Text")}
    kind = words.get(answer, _("Text or a file"))
    return f"{kind} ({unit})" if unit else kind


def risks_of(risks: Iterable[Mapping[str, Any]]) -> Iterator[PaperRisk]:
    """Most severe first, strengths last."""
    for risk in sorted(risks, key=lambda one: -SEVERITY.get(one["severity"], Risk.NONE)):
        severity = SEVERITY.get(risk["severity"])
        yield PaperRisk(
            code=risk["severity"],
            severity=str(severity.label) if severity is not None else _("Strength"),
            finding=risk["finding"],
            mitigation=risk["mitigation"],
            owner=role_words().get(risk["owner"], "") if risk["owner"] else "",
            place=risk["question"] or risk["rule"],
        )


def day_of(day: date | None) -> str:
    return date_format(day, _("j M Y")) if day else NOTHING


def figure(count: int | None) -> str:
    return NOTHING if count is None else number_format(count, force_grouping=True)
