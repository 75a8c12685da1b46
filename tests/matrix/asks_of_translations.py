"""What is sent to the addresses of translations: sending, texts, files and machines."""

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail_localize.models import Translation

from tests.matrix.asks import Ask, form, said
from tests.matrix.asks_of_pages import BULK, IN_WORK, READ, every_page, one_page, seen
from tests.matrix.places import DUE
from tests.matrix.scene import Scene

TRANSLATE = "localize/translate/<int:translation_id>/"


def into_estonian(scene: Scene, kind: str, url: str) -> dict:
    return {"locales": [scene.things["estonian"].language_code]}


def into_german(scene: Scene, kind: str, url: str) -> dict:
    return {"locales": ["de"]}


def the_live_page(scene: Scene, kind: str, url: str) -> dict:
    return {"page": scene.page("live").pk}


def po_file(scene: Scene, kind: str, url: str) -> dict:
    page = scene.page(kind)
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=page.locale
    )
    words = translation.export_po()
    for entry in words:
        entry.msgstr = f"{entry.msgid} ..."
    return {"file": SimpleUploadedFile("words.po", str(words).encode())}


ASKS: dict[str, list[Ask]] = {
    "localize/submit/page/<int:page_id>/": [
        Ask("POST", into_estonian, kinds=("live", "own live")),
        Ask("POST ahead", into_estonian, query=said(ahead=1), kinds=("draft", "de written")),
        Ask(
            "POST from a translation",
            into_estonian,
            kinds=("de live",),
            closed="Two sources of one text would contradict each other.",
        ),
    ],
    BULK + "send/": [
        seen(every_page),
        Ask("POST", into_estonian, query=one_page, kinds=("live", "own live")),
    ],
    "translation/send/": [
        Ask("POST", into_estonian, query=the_live_page),
        Ask("GET page", query=the_live_page, reads=True),
    ],
    "translation/sendings/<int:pk>/cancel/": [Ask("POST")],
    "translation/sendings/<int:pk>/resume/": [Ask("POST")],
    "localize/update/<int:translation_source_id>/": [
        Ask("POST", into_german),
        Ask(
            "POST publish",
            said(publish_translations="on"),
            closed="A translation goes live by its review.",
        ),
    ],
    TRANSLATE + "strings/<int:string_segment_id>/edit/": [
        Ask("PUT", said(value="Übersetzt"), kinds=IN_WORK),
        Ask("PUT in review", said(value="Übersetzt"), kinds=("de review",), closed=READ),
        Ask("DELETE", kinds=("de live", "lv live")),
    ],
    DUE: [Ask("POST", said(due_on="2030-01-02"))],
    TRANSLATE + "pofile/upload/": [Ask("POST", po_file, kinds=("de draft", "lv draft"))],
    TRANSLATE + "machine_translate/": [Ask("POST", form(), kinds=("de draft", "lv draft"))],
    "translation/exchange/upload/": [
        Ask("POST", lambda scene, _, url: po_file(scene, "de draft", url))
    ],
    TRANSLATE + "disable/": [Ask("POST")],
    "localize/page/<int:page_id>/convert_to_alias/": [
        Ask("POST", closed="This site has no aliases.")
    ],
}
