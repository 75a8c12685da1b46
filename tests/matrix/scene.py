"""The site on which the matrix is played: people of every role, pages in every condition."""

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO, StringIO

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    Locale,
    Page,
    Site,
    Task,
    UploadedFile,
    Workflow,
)
from wagtail_localize.models import Translation, TranslationSource

from cms.editorial import roles
from cms.editorial.bin.deleting import throw_away
from cms.editorial.models import Clearance, FourEyesTask
from cms.models import Document, Image
from cms.translation.models import GlossaryTerm, Upload
from cms.translation.sending.work import begin, cancel
from news.models import NewsIndexPage, NewsPage
from publications.models import EditionFile
from tests.make import (
    below_home,
    make_micro_project,
    make_network,
    make_news,
    make_page,
    make_partner,
    make_pdf,
    make_png,
    translate,
)
from tests.people import make_user, save, signed_in, submit

ROLES = {
    "anonymous": None,
    "editor": [roles.EDITORS],
    "publisher": [roles.PUBLISHERS],
    "translator": [roles.translators("de")],
    "reviewer": [roles.language_reviewers("de")],
    "partner": [roles.partner_editors("nordregio")],
    "administrator": [],
}
"""The columns of the table, and the groups that somebody in that role belongs to."""

FOREIGN = ["live", "draft", "review"]
OWN = ["own live", "own draft", "own review"]
GERMAN = ["de live", "de draft", "de review", "de written"]
LATVIAN = ["lv live", "lv draft"]
KINDS = [*FOREIGN, *OWN, *GERMAN, *LATVIAN]
"""Pages as the table names them. `own` are those of the partner nordregio; `de` and `lv` are
translations, but `de written` is a draft that was written in German. All others are English and
of the project."""

STAFF = {"editor", "publisher", "administrator"}
READERS = {
    "live": STAFF,
    "draft": STAFF,
    "review": STAFF,
    "own draft": STAFF | {"partner"},
    "own review": STAFF | {"partner"},
    "de draft": STAFF | {"translator"},
    "de review": STAFF | {"translator", "reviewer"},
    "de written": STAFF,
    "lv draft": STAFF | {"translator"},
}
"""Who may read the title of what nobody has published yet; of `live` that is a later draft.

Translators see what the translations of one work into all languages are called.
"""


def unsaid(kind: str) -> str:
    """Words of the draft of this kind that stand nowhere else."""
    return f"unsaid in {kind}."


@dataclass
class Scene:
    """Everything that an address of the admin can name."""

    pages: dict[str, Page] = field(default_factory=dict)
    things: dict[str, object] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def page(self, kind: str) -> Page:
        return Page.objects.get(pk=self.pages[kind].pk).specific


def make_scene(home) -> Scene:
    scene = Scene()
    make_people(scene)
    make_pages(scene)
    make_special_pages(scene)
    make_files(scene)
    make_others(scene, home)
    call_command("update_index", stdout=StringIO())
    return scene


def make_people(scene: Scene) -> None:
    writer = make_user("writer", roles.EDITORS)
    scene.things |= {"writer": writer, "other": make_user("other", roles.PUBLISHERS)}
    scene.things["writer-de"] = make_user("writer-de", roles.translators("de"))
    for name, groups in ROLES.items():
        if groups is None:
            scene.clients[name] = Client()
            continue
        user = make_user(name, *groups, is_superuser=name == "administrator")
        scene.things[name] = user
        scene.clients[name] = signed_in(user)


def make_pages(scene: Scene) -> None:
    writer, pages = scene.things["writer"], scene.pages
    pages["index"] = below_home(NewsIndexPage, "news")
    said = {"introduction": "In short."}
    for kind in ["live", "draft", "review", "source", "second source", "third source"]:
        live = kind not in {"draft", "review"}
        pages[kind] = make_news(live=live, title=f"A {kind}" if live else unsaid(kind), **said)
    submit(pages["review"], writer)
    partner = make_partner(slug="nordregio", title="Nordregio", **said)
    pages["own live"] = partner
    network = make_network(partner=partner, title="Own network", **said)
    pages["own network"] = network
    pages["own draft"] = make_micro_project(network, live=False, title=unsaid("own draft"), **said)
    pages["own review"] = make_network(
        partner=partner, live=False, title=unsaid("own review"), **said
    )
    submit(pages["own review"], writer)
    other = make_partner(slug="elsewhere", title="Elsewhere")
    pages["foreign network"] = make_network(partner=other, title="Foreign network")
    make_translations(scene)


def make_translations(scene: Scene) -> None:
    pages = scene.pages
    for language in ("de", "lv"):
        pages[f"{language} live"] = translate(pages["live"], language)
        kind = f"{language} draft"
        pages[kind] = translated_draft(pages["source"], language, unsaid(kind))
    pages["de review"] = translated_draft(pages["second source"], "de", unsaid("de review"))
    submit(pages["de review"], scene.things["writer-de"])
    pages["de index"] = pages["index"].get_translation(Locale.objects.get(language_code="de"))
    pages["de written"] = make_page(
        pages["de index"], NewsPage, live=False, title=unsaid("de written"), introduction="Kurz."
    )


def translated_draft(page: Page, language: str, title: str) -> Page:
    """A translation that nobody has published yet."""
    locale = Locale.objects.get(language_code=language)
    source, _ = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    translated = source.as_instance().copy_for_translation(locale)
    translated.title = translated.draft_title = title
    translated.save()
    translated.save_revision()
    return translated


def make_special_pages(scene: Scene) -> None:
    """Pages in a condition that only one address asks for."""
    writer, pages = scene.things["writer"], scene.pages
    pages["scheduled"] = make_news(title="Scheduled")
    save(pages["live"], writer, title=unsaid("live"))
    revision = save(pages["scheduled"], writer, introduction="Later.")
    Clearance.objects.reviewed(None, revision, None)
    revision.approved_go_live_at = timezone.now() + timedelta(days=3)
    revision.save()
    scene.things["scheduled revision"] = revision
    lock(scene, "locked", make_news(title="Locked"), scene.things["other"])
    own = make_network(partner=pages["own live"], title="Own locked")
    lock(scene, "own locked", own, scene.things["partner"])
    pages["alias"] = make_news(live=False).create_alias(update_slug="an-alias")
    pages["stopped"] = translate(pages["third source"], "de")
    stopped = Translation.objects.get(source__object_id=pages["stopped"].translation_key)
    stopped.enabled = False
    stopped.save()


def lock(scene: Scene, kind: str, page: Page, user) -> None:
    page.locked, page.locked_by, page.locked_at = True, user, timezone.now()
    page.save(update_fields=["locked", "locked_by", "locked_at"])
    scene.pages[kind] = page


def make_files(scene: Scene) -> None:
    root = Collection.get_first_root_node()
    own = Collection.objects.get(name="Partner: nordregio")
    empty = root.add_child(name="Empty")
    for kind, collection in {"foreign": root, "own": own}.items():
        image = ImageFile(BytesIO(make_png()), name=f"{kind}.png")
        scene.things[f"{kind} image"] = Image.objects.create(
            title=kind, file=image, credit="SEMPRE", collection=collection
        )
        scene.things[f"{kind} document"] = Document.objects.create(
            title=kind, file=ContentFile(make_pdf(), name=f"{kind}.pdf"), collection=collection
        )
    scene.things |= {"collection": own, "empty collection": empty}
    scene.things["edition file"] = EditionFile.objects.from_bytes(make_pdf(), "handbook.pdf")
    editor = scene.things["editor"]
    scene.things["uploaded image"] = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(Image),
        file=ImageFile(BytesIO(make_png()), name="uploaded.png"),
        uploaded_by_user=editor,
    )
    scene.things["uploaded document"] = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(Document),
        file=ContentFile(make_pdf(), name="uploaded.pdf"),
        uploaded_by_user=editor,
    )


def make_empty_locale() -> Locale:
    """A locale that can be deleted: nobody has begun its home page yet."""
    locale = Locale.objects.create(language_code="fi")
    for page in Page.objects.filter(locale=locale).specific():
        page.delete()
    return locale


def make_sendings(scene: Scene) -> None:
    """Pages on their way to translators, one lot of them called off."""
    items = [(scene.pages["live"], Locale.objects.get(language_code="et"))]
    for name in ("sending", "cancelled sending"):
        scene.things[name] = begin(scene.things["writer"], items, None, False)
    cancel(scene.things["cancelled sending"])


def make_others(scene: Scene, home) -> None:
    workflow = Workflow.objects.create(name="Unused")
    unused = FourEyesTask.objects.create(name="Unused step")
    unused.groups.add(roles.group(roles.PUBLISHERS))
    make_sendings(scene)
    german = Locale.objects.get(language_code="de")
    scene.things["term"] = GlossaryTerm.objects.create(
        source_locale=home.locale, target_locale=german, term="share", translation="Teilhabe"
    )
    scene.things["upload"] = Upload.objects.create(
        user=scene.things["translator"], name="words.po", data=b"no words"
    )
    scene.things["bin entry"] = throw_away(make_news(live=False, title="Binned"), None)
    scene.things |= {
        "home": home,
        "root": Collection.get_first_root_node(),
        "estonian": Locale.objects.get(language_code="et"),
        "redirect": Redirect.objects.create(old_path="/old", redirect_page=scene.pages["live"]),
        "locale": Locale.objects.get(language_code="de"),
        "empty locale": make_empty_locale(),
        "site": Site.objects.get(),
        "group": roles.group(roles.EDITORS),
        "user": get_user_model().objects.get(username="writer"),
        "workflow": workflow,
        "task": unused,
        "inactive workflow": Workflow.objects.create(name="Inactive", active=False),
        "inactive task": Task.objects.create(name="Inactive", active=False),
    }
