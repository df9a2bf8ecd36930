"""Doors of production: its page, the estimates, and the requests that engineers work on."""

from django.urls import path

from projects.production.api import project as api
from projects.production.api import sandboxes as sandboxes_api
from projects.production.api import service as service_api
from projects.production.views import project, sandboxes, service

HERE = "projects/<slug:key>/production/"
SERVICE = "service-requests/<slug:key>/<int:number>/"

urlpatterns = [
    path(HERE, project.production, name="production"),
    path(HERE + "configure/", project.configure, name="production_configure"),
    path(HERE + "sign-off/", project.sign_off, name="production_sign_off"),
    path(HERE + "clear-sign-off/", project.clear_sign_off, name="production_clear_sign_off"),
    path(HERE + "withdraw/", project.withdraw, name="production_withdraw"),
    path(HERE + "estimates/add/", project.estimate_add, name="estimate_add"),
    path(HERE + "estimates/<uuid:uid>/<slug:verb>/", project.estimate_act, name="estimate_act"),
    path(HERE + "sandboxes/add/", sandboxes.sandbox_add, name="sandbox_add"),
    path(HERE + "sandboxes/<uuid:uid>/", sandboxes.sandbox_change, name="sandbox_change"),
    path(HERE + "sandboxes/<uuid:uid>/retire/", sandboxes.sandbox_retire, name="sandbox_retire"),
    path("service-requests/", service.service_requests, name="service_requests"),
    path(SERVICE, service.service_request, name="service_request"),
    path(SERVICE + "comment/", service.comment, name="service_request_comment"),
    path(SERVICE + "<slug:verb>/", service.act, name="service_request_act"),
]
REQUEST, SANDBOXES = "projects/<slug:key>/production/", "projects/<slug:key>/sandboxes/"
api_urlpatterns = [
    path(SANDBOXES, sandboxes_api.SandboxesView.as_view(), name="api_sandboxes"),
    path(SANDBOXES + "<uuid:uid>/", sandboxes_api.SandboxView.as_view(), name="api_sandbox"),
    path(SANDBOXES + "<uuid:uid>/retire/", sandboxes_api.SandboxRetireView.as_view(), name="api_sandbox_retire"),
    path("projects/<slug:key>/estimates/", api.EstimatesView.as_view(), name="api_estimates"),
    path(
        "projects/<slug:key>/estimates/<uuid:uid>/activate/",
        api.EstimateActivateView.as_view(),
        name="api_estimate_activate",
    ),
    path(
        "projects/<slug:key>/estimates/<uuid:uid>/deactivate/",
        api.EstimateDeactivateView.as_view(),
        name="api_estimate_deactivate",
    ),
    path(REQUEST, api.ProductionView.as_view(), name="api_production"),
    path(REQUEST + "configure/", api.ConfigureView.as_view(), name="api_production_configure"),
    path(REQUEST + "sign-off/", api.SignOffView.as_view(), name="api_production_sign_off"),
    path(REQUEST + "clear-sign-off/", api.ClearSignOffView.as_view(), name="api_production_clear_sign_off"),
    path(REQUEST + "withdraw/", api.WithdrawView.as_view(), name="api_production_withdraw"),
    path("service-requests/", service_api.ServiceRequestsView.as_view(), name="api_service_requests"),
    path("service-requests/<uuid:uid>/", service_api.ServiceRequestView.as_view(), name="api_service_request"),
    path("service-requests/<uuid:uid>/comments/", service_api.CommentsView.as_view(), name="api_request_comments"),
    path(
        "service-requests/<uuid:uid>/<slug:verb>/", service_api.ServiceActView.as_view(), name="api_service_request_act"
    ),
]
