"""Doors of the portfolio: the list, and the people of a project."""

from django.urls import path

from projects.portfolio import api, views

urlpatterns = [
    path("projects/", views.portfolio, name="portfolio"),
    path("projects/<slug:key>/people/", views.people, name="people"),
    path("projects/<slug:key>/people/add/", views.member_add, name="member_add"),
    path("projects/<slug:key>/people/invite/", views.member_invite, name="member_invite"),
    path("projects/<slug:key>/people/own/", views.own, name="become_owner"),
    path("projects/<slug:key>/people/<uuid:uid>/", views.member, name="member"),
    path("projects/<slug:key>/people/<uuid:uid>/remove/", views.member_remove, name="member_remove"),
]
api_urlpatterns = [
    path("projects/<slug:key>/", api.ProjectView.as_view(), name="api_project"),
    path("projects/<slug:key>/members/", api.MembersView.as_view(), name="api_members"),
    path("projects/<slug:key>/members/<uuid:uid>/", api.MemberView.as_view(), name="api_member"),
    path("projects/<slug:key>/become-owner/", api.OwnershipView.as_view(), name="api_become_owner"),
]
