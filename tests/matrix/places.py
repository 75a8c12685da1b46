"""What each address is asked about: the pages, files and other things that it can name."""

from collections.abc import Callable

from wagtail.models import TaskState
from wagtail_localize.models import OverridableSegment, StringSegment, Translation

from cms.translation.models import Assignment
from tests.matrix.addresses import EXPRESSIONS, parameters
from tests.matrix.scene import FOREIGN, GERMAN, KINDS, LATVIAN, OWN, Scene

REVIEWED = [kind for kind in KINDS if kind.endswith("review")]
TRANSLATED = [*GERMAN[:3], *LATVIAN]
PARENTS = ["index", "own network", "foreign network", "de index"]
ON_PAGES = {"page_id", "page_to_move_id", "parent_page_id", "page_number"}

DUE = "translation/<int:pk>/due/"

SPECIAL = {
    "pages/add/": PARENTS,
    "pages/<int:parent_page_id>/add_subpage/": PARENTS,
    "pages/<int:page_id>/convert_alias/": ["alias"],
    "api/main/pages/<int:pk>/action/convert_alias/": ["alias"],
    "pages/workflow/": REVIEWED,
    "pages/<int:page_id>/workflow_history/detail/": REVIEWED,
    "pages/<int:page_id>/lock/": [*KINDS],
    "pages/<int:page_id>/unlock/": ["locked", "own locked"],
    "pages/<int:page_id>/revisions/<int:revision_id>/unschedule/": ["scheduled"],
    "pages/<int:parent_page_id>/": [*KINDS, *PARENTS],
    "choose-page/<int:parent_page_id>/": PARENTS,
    "workflows/remove/": ["home"],
    "api/main/pages/<int:pk>/": KINDS,
    "bulk/wagtailcore/page/": KINDS,
    "localize/translate/": TRANSLATED,
    DUE: TRANSLATED,
    "translation/exchange/download/": TRANSLATED,
    "localize/update/": [*FOREIGN[:1], "second source"],
    "localize/page/": TRANSLATED,
    "localize/submit/page/": [*FOREIGN, *OWN, "de live", "de written"],
    "images/": ["foreign", "own"],
    "documents/": ["foreign", "own"],
    "bulk/cms/": ["foreign", "own"],
    "collections/<": ["collection", "empty collection"],
}
"""What is asked for under addresses that begin so, the first that fits; else all pages."""

SINGLE = ""
"""Where an address names one thing, or none."""


def kinds(route: str) -> list[str]:
    for start, special in SPECIAL.items():
        if route.startswith(start) and (start.startswith("bulk/") or parameters(route)):
            return special
    return KINDS if ON_PAGES & set(parameters(route)) or r"(\d+)" in route else [SINGLE]


def values(scene: Scene, route: str, kind: str) -> dict:
    """What stands in an address for the thing of this kind: {"page_id": 7, ...}."""
    found = {name: value for name, (_, value) in EXPRESSIONS.items()}
    found |= ANYWHERE | _by_start(scene, route)
    if kind in scene.pages:
        found |= of_page(scene, kind)
    if route == DUE:
        found["pk"] = Assignment.objects.get(translation=found["translation_id"]).pk
    if f"{kind} image" in scene.things:
        found |= _files(scene, kind)
    if kind.endswith("collection"):
        found |= dict.fromkeys(["pk", "collection_id"], scene.things[kind].pk)
    return found


ANYWHERE = {
    "app_name": "taggit",
    "app_label": "news",
    "model_name": "newspage",
    "content_type_app_name": "news",
    "content_type_model_name": "newspage",
    "object_id": 1,
    "session_id": 1,
    "uidb64": "MQ",
    "token": "a-token",
    "filter_spec": "width-100",
    "mode": "",
}


def of_page(scene: Scene, kind: str) -> dict:
    page = scene.page(kind)
    model = "microprojectpage" if "network" in kind else "newspage"
    app = "partners" if "network" in kind else "news"
    found = dict.fromkeys([*ON_PAGES, "pk", "page_pk", "object_id"], page.pk)
    found |= {"revision_id": page.latest_revision_id, "destination_id": page.get_parent().pk}
    found |= {"content_type_app_name": app, "content_type_model_name": model}
    if kind == "scheduled":
        found["revision_id"] = scene.things["scheduled revision"].pk
    state = TaskState.objects.filter(
        workflow_state__object_id=page.pk, status=TaskState.STATUS_IN_PROGRESS
    ).first()
    if state:
        found |= {"task_state_id": state.pk, "task_id": state.task_id}
        found["workflow_state_id"] = state.workflow_state_id
    return found | of_translation(page)


def of_translation(page) -> dict:
    translation = Translation.objects.filter(source__object_id=page.translation_key)
    one = translation.filter(target_locale=page.locale).first() or translation.first()
    if one is None:
        return {}
    strings = StringSegment.objects.filter(source=one.source)
    overrides = OverridableSegment.objects.filter(source=one.source)
    return {
        "translation_id": one.pk,
        "translation_source_id": one.source_id,
        "string_segment_id": strings.first().pk,
        "overridable_segment_id": getattr(overrides.first(), "pk", 0),
        "mode": page.default_preview_mode,
    }


def _files(scene: Scene, kind: str) -> dict:
    image, document = (scene.things[f"{kind} {name}"].pk for name in ("image", "document"))
    return {"image_id": image, "document_id": document, "doc_id": document, "pk": image}


HOME = {"app_label": "home", "model_name": "homepage"}
STARTS: dict[str, Callable[[dict], dict]] = {
    "bin/": lambda things: {"pk": things["bin entry"].pk},
    "workflows/enable/": lambda things: {"pk": things["inactive workflow"].pk},
    "workflows/tasks/edit/": lambda things: {"pk": things["task"].pk},
    "workflows/tasks/disable/": lambda things: {"pk": things["task"].pk},
    "workflows/tasks/enable/": lambda things: {"pk": things["inactive task"].pk},
    "workflows/tasks/add/": lambda _: {"app_label": "editorial", "model_name": "foureyestask"},
    "workflows/task_chooser/": lambda things: {"task_id": things["task"].pk},
    "workflows/remove/": lambda things: {
        "page_pk": things["home"].pk,
        "workflow_pk": things["home"].get_workflow().pk,
    },
    "workflows/": lambda things: {"pk": things["workflow"].pk},
    "editing-sessions/": lambda things: {"object_id": things["home"].pk, **HOME},
    "redirects/": lambda things: {"redirect_id": things["redirect"].pk},
    "locales/delete/": lambda things: {"pk": things["empty locale"].pk},
    "locales/": lambda things: {"pk": things["locale"].pk},
    "sites/": lambda things: {"pk": things["site"].pk},
    "users/": lambda things: {"pk": things["user"].pk},
    "groups/": lambda things: {"pk": things["group"].pk},
    "edition_file_chooser/": lambda things: {"pk": things["edition file"].pk},
    "images/multiple/": lambda things: {"uploaded_file_id": things["uploaded image"].pk},
    "documents/multiple/": lambda things: {"uploaded_file_id": things["uploaded document"].pk},
    "documents/chooser/": lambda things: {"pk": things["foreign document"].pk},
    "api/main/documents/": lambda things: {"pk": things["foreign document"].pk},
    "api/main/images/": lambda things: {"pk": things["foreign image"].pk},
    "translation/sendings/<int:pk>/resume/": lambda things: {"pk": things["cancelled sending"].pk},
    "translation/sendings/": lambda things: {"pk": things["sending"].pk},
    "translation/glossary/": lambda things: {"pk": things["term"].pk},
    "translation/exchange/upload/": lambda things: {"pk": things["upload"].pk},
    "localize/submit/snippet/": lambda _: {"pk": 1},
    "localize/api/snippets/": lambda _: {"pk": 1},
}


def _by_start(scene: Scene, route: str) -> dict:
    for start, make in STARTS.items():
        if route.startswith(start):
            return make(scene.things)
    return {}
