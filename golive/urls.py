"""Every address of the site: a literal list, one include for each app with pages."""

from django.contrib import admin
from django.urls import include, path

from golive.pages import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("golive.api_urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "golive.pages.errors.bad_request"
handler403 = "golive.pages.errors.forbidden"
handler404 = "golive.pages.errors.not_found"
handler429 = "golive.pages.errors.too_many"  # allauth looks for it here
handler500 = "golive.pages.errors.failed"
