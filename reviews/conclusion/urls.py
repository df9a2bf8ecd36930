"""Doors of the sign-off: the review page, and what is decided on it."""

from django.urls import path

from reviews.conclusion.views import page

urlpatterns = [
    path("projects/<slug:key>/review/", page.review, name="review"),
]
api_urlpatterns: list = []
