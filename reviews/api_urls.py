"""Every door of the API of the app: a front file, each slice's list after the other."""

from reviews.assessment.urls import api_urlpatterns as assessment
from reviews.conclusion.urls import api_urlpatterns as conclusion
from reviews.desk.urls import api_urlpatterns as desk
from reviews.report.urls import api_urlpatterns as report

urlpatterns = [*assessment, *report, *conclusion, *desk]
