"""The four stages that guidance knows. They are no phases of the methodology: all five of those lie inside one."""

from dataclasses import dataclass

from projects.portfolio.states import Stage


@dataclass(frozen=True)
class StageFacts:
    """`review_begun`: reviewers have spoken to the team for the first time."""

    onboarded: bool
    review_begun: bool
    live: bool


def stage_of(facts: StageFacts) -> Stage:
    """Initiate from the making of the project until it is onboarded, Implement up to go-live, Operate from then on."""
    if facts.live:
        return Stage.OPERATE
    return Stage.IMPLEMENT if facts.onboarded else Stage.INITIATE


def is_preparing(facts: StageFacts) -> bool:
    """Prepare lies inside Implement: from the first word of the review to go-live."""
    return stage_of(facts) == Stage.IMPLEMENT and facts.review_begun
