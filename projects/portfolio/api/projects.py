"""The API of a project."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.core.api import SHOWN, decision_json
from projects.portfolio.queries.people import ownership_decision, people_decision
from projects.portfolio.queries.projects import project_shown, projects_for
from projects.portfolio.queries.stages import stage_facts
from projects.portfolio.rules.stages import is_preparing, stage_of


class ProjectView(APIView):
    @extend_schema(operation_id="project", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        project = get_object_or_404(projects_for(request.user), key=key)
        actions = {
            "change_people": decision_json(people_decision(request.user, project), request),
            "become_owner": decision_json(ownership_decision(request.user, project), request),
        }
        facts = stage_facts(project)
        stage = {"stage": stage_of(facts), "preparing": is_preparing(facts)}
        return Response({**project_shown(project), **stage, "actions": actions})
