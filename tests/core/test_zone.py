from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.utils import timezone

from golive.core.zone import ZoneMiddleware


def zone_seen(rf, path: str, **person) -> str:
    request = rf.get(path)
    request.user = SimpleNamespace(**person)
    middleware = ZoneMiddleware(lambda request: HttpResponse(timezone.get_current_timezone_name()))
    return middleware(request).content.decode()


def test_a_page_shows_the_readers_zone_and_the_api_utc(rf):
    assert zone_seen(rf, "/", time_zone="Europe/Oslo") == "Europe/Oslo"
    assert zone_seen(rf, "/api/v1/x/", time_zone="Europe/Oslo") == "UTC"
    assert zone_seen(rf, "/") == "UTC"


@pytest.mark.parametrize("name", ["Mars/Base", "", "../../etc/passwd", "\0", "Europe", "a" * 5_000])
def test_a_zone_that_is_none_is_utc(rf, name):
    assert zone_seen(rf, "/", time_zone=name) == "UTC"


def test_the_zone_ends_with_the_request(rf):
    zone_seen(rf, "/", time_zone="Asia/Tokyo")

    assert timezone.get_current_timezone_name() == "UTC"
