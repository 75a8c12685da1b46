"""Whose word counts when a proxy says that the visitor has https."""

FORWARDED = {"X-Forwarded-Proto": "https", "Host": "example.org"}


def test_a_trusted_proxy_is_believed(new_site):
    with new_site(SITE_URL="https://example.org", TRUSTED_PROXIES="127.0.0.0/8").serving() as site:
        answer = site.get("/en/", **FORWARDED)
        assert answer.status == 200
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
        plain = site.get("/en/", Host="example.org")
        assert (plain.status, plain.headers["Location"]) == (301, "https://example.org/en/")


def test_anybody_else_is_not(new_site):
    with new_site(SITE_URL="https://example.org", TRUSTED_PROXIES="10.0.0.0/8").serving() as site:
        assert site.get("/en/", **FORWARDED).status == 301


def test_a_proxy_on_the_same_machine_is_believed_when_none_is_named(new_site):
    with new_site(SITE_URL="https://example.org").serving() as site:
        assert site.get("/en/", **FORWARDED).status == 200


def test_a_site_without_https_asks_for_none(new_site):
    with new_site().serving() as site:
        answer = site.get("/en/")
    assert answer.status == 200
    assert "Strict-Transport-Security" not in answer.headers
