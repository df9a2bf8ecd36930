"""Every page of the app: a front file, each slice's list after the other."""

from projects.checklist.urls import urlpatterns as checklist
from projects.evidence.urls import urlpatterns as evidence
from projects.methodology.urls import urlpatterns as methodology
from projects.plan.urls import urlpatterns as plan
from projects.portfolio.urls import urlpatterns as portfolio
from projects.production.urls import urlpatterns as production

urlpatterns = [
    *plan,
    *portfolio,
    *evidence,
    *methodology,
    *checklist,
    *production,
]
