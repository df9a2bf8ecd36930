"""Everything below /api/: version 1, its schema and its page for people."""

from django.urls import URLPattern, URLResolver, include, path

from golive.pages.api_docs import SchemaView, api_docs
from golive.pages.ending_api import ArchiveView, CloseView, PauseView, ResumeView, SettingsView, UnarchiveView
from golive.pages.feeds import CalendarFeedsView, CalendarFeedView
from golive.pages.history import HistoryView
from golive.pages.home import MyWorkView
from golive.pages.leaving import HandOverView
from golive.pages.organisation_api import OrganisationDisableView, OrganisationEnableView, OrganisationMergeView
from golive.pages.organisations import OrganisationView
from golive.pages.search import SearchView
from golive.pages.what_if import WhatIfView

# A literal list: one include for each app with doors of the API.
v1: list[URLPattern | URLResolver] = [
    path("", include("golive.accounts.api_urls")),
    path("", include("projects.api_urls")),
    path("", include("reviews.api_urls")),
    path("search/", SearchView.as_view(), name="api_search"),
    path("organisations/<uuid:uid>/", OrganisationView.as_view(), name="api_organisation"),
    path("my-work/", MyWorkView.as_view(), name="api_my_work"),
    path("projects/<slug:key>/settings/", SettingsView.as_view(), name="api_project_settings"),
    path("projects/<slug:key>/pause/", PauseView.as_view(), name="api_project_pause"),
    path("projects/<slug:key>/resume/", ResumeView.as_view(), name="api_project_resume"),
    path("projects/<slug:key>/close/", CloseView.as_view(), name="api_project_close"),
    path("projects/<slug:key>/archive/", ArchiveView.as_view(), name="api_project_archive"),
    path("projects/<slug:key>/unarchive/", UnarchiveView.as_view(), name="api_project_unarchive"),
    path("projects/<slug:key>/history/", HistoryView.as_view(), name="api_history"),
    path("organisations/<uuid:uid>/disable/", OrganisationDisableView.as_view(), name="api_organisation_disable"),
    path("organisations/<uuid:uid>/enable/", OrganisationEnableView.as_view(), name="api_organisation_enable"),
    path("organisations/<uuid:uid>/merge/", OrganisationMergeView.as_view(), name="api_organisation_merge"),
    path("calendar-feeds/", CalendarFeedsView.as_view(), name="api_calendar_feeds"),
    path("calendar-feeds/<uuid:uid>/", CalendarFeedView.as_view(), name="api_calendar_feed"),
    path("projects/<slug:key>/members/<uuid:uid>/hand-over/", HandOverView.as_view(), name="api_member_hand_over"),
    path("projects/<slug:key>/what-if/", WhatIfView.as_view(), name="api_what_if"),
]

urlpatterns = [
    path("v1/", include(v1)),
    path("schema/", SchemaView.as_view(), name="api_schema"),
    path("docs/", api_docs, name="api_docs"),
]
