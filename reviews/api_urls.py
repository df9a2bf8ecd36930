"""Every door of the API of the app: a front file, each slice's list after the other."""

from reviews.conclusion.urls import api_urlpatterns as conclusion
from reviews.desk.urls import api_urlpatterns as desk

urlpatterns = [*conclusion, *desk]
