"""The end of the walk: deployed by the system, or by an engineer; then nothing can be taken back."""

from datetime import timedelta

from django.utils import timezone

from golive.outbox.drain import drain
from golive.scenes.preparing import Subject, configure
from golive.scenes.requesting import deploy, production
from golive.scenes.walk import Walk

SHORTEST = 5  # minutes: what the number may at least be


def deploy_by_system(walk: Walk, subject: Subject) -> None:
    """Self-service deploys by itself; the minutes that it takes are let pass by a later clock."""
    path = f"{subject.path}production/"
    told = walk.until("deploying by the system", subject.owner, path, lambda told: told["environment"] == "deploying")
    service = told["request"]["service_request"]
    deploy(walk, service, "deploy by hand what the system deploys", "deployed_by_system", "request_state")
    cannot_be_taken_back(walk, subject)
    drain(now=timezone.now() + timedelta(minutes=SHORTEST + 1))
    is_deployed(walk, subject)


def deploy_by_engineer(walk: Walk, subject: Subject) -> None:
    service = production(walk, subject)["request"]["service_request"]
    walk.api(subject.owner, "deploy as the customer", "POST", f"service-requests/{service}/deploy/", expect=403,
             codes=["not_engineer"])  # fmt: skip
    deploy(walk, service, "deploy")
    cannot_be_taken_back(walk, subject)
    walk.api("henrik", "say that the deployment is done", "POST", f"service-requests/{service}/finish/")
    is_deployed(walk, subject)


def cannot_be_taken_back(walk: Walk, subject: Subject) -> None:
    path = f"{subject.path}production/clear-sign-off/"
    walk.api(subject.owner, "clear the sign-off while it is deploying", "POST", path, expect=409, codes=["not_queued"])


def is_deployed(walk: Walk, subject: Subject) -> None:
    path = f"{subject.path}production/"
    walk.until("production is deployed", subject.owner, path, lambda told: told["environment"] == "deployed")
    configure(walk, subject, "configure what is deployed", "request_done")


def shorten_deployment(walk: Walk) -> None:
    form = {"key": "deployment_self_service", "value": str(SHORTEST), "because": "A walk does not wait half an hour."}
    walk.page("sigrid", "change a number of the programme", "/numbers/", form, page="/account/", expect=403,
              codes=["not_administrator"])  # fmt: skip
    walk.page("ada", "shorten the deployment of self-service", "/numbers/", form)
