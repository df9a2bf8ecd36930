"""Doors of the reviewers' desk."""

from django.urls import path

from reviews.desk import api, views

urlpatterns = [
    path("reviews/", views.desk, name="desk"),
    path("reviews/take/<uuid:uid>/", views.take, name="review_take"),
]
api_urlpatterns = [
    path("reviews/", api.ReviewsView.as_view(), name="api_reviews"),
]
