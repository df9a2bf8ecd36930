"""Every page of the app: a front file, each slice's list after the other."""

from reviews.conclusion.urls import urlpatterns as conclusion
from reviews.desk.urls import urlpatterns as desk

urlpatterns = [*conclusion, *desk]
