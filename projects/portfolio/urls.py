"""Doors of the portfolio: the list, and the people of a project. What is no key stands before what is one."""

from django.urls import path

from projects.portfolio.api import importing as importing_api
from projects.portfolio.api import listing as listing_api
from projects.portfolio.api import people as people_api
from projects.portfolio.api import projects as projects_api
from projects.portfolio.api import roster as roster_api
from projects.portfolio.views import importing, listing, people, roster, saved_views

urlpatterns = [
    path("projects/", listing.portfolio, name="portfolio"),
    path("projects/export/<slug:form>/", listing.project_export, name="project_export"),
    path("projects/views/", saved_views.saved_views, name="saved_views"),
    path("projects/views/make/", saved_views.saved_view_make, name="saved_view_make"),
    path("projects/views/<int:pk>/rename/", saved_views.saved_view_rename, name="saved_view_rename"),
    path("projects/views/<int:pk>/delete/", saved_views.saved_view_delete, name="saved_view_delete"),
    path("projects/<slug:key>/people/", people.people, name="people"),
    path("projects/<slug:key>/people/add/", people.member_add, name="member_add"),
    path("projects/<slug:key>/people/invite/", people.member_invite, name="member_invite"),
    path("projects/<slug:key>/people/import/", importing.roster_import, name="roster_import"),
    path("projects/<slug:key>/people/import/apply/", importing.roster_import_apply, name="roster_import_apply"),
    path("projects/<slug:key>/people/import/sheet/", importing.roster_sheet, name="roster_sheet"),
    path("projects/<slug:key>/people/check/", roster.roster_check, name="roster_check"),
    path("projects/<slug:key>/people/own/", people.own, name="become_owner"),
    path("projects/<slug:key>/people/<uuid:uid>/", people.member, name="member"),
]
api_urlpatterns = [
    path("projects/heat/", listing_api.HeatView.as_view(), name="api_projects_heat"),
    path("projects/export/<slug:form>/", listing_api.ExportView.as_view(), name="api_projects_export"),
    path("projects/views/", listing_api.SavedViewsView.as_view(), name="api_saved_views"),
    path("projects/views/<int:pk>/", listing_api.SavedViewView.as_view(), name="api_saved_view"),
    path("projects/<slug:key>/", projects_api.ProjectView.as_view(), name="api_project"),
    path("projects/<slug:key>/members/", people_api.MembersView.as_view(), name="api_members"),
    path("projects/<slug:key>/members/<uuid:uid>/", people_api.MemberView.as_view(), name="api_member"),
    path("projects/<slug:key>/members/import/", importing_api.ImportView.as_view(), name="api_roster_import"),
    path("projects/<slug:key>/members/check/", roster_api.RosterCheckView.as_view(), name="api_roster_check"),
    path("projects/<slug:key>/become-owner/", people_api.OwnershipView.as_view(), name="api_become_owner"),
]
