import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def own_site(settings):
    settings.ROOT_URLCONF = "tests.accounts.site"
    settings.AUTHENTICATION_BACKENDS = ["golive.accounts.backends.PersonBackend"]
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = True
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
