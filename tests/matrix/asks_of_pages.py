"""What is sent to the addresses of pages."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from tests.matrix.asks import Ask, form, said
from tests.matrix.places import REVIEWED, TRANSLATED, of_page
from tests.matrix.scene import KINDS, Scene

OF_THEIR_OWN = tuple(kind for kind in KINDS if kind not in TRANSLATED)
PLACE = "A translation stands where its source stands."
PRIVACY = "Who may read a translation is decided at its source."
NOT_FIRST = ("draft", "own review")
NOT_LAST = tuple(kind for kind in OF_THEIR_OWN if kind != "own draft")
READ = "What is read in a review is not changed meanwhile."
IN_WORK = tuple(kind for kind in TRANSLATED if kind != "de review")
WRITTEN = tuple(kind for kind in KINDS if kind not in TRANSLATED)


def new_page(action: str = ""):
    """The form of a new page of news, or of a micro project below a network."""

    def filled_in(scene: Scene, kind: str, url: str) -> dict:
        values = {"title": "New", "slug": "new", "introduction": "In short."}
        values |= {"comments": inline_formset([]), "body": streamfield([])}
        if "network" in kind:
            values |= {"stage": "running", "user_group": "migrants"}
        else:
            values |= {
                "published_on": "2019-12-02",
                "topic": "events",
                "related": inline_formset([]),
            }
        return nested_form_data(values | ({action: "1"} if action else {}))

    return filled_in


def changed_page(**changes):
    """The edit form, with a title of one's own."""
    shown = form(title="Changed", **changes)

    def filled_in(scene: Scene, kind: str, url: str) -> dict:
        written = hasattr(scene.page(kind), "body")
        return shown(scene, kind, url) | (
            nested_form_data({"body": streamfield([])}) if written else {}
        )

    return filled_in


def parent_of(scene: Scene, kind: str) -> int:
    return scene.page(kind).get_parent().pk


def destination(scene: Scene, kind: str) -> int:
    """The end of its section; for a micro project another network of the same partner."""
    return scene.page("own review").pk if kind == "own draft" else parent_of(scene, kind)


def page_id(scene: Scene, kind: str) -> int:
    return scene.page(kind).pk


def slug_of_copy(scene: Scene, kind: str) -> str:
    return "a-copy"


def revision_id(scene: Scene, kind: str) -> int:
    return scene.page(kind).latest_revision_id


PAGE = "pages/<int:page_id>/"
ADD = "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/"
MOVE = "pages/<int:page_to_move_id>/"
API = "api/main/pages/<int:pk>/action/"
BULK = "bulk/wagtailcore/page/"
one_page = said(id=page_id)
to_the_end = said(destination_page_id=parent_of, position="last-child")
unsaid = said(q="unsaid", search="unsaid")


def every_page(scene: Scene, kind: str, url: str) -> dict:
    return {"id": [page.pk for page in scene.pages.values()]}


def written_text(scene: Scene, kind: str, url: str) -> dict:
    """The form of the translation editor with its first text."""
    named = of_page(scene, kind)["string_segment_id"]
    return {"action": "save", f"segment-{named}": "Übersetzt"}


def decision(action: str):
    def filled_in(scene: Scene, kind: str, url: str) -> dict:
        step = of_page(scene, kind)["task_state_id"]
        return {"action": action, "step": step, "comment": "Read."}

    return filled_in


def seen(query) -> Ask:
    """GET with what brings drafts to light where they are shown to everybody."""
    return Ask("GET all", query=query, reads=True)


ASKS: dict[str, list[Ask]] = {
    ADD: [
        Ask("POST draft", new_page()),
        Ask("POST submit", new_page("action-submit")),
        Ask("POST publish", new_page("action-publish")),
    ],
    ADD + "preview/": [Ask("POST", new_page(), reads=True)],
    PAGE + "edit/": [
        Ask("POST draft", changed_page(), kinds=WRITTEN),
        Ask("POST submit", changed_page(**{"action-submit": "1"}), kinds=WRITTEN),
        Ask("POST publish", changed_page(**{"action-publish": "1"}), kinds=WRITTEN),
        Ask(
            "POST publish translation",
            said(action="publish"),
            kinds=tuple(TRANSLATED),
            closed="A translation goes live by its review.",
        ),
        Ask("POST texts", written_text, kinds=IN_WORK),
        Ask("POST texts in review", written_text, kinds=("de review",), closed=READ),
        Ask("POST submit translation", said(action="submit"), kinds=IN_WORK),
        Ask("POST take back translation", said(action="take-back"), kinds=("de review",)),
        Ask("POST approve translation", decision("approve"), kinds=("de review",)),
        Ask("POST send back translation", decision("reject"), kinds=("de review",)),
        Ask(
            "POST cancel review",
            changed_page(**{"action-cancel-workflow": "1"}),
            kinds=tuple(kind for kind in REVIEWED if kind in WRITTEN),
        ),
        Ask(
            "POST restart translation",
            said(**{"localize-restart-translation": "1"}),
            kinds=("stopped",),
        ),
    ],
    PAGE + "edit/preview/": [Ask("POST", changed_page(), kinds=WRITTEN, reads=True)],
    PAGE + "emergency/": [Ask("POST", said(reason="The deadline is today."))],
    PAGE + "delete/": [Ask("POST")],
    PAGE + "unpublish/": [Ask("POST", kinds=("live", "own live", "de live", "lv live"))],
    PAGE + "convert_alias/": [Ask("POST")],
    PAGE + "copy/": [
        Ask(
            "POST",
            said(
                new_title="A copy",
                new_slug=slug_of_copy,
                new_parent_page=parent_of,
            ),
        ),
        Ask(
            "POST publish copies",
            said(
                new_title="A copy",
                new_slug=slug_of_copy,
                new_parent_page=parent_of,
                publish_copies="on",
            ),
            kinds=("live", "own live", "lv live"),
        ),
        Ask(
            "POST alias",
            said(
                new_title="A copy",
                new_slug=slug_of_copy,
                new_parent_page=parent_of,
                alias="on",
            ),
            kinds=("live", "draft"),
        ),
    ],
    MOVE + "move/": [Ask("POST", said(new_parent_page=parent_of), reads=True)],
    MOVE + "move/<int:destination_id>/confirm/": [
        Ask("POST", kinds=OF_THEIR_OWN),
        Ask("POST of a translation", kinds=tuple(TRANSLATED), closed=PLACE),
    ],
    MOVE + "set_position/": [
        Ask("POST", query=said(position="0"), kinds=NOT_FIRST),
        Ask("POST to the end", kinds=NOT_LAST),
        Ask("POST of a translation", kinds=tuple(TRANSLATED), closed=PLACE),
    ],
    "pages/workflow/action/<int:page_id>/approve/<int:task_state_id>/": [
        Ask("POST", said(comment="Good."))
    ],
    "pages/workflow/action/<int:page_id>/reject/<int:task_state_id>/": [
        Ask("POST", said(comment="Please mend this."))
    ],
    "pages/workflow/collect_action_data/<int:page_id>/approve/<int:task_state_id>/": [
        Ask("POST", said(comment="Good."), reads=True)
    ],
    "pages/workflow/collect_action_data/<int:page_id>/reject/<int:task_state_id>/": [
        Ask("POST", said(comment="Please mend this."), reads=True)
    ],
    PAGE + "privacy/": [
        Ask("POST", said(restriction_type="login", password=""), kinds=OF_THEIR_OWN),
        Ask(
            "POST of a translation",
            said(restriction_type="login", password=""),
            kinds=tuple(TRANSLATED),
            closed=PRIVACY,
        ),
    ],
    PAGE + "lock/": [Ask("POST")],
    PAGE + "unlock/": [Ask("POST")],
    PAGE + "revisions/<int:revision_id>/revert/": [
        Ask("POST draft", changed_page(), kinds=WRITTEN),
        Ask("POST publish", changed_page(**{"action-publish": "1"}), kinds=WRITTEN),
    ],
    PAGE + "revisions/<int:revision_id>/unschedule/": [Ask("POST")],
    "pages/create/<slug:app_label>/<slug:model_name>": [
        Ask("POST", lambda scene, kind, url: {"parent_page": scene.pages["index"].pk}, reads=True)
    ],
    "pages/search/": [seen(unsaid)],
    "pages/search/results/": [seen(unsaid)],
    "pages/<int:parent_page_id>/results/": [seen(unsaid)],
    "choose-page/search/": [seen(unsaid)],
    "choose-page/chosen-multiple/": [seen(every_page)],
    "api/main/pages/": [seen(said(search="unsaid", limit="100"))],
    API + "convert_alias/": [Ask("POST")],
    API + "copy/": [Ask("POST", said(slug=slug_of_copy, keep_live="false"))],
    API + "delete/": [Ask("POST")],
    API + "publish/": [Ask("POST")],
    API + "unpublish/": [Ask("POST", kinds=("live", "own live", "de live", "lv live"))],
    API + "move/": [
        Ask("POST", to_the_end, kinds=OF_THEIR_OWN),
        Ask("POST of a translation", to_the_end, kinds=tuple(TRANSLATED), closed=PLACE),
    ],
    API + "copy_for_translation/": [
        Ask("POST", said(locale="et", copy_parents="true"), kinds=("live", "draft", "own live"))
    ],
    API + "create_alias/": [
        Ask("POST", said(destination_page_id=parent_of, update_slug=slug_of_copy))
    ],
    API + "revert_to_page_revision/": [Ask("POST", said(revision_id=revision_id))],
    BULK + "delete/": [seen(every_page), Ask("POST", query=one_page)],
    BULK + "move/": [
        seen(every_page),
        Ask("POST", said(chooser=destination), query=one_page, kinds=OF_THEIR_OWN),
        Ask(
            "POST of a translation",
            said(chooser=destination),
            query=one_page,
            kinds=tuple(TRANSLATED),
            closed=PLACE,
        ),
    ],
    BULK + "publish/": [seen(every_page), Ask("POST", query=one_page)],
    BULK + "unpublish/": [
        Ask("POST", query=one_page, kinds=("live", "own live", "de live", "lv live"))
    ],
    "workflows/remove/<int:page_pk>/": [Ask("POST")],
    "workflows/remove/<int:page_pk>/<int:workflow_pk>/": [Ask("POST")],
}
