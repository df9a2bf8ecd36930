"""Every door of the API of the app: a front file, each slice's list after the other."""

from projects.checklist.urls import api_urlpatterns as checklist
from projects.evidence.urls import api_urlpatterns as evidence
from projects.methodology.urls import api_urlpatterns as methodology
from projects.plan.urls import api_urlpatterns as plan
from projects.portfolio.urls import api_urlpatterns as portfolio
from projects.production.urls import api_urlpatterns as production

urlpatterns = [
    *portfolio,
    *plan,
    *evidence,
    *methodology,
    *checklist,
    *production,
]
