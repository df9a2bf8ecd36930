"""Doors of the sign-off: the review page, and what is decided on it."""

from django.urls import path

from reviews.conclusion import api
from reviews.conclusion.views import deciding, page

HERE = "projects/<slug:key>/review/"

urlpatterns = [
    path(HERE, page.review, name="review"),
    path(HERE + "sign-off/", deciding.sign_off, name="review_sign_off"),
    path(HERE + "not-ready/", deciding.not_ready, name="review_not_ready"),
    path(HERE + "reconfirm/", deciding.reconfirm, name="review_reconfirm"),
]
api_urlpatterns = [
    path("reviews/<uuid:uid>/", api.ReviewView.as_view(), name="api_review"),
    path("reviews/<uuid:uid>/conclude/", api.ConcludeView.as_view(), name="api_review_conclude"),
    path("reviews/<uuid:uid>/reconfirm/", api.ReconfirmView.as_view(), name="api_review_reconfirm"),
]
