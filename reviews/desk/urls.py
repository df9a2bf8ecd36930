"""Doors of the reviewers' desk."""

from django.urls import path

from reviews.desk import views

urlpatterns = [
    path("reviews/", views.desk, name="desk"),
]
api_urlpatterns: list = []
