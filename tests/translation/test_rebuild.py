"""What is kept of translations follows from pages and segments, and can be made anew from them."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page

from cms.translation import drafts
from cms.translation.counting import settled
from cms.translation.drift import fill_missing
from cms.translation.models import Assignment, SourceText, TranslationBasis
from tests.make import make_recommendations, publish, translate
from tests.people import approve, current, make_user, send_back, signed_in
from tests.translating import fill_in, language_reviewer, send, target, translator
from tests.translation.states import make_every_state, make_text

pytestmark = pytest.mark.django_db

NUMBERS = ["segments", "words", "open_segments", "open_words", "machine_words"]


def rebuild(*options: str) -> list[str]:
    """The lines of the command; an exit status of 1 raises SystemExit."""
    out = StringIO()
    call_command("rebuild_translations", *options, stdout=out)
    return out.getvalue().splitlines()


def kept() -> dict:
    """All that the command could change."""
    return {
        "texts": list(SourceText.objects.order_by("page").values("page", "segments", "words")),
        "bases": list(TranslationBasis.objects.order_by("page").values()),
        "work": list(Assignment.objects.order_by("pk").values()),
    }


@pytest.fixture
def history(site):
    """A site after a bit of everything that people do with translations."""
    writer, reviewer = translator(), language_reviewer()
    pages = make_every_state(site)
    sent = send(pages["missing"], "de")
    fill_in(sent, writer)
    drafts.submit(sent, writer)
    send_back(target(sent), reviewer)
    drafts.submit(sent, writer)
    approve(target(sent), reviewer)
    publish(pages["missing"], title="Missing no more")
    draft = make_text(site, "Draft", live=False)
    send(draft, "et", draft.get_latest_revision())
    send(current(pages["live"]), "lv")
    translate(make_recommendations(), "lt")
    current(pages["partial"]).move(current(pages["live"]), pos="last-child")
    target(sent).unpublish()
    settled(Assignment.objects.all())
    return pages


def test_after_a_varied_history_there_is_nothing_to_change(history):
    before = kept()
    assert rebuild() == ["Nothing to change."]
    assert kept() == before


def test_texts_that_changed_since_somebody_looked_are_no_drift(history):
    fill_in(send(history["live"], "et"), None)
    assert Assignment.objects.filter(is_stale=True).exists()
    assert rebuild() == ["Nothing to change."]
    assert not Assignment.objects.filter(is_stale=True).exists()


def test_exactly_what_has_drifted_is_made_anew(history):
    before = kept()
    german = Page.objects.get(slug="outdated", locale__language_code="de")
    TranslationBasis.objects.filter(page=german).update(state="live", open_words=0)
    SourceText.objects.filter(page=history["live"]).update(words=99, segments={})
    assignment = Assignment.objects.first()
    Assignment.objects.filter(pk=assignment.pk).update(open_words=999)
    lines = rebuild("--dry-run")
    assert [line.split(": ")[0] for line in lines] == [
        "source.text",
        "basis.state",
        "assignment.numbers",
        "3 would change, 0 would be left.",
    ]
    assert TranslationBasis.objects.get(page=german).state == "live"
    assert len(rebuild()) == 4
    after = kept()
    assert [basis | {"made_at": 0} for basis in after["bases"]] == [
        basis | {"made_at": 0} for basis in before["bases"]
    ]
    assert (after["texts"], after["work"]) == (before["texts"], before["work"])
    assert rebuild() == ["Nothing to change."]


def test_a_basis_that_nothing_tells_of_any_more_is_named_and_left(history, capsys):
    publish(history["outdated"], title="Again")
    send(current(history["outdated"]), "de")
    TranslationBasis.objects.filter(page__slug="outdated").delete()
    with pytest.raises(SystemExit):
        call_command("rebuild_translations")
    assert "left as it is: people must decide" in capsys.readouterr().out


def test_a_site_of_an_older_version_gets_what_it_lacks(history):
    before = kept()
    SourceText.objects.all().delete()
    Assignment.objects.all().delete()
    fill_missing()
    after = kept()
    assert (after["texts"], len(after["work"])) == (before["texts"], len(before["work"]))
    numbers = {row["translation_id"]: [row[n] for n in NUMBERS] for row in before["work"]}
    assert {row["translation_id"]: [row[n] for n in NUMBERS] for row in after["work"]} == numbers
    assert rebuild() == ["Nothing to change."]


def test_work_that_was_finished_before_an_upgrade_is_finished_after_it(history):
    client = signed_in(make_user("anna", "Editors"))

    def draft() -> set[str]:
        rows = client.get("/admin/translation/matrix/?work=draft").context_data["rows"]
        return {line.title for line, _kind, _cells in rows}

    before = draft()
    Assignment.objects.all().delete()
    fill_missing()
    assert draft() == before


def test_looking_for_what_is_missing_costs_next_to_nothing(history, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert fill_missing() == {"texts of sources": 0, "assignments": 0}
