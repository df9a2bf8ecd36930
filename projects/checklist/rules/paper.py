"""A checklist as a paper: blank, filled in so far, or as it was submitted. Page, PDF and workbook are made of it."""

from collections.abc import Iterator
from dataclasses import dataclass

Fact = tuple[str, str]  # a label and its words


@dataclass(frozen=True)
class PaperEvidence:
    title: str
    source: str  # the name of the file, or an address
    sha256: str = ""


@dataclass(frozen=True)
class PaperRisk:
    """`code`: of the severity; nothing for a strength."""

    code: str
    severity: str
    finding: str
    mitigation: str
    owner: str
    place: str  # the question, else the rule


@dataclass(frozen=True)
class PaperLine:
    id: str
    text: str
    nature: str
    kind: str  # how it is answered, in words
    answer: str = ""
    note: str = ""
    evidence: tuple[PaperEvidence, ...] = ()


@dataclass(frozen=True)
class PaperTopic:
    id: str
    name: str
    looks_at: str
    lines: tuple[PaperLine, ...]


@dataclass(frozen=True)
class Paper:
    title: str
    state: str
    project: str
    key: str
    facts: tuple[Fact, ...]
    rollouts: tuple[tuple[str, str, str, str], ...]
    topics: tuple[PaperTopic, ...]
    risks: tuple[PaperRisk, ...] = ()
    contradictions: tuple[Fact, ...] = ()
    seal: tuple[Fact, ...] = ()
    sha256: str = ""

    @property
    def lines(self) -> Iterator[tuple[PaperTopic, PaperLine]]:
        for topic in self.topics:
            yield from ((topic, line) for line in topic.lines)
