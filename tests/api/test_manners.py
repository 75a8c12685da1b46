"""What holds for every answer: errors, methods, headers, hostile input, numbers of queries."""

import json

import pytest

from cms.api.routes import api
from tests.api.content import fill, make_one_of_each
from tests.make import make_news, publish, translate
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

LISTS = ["pages", "news", "publications", "partners", "networks", "micro-projects"]
OTHERS = ["locales", "site", "openapi.json", "docs"]
PROBLEM = "application/problem+json"


def parameters_at_fault(response) -> list[str]:
    assert response.status_code == 422, response.content
    assert response.headers["Content-Type"] == PROBLEM
    return [row["parameter"] for row in response.json()["errors"]]


BAD = [
    ("colour=red", "colour"),
    ("limit=5&limit=6", "limit"),
    ("limit=0", "limit"),
    ("limit=101", "limit"),
    ("limit=", "limit"),
    ("limit=1.0", "limit"),
    ("limit=%D9%A3", "limit"),
    ("offset=-1", "offset"),
    ("offset=99999999999999999999999999", "offset"),
    ("locale=xx", "locale"),
    ("locale=fr%00", "locale"),
    ("locale=", "locale"),
    ("fallback=de,xx", "fallback"),
    ("fallback=", "fallback"),
    ("order=path", "order"),
    ("locale=" + "e" * 10_000, "locale"),
    ("locale=%ED%A0%80", "locale"),
]
BAD_IN_ONE = [
    ("news", "topic=sports", "topic"),
    ("news", "year=0", "year"),
    ("news", "year=10000", "year"),
    ("partners", "country=XX", "country"),
    ("partners", "role=boss", "role"),
    ("publications", "language=xx", "language"),
    ("publications", "kind=%00", "kind"),
    ("micro-projects", "accelerated=maybe", "accelerated"),
    ("pages", "type=wagtailcore.Page", "type"),
    ("pages/by-path", "path=en/news/", "path"),
    ("pages/by-path", "path=/en/%00/", "path"),
    ("pages/by-path", "path=//[", "path"),
    ("pages/by-path", "", "path"),
    ("pages/1", "locale=en", "locale"),
    ("locales", "x=1", "x"),
    ("openapi.json", "x=1", "x"),
    ("site", "locale=fr", "locale"),
]


@pytest.mark.parametrize("address", LISTS)
def test_a_bad_parameter_is_named_by_every_list(home, client, address):
    found = {q: parameters_at_fault(client.get(f"/api/v1/{address}?{q}")) for q, _fault in BAD}
    assert found == {query: [fault] for query, fault in BAD}


def test_a_bad_parameter_of_one_address_is_named(home, client):
    found = [
        parameters_at_fault(client.get(f"/api/v1/{address}?{query}"))
        for address, query, _fault in BAD_IN_ONE
    ]
    assert found == [[fault] for _address, _query, fault in BAD_IN_ONE]


def test_all_bad_parameters_are_named_at_once(home, client):
    response = client.get("/api/v1/news?limit=0&locale=xx&topic=x")
    assert sorted(parameters_at_fault(response)) == ["limit", "locale", "topic"]


ABSENT = [
    "pages/999999",
    "pages/0",
    "pages/" + "9" * 40,
    "pages/" + "9" * 5000,
    "pages/x",
    "pages/-1",
    "news/1/",
    "nothing",
    "pages/%00",
    "pages/by-path?path=/xx/",
    "pages/by-path?path=/en/" + "a/" * 900,
    "pages/by-path?path=/en/%F0%9F%98%80/",
    "pages/by-path?path=/%25",
]


def test_what_is_not_there_is_a_problem_of_404(home, client):
    answers = {address: client.get(f"/api/v1/{address}") for address in ABSENT}
    found = {address: (a.status_code, a.headers["Content-Type"]) for address, a in answers.items()}
    assert found == dict.fromkeys(ABSENT, (404, PROBLEM))
    assert {answer.json()["status"] for answer in answers.values()} == {404}


def test_a_page_of_another_kind_is_not_found_at_a_kinds_address(home, client):
    assert client.get(f"/api/v1/news/{home.pk}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_is_read_only(client, method):
    response = getattr(client, method)("/api/v1/news")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Content-Type"] == PROBLEM


def test_a_failure_of_the_server_is_a_problem_too(home, client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("home.api.funding_statement", None)
    response = client.get("/api/v1/site")
    assert response.status_code == 500
    assert response.headers["Content-Type"] == PROBLEM
    assert response.json()["title"] == "Internal Server Error"


def test_every_answer_has_an_etag_and_is_not_sent_twice(home, client):
    page = make_news()
    for address in [*LISTS, *OTHERS, f"pages/{page.pk}", f"pages/by-path?path={page.path_here}"]:
        first = client.get(f"/api/v1/{address}")
        etag = first.headers["ETag"]
        for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            again = client.get(f"/api/v1/{address}", headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
        other = client.get(f"/api/v1/{address}", headers={"If-None-Match": '"other"'})
        assert (other.status_code, other.content) == (200, first.content)


def test_the_etag_changes_with_the_answer(home, client):
    page = make_news()
    before = client.get("/api/v1/news").headers["ETag"]
    publish(page, title="Another title")
    assert client.get("/api/v1/news").headers["ETag"] != before


def test_every_answer_is_open_to_all_origins_and_tells_its_language(home, client):
    for address in [*LISTS, *OTHERS, "nothing", "news?x=1"]:
        response = client.get(f"/api/v1/{address}", headers={"Accept-Language": "de"})
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Content-Language"] == "en"
        assert "Set-Cookie" not in response.headers


def test_a_mixed_list_names_its_languages(home, client):
    page = make_news(title="A")
    make_news(title="B")
    translate(page, "de", {"A": "A"})
    response = client.get("/api/v1/news?locale=de&fallback=en&order=title")
    assert response.headers["Content-Language"] == "de, en"


def test_head_tells_what_get_would(home, client):
    for address in [*LISTS, *OTHERS, "nothing"]:
        full, head = client.get(f"/api/v1/{address}"), client.head(f"/api/v1/{address}")
        assert (head.status_code, head.content) == (full.status_code, b"")
        assert head.headers["Content-Length"] == str(len(full.content))
        assert head.headers["ETag"] == full.headers["ETag"]


def test_options_answers_what_a_browser_asks_before_it_fetches(home, client):
    response = client.options("/api/v1/news")
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"


def test_openapi_describes_every_operation_and_its_problems(home, get):
    document = get("openapi.json")
    known = {path for path, methods in document["paths"].items() if "get" in methods}
    assert known == {
        f"/api/v1/{path}"
        for path in [*LISTS, "locales", "site", "pages/by-path"]
        + [f"{kind}/{{id}}" for kind in LISTS]
    }
    schemas = document["components"]["schemas"]
    references = set(json.dumps(document).split('"#/components/schemas/')[1:])
    assert {text.split('"')[0] for text in references} <= set(schemas)
    for methods in document["paths"].values():
        assert PROBLEM in methods["get"]["responses"]["422"]["content"]


def test_docs_loads_nothing_from_elsewhere(home, client):
    text = client.get("/api/v1/docs").content.decode()
    assert "/api/v1/micro-projects/{id}" in text
    assert "http" not in text.replace("http://testserver", "")
    assert "<script" not in text


def test_the_number_of_queries_does_not_grow_with_the_pages(home, client):
    pages = make_one_of_each()
    translate(pages["news.NewsPage"], "de")
    lists = [f"/api/v1/{name}?limit=100&fallback=de" for name in LISTS]
    details = [f"/api/v1/pages/{page.pk}" for page in pages.values()]
    by_path = f"/api/v1/pages/by-path?path=/en/news/{pages['news.NewsPage'].slug}/"
    others = ["/api/v1/locales", "/api/v1/site", by_path, "/api/v1/pages/by-path?path=/"]
    addresses = [*lists, *details, *others]
    fill(2)
    few = {address: queries_of(client, address) for address in addresses}
    fill(10)
    many = {address: queries_of(client, address) for address in addresses}
    assert few == many
    assert max(many.values()) <= 20, many


def test_no_operation_is_without_a_summary():
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            assert all(operation.summary for operation in view.operations)
