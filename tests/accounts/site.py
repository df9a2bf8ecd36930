"""The accounts' own addresses beside the site's, with a home to arrive at."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from golive.accounts.step_up import require_step_up
from golive.urls import handler400, handler403, handler404, handler429, handler500  # noqa: F401
from golive.urls import urlpatterns as site_urls


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


def weighty(request: HttpRequest) -> HttpResponse:
    """An act that asks for a fresh proof."""
    require_step_up(request)
    return HttpResponse("done")


urlpatterns = [
    path("", include("golive.accounts.urls")),
    path("api/v1/", include("golive.accounts.api_urls")),
    path("weighty/", weighty),
    *site_urls,
    path("", home, name="home"),
]
