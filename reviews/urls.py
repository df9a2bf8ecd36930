"""Every page of the app: a front file, each slice's list after the other."""

from reviews.assessment.urls import urlpatterns as assessment
from reviews.conclusion.urls import urlpatterns as conclusion
from reviews.desk.urls import urlpatterns as desk
from reviews.report.urls import urlpatterns as report

urlpatterns = [*assessment, *report, *conclusion, *desk]
