import pytest

pytestmark = [pytest.mark.urls("tests.core.doors"), pytest.mark.django_db]


def test_a_page_or_its_part_is_told_apart_by_caches(client):
    page, part = client.get("/hello/"), client.get("/hello/", headers={"HX-Request": "true"})

    assert b"<!doctype html>" in page.content
    assert b"<html" not in part.content
    assert "HX-Request" in page["Vary"]
    assert "HX-Request" in part["Vary"]


def test_a_fragment_has_its_own_status(client):
    response = client.get("/fragment/")

    assert response.status_code == 422
    assert b"<html" not in response.content
