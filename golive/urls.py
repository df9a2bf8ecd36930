"""Every address of the site: a literal list, one include for each app with pages."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path, re_path

from golive.pages import (
    calendar,
    dead_letters,
    feeds,
    health,
    history,
    home,
    leaving,
    numbers,
    organisation_endings,
    organisations,
    overview,
    project_settings,
    search,
    stages,
    what_if,
)

# The admin's own sign-in knows neither throttle nor second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("golive.accounts.urls")),
    path("", include("projects.urls")),
    path("", include("reviews.urls")),
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("projects/<slug:key>/", overview.project, name="project"),
    path("projects/<slug:key>/settings/", project_settings.project_settings, name="project_settings"),
    path("projects/<slug:key>/settings/<slug:verb>/", project_settings.project_move, name="project_move"),
    path("projects/<slug:key>/history/", history.history, name="history"),
    path("projects/<slug:key>/history/export/<slug:form>/", history.history_export, name="history_export"),
    path("projects/<slug:key>/plan/what-if/", what_if.what_if, name="what_if"),
    path("projects/<slug:key>/plan/calendar/", feeds.project_feed_make, name="project_feed_make"),
    path("projects/<slug:key>/people/<uuid:uid>/remove/", leaving.member_remove, name="member_remove"),
    path("projects/<slug:key>/people/<uuid:uid>/hand-over/", leaving.member_hand_over, name="member_hand_over"),
    path("account/calendars/", feeds.calendar_feeds, name="calendar_feeds"),
    path("account/calendars/make/", feeds.calendar_feed_make, name="calendar_feed_make"),
    path("account/calendars/<uuid:uid>/revoke/", feeds.calendar_feed_revoke, name="calendar_feed_revoke"),
    re_path(r"^calendar/(?P<secret>[-\w]{1,100})\.ics$", calendar.calendar_feed, name="calendar_feed"),
    path("projects/<slug:key>/stages/", stages.project_stages, name="project_stages"),
    path("organisations/<uuid:uid>/disable/", organisation_endings.organisation_disable, name="organisation_disable"),
    path("organisations/<uuid:uid>/enable/", organisation_endings.organisation_enable, name="organisation_enable"),
    path("organisations/<uuid:uid>/merge/", organisation_endings.organisation_merge, name="organisation_merge"),
    path("organisations/<uuid:uid>/", organisations.organisation, name="organisation"),
    path("numbers/", numbers.programme_numbers, name="numbers"),
    path("dead-letters/", dead_letters.dead_letters, name="dead_letters"),
    path("dead-letters/jobs/<int:pk>/<slug:verb>/", dead_letters.settle_work, name="settle_work"),
    path("dead-letters/letters/<uuid:uid>/<slug:verb>/", dead_letters.settle_letter, name="settle_letter"),
    path("admin/", admin.site.urls),
    path("api/", include("golive.api_urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "golive.pages.errors.bad_request"
handler403 = "golive.pages.errors.forbidden"
handler404 = "golive.pages.errors.not_found"
handler429 = "golive.pages.errors.too_many"  # allauth looks for it here
handler500 = "golive.pages.errors.failed"
