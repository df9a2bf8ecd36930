"""A small checklist that uses every key of the format, to be written into a folder and broken on purpose."""

import json

TOPIC = dict.fromkeys(("name", "looks_at", "why", "good", "if_missed", "way_back"), "Text.")
RISK = {"kind": "risk", "severity": "high", "finding": "F", "mitigation": "M", "owner": "sponsor"}


def topic(topic_id, *questions, **keys):
    return {"id": topic_id, **TOPIC, "learn_more": ["Guide"], "basis": "P", **keys, "question": list(questions)}


def question(question_id, answer, **keys):
    return {
        "id": question_id,
        "text": f"Question {question_id}?",
        "answer": answer,
        "answer_required": True,
        "nature": "required",
        "basis": "P",
        **keys,
    }


def risk(**keys):
    return {**RISK, **keys}


def whole():
    """Two topics and the project's rules: every key at least once."""
    same = "project.sandbox_locations.all(place, place == project.production_location)"
    elsewhere = f'project.production_location != "" && !{same}'
    rules = {"rule": [{"id": "PR-01", "topic": "AA", "basis": "P", **risk(when=elsewhere)}]}
    return {"01-first.toml": first_topic(), "02-second.toml": second_topic(), "project-rules.toml": rules}


def first_topic():
    return topic(
        "AA",
        question("AA-01", "date", material=False, risk=[risk(when="value != milestone.go_live")]),
        question(
            "AA-02",
            "multi",
            options=["none", "order", "owners"],
            evidence="required",
            evidence_when='!("none" in value)',
            assertion="Complete.",
            assertion_when='"none" in value',
            risk=[
                risk(on=["order", "owners"], severity="medium"),
                risk(when="size(value) >= 2", kind="issue", severity="critical"),
            ],
        ),
        question("AA-03", "number", unit="hours", risk=[risk(when='value < answer("AA-04")')]),
        question("AA-04", "number", answer_required=False, nature="advised"),
        question("AA-05", "ynpa", evidence="optional", assertion="Good.", risk=[risk(on=["no", "partly"])]),
        question("AA-06", "text", risk=[risk(when="blank", severity="low", owner="test_lead")]),
        question("AA-07", "percent", risk=[risk(when="value < 80.0", owner="test_lead")]),
    )


def second_topic():
    return topic(
        "BB",
        question("BB-01", "single", options=["one", "two"], risk=[risk(when='value == "two"')]),
        question(
            "BB-02",
            "yn",
            show_when="days_until(milestone.go_live) < 10.0",
            risk=[risk(when='value == "no" && today > milestone.go_live')],
        ),
        question("BB-03", "file_or_text", answer_required=False),
        question("BB-04", "ynp", risk=[risk(when='value == "no" && project.user_count > 5.0')]),
        question(
            "BB-05",
            "date",
            risk=[
                risk(when="business_days_until(value) < 7.0"),
                risk(when="days_since(value) > 60.0 || value > milestone.go_live - days(14)", severity="low"),
            ],
        ),
        show_when='"fo" in project.products',
    )


def write(folder, files):
    folder.mkdir(exist_ok=True)
    for name, table in files.items():
        (folder / name).write_text("\n".join(_lines(table, "")))
    return folder


def _lines(table, path):
    """As much TOML as these files need."""
    nested = {
        key: value for key, value in table.items() if isinstance(value, list) and value and isinstance(value[0], dict)
    }
    for key, value in table.items():
        if key not in nested:
            yield f"{key} = {json.dumps(value)}"
    for key, entries in nested.items():
        for entry in entries:
            yield f"[[{path}{key}]]"
            yield from _lines(entry, f"{path}{key}.")
