"""The whole journey for one kind of infrastructure, from kick-off to a deployed production."""

from datetime import date

from golive.core.pdf import available
from golive.scenes.deploying import deploy_by_engineer, deploy_by_system
from golive.scenes.preparing import begin, configure, fill_and_submit, plan, work
from golive.scenes.requesting import hold_again, lock_again, request_early, sign_off_request
from golive.scenes.reviewing import conclude, report, take, until_report_is_stored
from golive.scenes.walk import Walk


def sign_everybody_in(walk: Walk) -> None:
    walk.page("sigrid", "sign in with a wrong password", "/account/login/",
              {"login": walk.person("sigrid").email, "password": "not-the-right-one"}, expect=422)  # fmt: skip
    for who in walk.browsers:
        player = walk.person(who)
        walk.page(who, "sign in", "/account/login/", {"login": player.email, "password": player.password})


def journey(walk: Walk, infrastructure: str, today: date) -> str:
    """Hands on where the report is found; nothing when no report can be made here."""
    subject = begin(walk, infrastructure, today)
    plan(walk, subject)
    work(walk, subject)
    configure(walk, subject, "configure before the review is passed", *subject.lacking())
    if not subject.self_service:
        request_early(walk, subject)
    review = take(walk, subject, fill_and_submit(walk, subject))
    report(walk, subject, review)
    if available():
        return ""
    stored = until_report_is_stored(walk, review)
    conclude(walk, subject, review)
    if subject.self_service:
        configure(walk, subject, "configure once the review is passed")
        lock_again(walk, subject)
        sign_off_request(walk, subject)
        deploy_by_system(walk, subject)
    else:
        hold_again(walk, subject)
        deploy_by_engineer(walk, subject)
    return stored
