"""Everything below /api/: version 1, its schema and its page for people."""

from django.urls import URLPattern, URLResolver, include, path

from golive.pages.api_docs import SchemaView, api_docs

# A literal list: one include for each app with doors of the API.
v1: list[URLPattern | URLResolver] = [
    path("", include("golive.accounts.api_urls")),
]

urlpatterns = [
    path("v1/", include(v1)),
    path("schema/", SchemaView.as_view(), name="api_schema"),
    path("docs/", api_docs, name="api_docs"),
]
