"""The product's own addresses, before anybody signs in."""

import json

import pytest

from tests import corpus
from tests.builders import make_user

pytestmark = pytest.mark.django_db


def test_the_admin_signs_in_through_the_one_door(client):
    response = client.get("/admin/login/?next=/admin/")

    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=%2Fadmin%2F")


def test_the_admin_is_for_administrators(client):
    client.force_login(make_user())
    assert client.get("/admin/", follow=True).status_code == 403

    client.force_login(make_user(is_administrator=True))
    assert client.get("/admin/").status_code == 200


def test_the_schema_names_every_endpoint_and_nothing_is_fetched_from_outside(client):
    schema = client.get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    page = client.get("/api/docs/")

    paths = json.loads(schema.content)["paths"]
    assert "/api/v1/step-up/" in paths
    html = page.content.decode()
    assert page.status_code == 200
    assert all(path in html for path in paths)
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "//cdn" not in html


@pytest.mark.parametrize("lang", ["en-gb", "xx", "../../etc", "a" * 500])
def test_the_schema_takes_no_language_from_the_address(client, lang):
    assert client.get("/api/schema/", {"lang": lang}).status_code == 200


@pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v1/nowhere/HALD-7Q2/", "/api/v2/x", "/api/schema"])
def test_no_address_below_the_api_is_one_problem(client, address):
    response = client.get(address)

    assert response.status_code in {301, 404}
    if response.status_code == 404:
        assert json.loads(response.content)["code"] == "not_found"


@pytest.mark.parametrize("query", corpus.NO_QUERY, ids=lambda query: ascii(query[:20]))
@pytest.mark.parametrize("address", ["/account/login/", "/admin/login/", "/api/docs/", "/healthz", "/nowhere/"])
def test_a_hostile_query_is_400_everywhere(client, address, query):
    assert client.get(address, QUERY_STRING=query).status_code == 400


def test_a_page_that_is_not_there_says_so_in_the_products_own_shape(client):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert b"There is nothing here that you can see." in response.content
    assert b'id="main"' in response.content
