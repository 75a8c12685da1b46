"""From a text that is sent to one that is public: nothing goes out unreviewed or too early."""

import pytest
from wagtail.models import Page

from cms.editorial.rule import Refused
from cms.translation import drafts
from cms.translation.counting import drifted, settled
from cms.translation.models import Assignment, DraftBasis, TranslationBasis
from home.models import StandardPage
from tests.make import make_page, make_recommendations, publish, release
from tests.people import approve, current, send_back
from tests.translating import fill_in, language_reviewer, segment, send, target, translator

pytestmark = pytest.mark.django_db

BODY = "<p>One two three.</p><p>Four <b>five</b> six seven.</p>"
BLOCK = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def page(site):
    body = [{"type": "text", "id": BLOCK, "value": BODY}]
    return make_page(site, StandardPage, title="About", slug="about", body=body)


@pytest.fixture
def people(site):
    return translator(), language_reviewer()


def left(translation) -> tuple[int, int]:
    settled(Assignment.objects.filter(translation=translation))
    assignment = Assignment.objects.get(translation=translation)
    return assignment.open_segments, assignment.open_words


def test_what_is_left_is_counted_as_it_is_done(page, people):
    translation = send(page, "de")
    assert left(translation) == (3, 8)
    fill_in(translation, people[0], leave=("body",))
    assert left(translation) == (2, 7)
    assert drifted() == []


def test_a_translation_goes_live_by_its_review_and_just_as_reviewed(page, people):
    writer, reviewer = people
    translation = send(page, "de")
    fill_in(translation, writer)
    drafts.submit(translation, writer)
    assert not target(translation).live
    approve(target(translation), reviewer)
    german = target(translation)
    assert (german.live, german.title, german.slug) == (True, "de About", "about")
    assert german.translation_basis.state == "live"
    assignment = translation.assignment
    assignment.refresh_from_db()
    assert (assignment.translated_by, assignment.reviewed_by) == (writer, reviewer)


def test_nobody_approves_a_translation_of_their_own(page, people):
    translation = send(page, "de")
    both = translator("de", "both")
    both.groups.add(*people[1].groups.all())
    fill_in(translation, both)
    drafts.submit(translation, both)
    with pytest.raises(Refused):
        approve(target(translation), both)


def test_the_basis_is_the_text_that_was_reviewed_and_not_the_one_sent_since(page, people):
    writer, reviewer = people
    translation = send(page, "de")
    fill_in(translation, writer)
    drafts.submit(translation, writer)
    drafts.renew(translation.source, publish(page, title="About this project"))
    approve(target(translation), reviewer)
    basis = TranslationBasis.objects.get(page=target(translation))
    assert (basis.state, basis.open_words) == ("outdated", 3)
    assert left(translation) == (1, 3)


def test_nothing_is_changed_while_it_is_in_review(page, people):
    writer, reviewer = people
    translation = send(page, "de")
    fill_in(translation, writer)
    drafts.submit(translation, writer)
    with pytest.raises(Refused):
        drafts.submit(translation, writer)
    send_back(target(translation), reviewer)
    drafts.submit(translation, writer)
    drafts.take_back(translation, writer)
    assert target(translation).current_workflow_state is None


def test_a_kind_of_page_that_must_be_complete_is_not_submitted_with_texts_missing(site, people):
    translation = send(make_recommendations(), "de")
    fill_in(translation, people[0], leave=("recommendations",))
    with pytest.raises(Refused):
        drafts.submit(translation, people[0])
    fill_in(translation, people[0])
    assert drafts.submit(translation, people[0]).status == "in_progress"


def test_other_kinds_are_published_with_what_is_missing_told(page, people):
    writer, reviewer = people
    translation = send(page, "de")
    fill_in(translation, writer, leave=("body",))
    drafts.submit(translation, writer)
    approve(target(translation), reviewer)
    basis = TranslationBasis.objects.get(page=target(translation))
    assert (basis.state, basis.open_segments, basis.open_words) == ("partial", 2, 7)


def test_a_translation_of_a_draft_goes_live_together_with_it(page, people):
    writer, reviewer = people
    first = send(page, "de")
    fill_in(first, writer)
    drafts.submit(first, writer)
    approve(target(first), reviewer)
    draft = current(page)
    draft.title = "About tomorrow"
    revision = draft.save_revision()
    translation = send(page, "de", revision)
    assert segment(translation, "title").source == "About tomorrow"
    assert target(translation).translation_basis.state == "live"
    fill_in(translation, writer)
    drafts.submit(translation, writer)
    approve(target(translation), reviewer)
    assert target(translation).title == "de About"
    assert DraftBasis.objects.get(waits=True).revision.object_id == str(target(translation).pk)
    release(revision)
    german = target(translation)
    assert (german.title, german.translation_basis.state) == ("de About tomorrow", "live")
    assert not DraftBasis.objects.filter(waits=True).exists()


def test_a_page_that_is_not_public_has_no_public_translation_before_it_is(site, people):
    writer, reviewer = people
    page = make_page(site, StandardPage, live=False, title="Soon", slug="soon")
    translation = send(page, "de", page.get_latest_revision())
    fill_in(translation, writer)
    drafts.submit(translation, writer)
    approve(target(translation), reviewer)
    assert not target(translation).live
    release(page.get_latest_revision())
    assert target(translation).live


def test_a_work_has_one_source(page):
    translation = send(page, "de")
    with pytest.raises(Refused):
        send(target(translation), "et")
    assert Page.objects.filter(translation_key=page.translation_key).count() == 2


def test_it_is_outdated_since_the_first_other_text_however_late_it_was_reviewed(page, people):
    writer, reviewer = people
    translation = send(page, "de")
    fill_in(translation, writer)
    drafts.submit(translation, writer)
    second = publish(page, title="About this project")
    publish(page, title="About this programme")
    approve(target(translation), reviewer)
    basis = TranslationBasis.objects.get(page=target(translation))
    assert basis.outdated_since == second.last_published_at
