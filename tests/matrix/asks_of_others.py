"""What is sent to the addresses of files, accounts and the site's other things."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.make import make_pdf, make_png
from tests.matrix.asks import Ask, form, said
from tests.matrix.scene import Scene

PNG, PDF = make_png(), make_pdf()


def png(scene: Scene, kind: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("new.png", PNG, content_type="image/png")


def pdf(scene: Scene, kind: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("new.pdf", PDF, content_type="application/pdf")


def thing(name: str):
    return lambda scene, kind: scene.things[name].pk


def root(scene: Scene, kind: str) -> int:
    return scene.things["root"].pk


def image_id(scene: Scene, kind: str) -> int:
    return scene.things[f"{kind} image"].pk


def document_id(scene: Scene, kind: str) -> int:
    return scene.things[f"{kind} document"].pk


def several(prefix: str):
    """The form of one of several files that were uploaded at once."""

    def filled_in(scene: Scene, kind: str, url: str) -> dict:
        file = scene.things[f"{kind} {'image' if prefix == 'image' else 'document'}"]
        values = {"title": "Changed", "credit": "SEMPRE", "tags": ""}
        values["collection"] = file.collection_id
        return {f"{prefix}-{file.pk}-{name}": value for name, value in values.items()}

    return filled_in


AJAX = {"ajax": True}
ASKS: dict[str, list[Ask]] = {
    "translation/exchange/upload/<int:pk>/": [Ask("POST", said(discard="yes"))],
    "translation/glossary/new/": [
        Ask(
            "POST",
            said(
                source_locale=lambda scene, _kind: scene.things["term"].source_locale_id,
                target_locale=thing("locale"),
                term="village",
                translation="Dorf",
            ),
        )
    ],
    "translation/glossary/edit/<int:pk>/": [Ask("POST", form(translation="Teilnahme"))],
    "translation/glossary/delete/<int:pk>/": [Ask("POST")],
    "translation/glossary/copy/<int:pk>/": [Ask("POST", form(term="part"))],
    "translation/exchange/download/": [Ask("GET german", query=said(locale="de"), reads=True)],
    "translation/memory/": [Ask("GET german", query=said(source="en", into="de"), reads=True)],
    "bin/<int:pk>/restore/": [Ask("POST")],
    "bin/<int:pk>/purge/": [Ask("POST")],
    "bin/undo/": [Ask("POST", query=lambda scene, kind, url: {"id": scene.things["bin entry"].pk})],
    "images/add/": [
        Ask("POST", said(title="New", file=png, credit="SEMPRE", collection=root, tags=""))
    ],
    "images/<int:image_id>/": [Ask("POST", form(title="Changed"))],
    "images/<int:image_id>/delete/": [Ask("POST")],
    "images/multiple/add/": [
        Ask("POST", said(**{"title": "New", "files[]": png, "collection": root}), options=AJAX)
    ],
    "images/multiple/<int:image_id>/": [Ask("POST", several("image"), options=AJAX)],
    "documents/multiple/<int:doc_id>/": [Ask("POST", several("doc"), options=AJAX)],
    "editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/": [
        Ask("POST", reads=True)
    ],
    "images/multiple/<int:image_id>/delete/": [Ask("POST", options=AJAX)],
    "images/multiple/delete_upload/<int:uploaded_file_id>/": [Ask("POST", options=AJAX)],
    "documents/add/": [Ask("POST", said(title="New", file=pdf, collection=root, tags=""))],
    "documents/edit/<int:document_id>/": [Ask("POST", form(title="Changed"))],
    "documents/delete/<int:document_id>/": [Ask("POST")],
    "documents/multiple/add/": [
        Ask("POST", said(**{"title": "New", "files[]": pdf, "collection": root}), options=AJAX)
    ],
    "documents/multiple/<int:doc_id>/delete/": [Ask("POST", options=AJAX)],
    "documents/multiple/delete_upload/<int:uploaded_file_id>/": [Ask("POST", options=AJAX)],
    "images/chooser/create/": [
        Ask(
            "POST",
            said(
                **{
                    "image-chooser-upload-title": "New",
                    "image-chooser-upload-file": png,
                    "image-chooser-upload-credit": "SEMPRE",
                    "image-chooser-upload-collection": root,
                    "image-chooser-upload-tags": "",
                }
            ),
        )
    ],
    "documents/chooser/create/": [
        Ask(
            "POST",
            said(
                **{
                    "document-chooser-upload-title": "New",
                    "document-chooser-upload-file": pdf,
                    "document-chooser-upload-collection": root,
                    "document-chooser-upload-tags": "",
                }
            ),
        )
    ],
    "edition_file_chooser/create/": [Ask("POST", said(pdf=pdf))],
    "bulk/cms/image/add_tags/": [Ask("POST", said(tags="harbour"), query=said(id=image_id))],
    "bulk/cms/image/add_to_collection/": [
        Ask("POST", said(collection=thing("empty collection")), query=said(id=image_id))
    ],
    "bulk/cms/image/delete/": [Ask("POST", query=said(id=image_id))],
    "bulk/cms/document/add_tags/": [Ask("POST", said(tags="x"), query=said(id=document_id))],
    "bulk/cms/document/add_to_collection/": [
        Ask("POST", said(collection=thing("empty collection")), query=said(id=document_id))
    ],
    "bulk/cms/document/delete/": [Ask("POST", query=said(id=document_id))],
    "bulk/auth/user/assign_role/": [
        Ask("POST", said(role=thing("group")), query=said(id=thing("other")))
    ],
    "bulk/auth/user/delete/": [Ask("POST", query=said(id=thing("other")))],
    "bulk/auth/user/set_active_state/": [
        Ask("POST", said(mark_as_active="False"), query=said(id=thing("other")))
    ],
    "collections/add/": [Ask("POST", form(name="New", parent=root))],
    "collections/<int:pk>/": [Ask("POST", form(name="Changed"))],
    "collections/<int:pk>/delete/": [
        Ask("POST", kinds=("empty collection",)),
        Ask("POST in use", kinds=("collection",), closed="It holds files."),
    ],
    "collections/<int:collection_id>/privacy/": [
        Ask("POST", said(restriction_type="login", password=""))
    ],
    "workflows/add/": [Ask("POST", form(name="New"))],
    "workflows/edit/<int:pk>/": [Ask("POST", form(name="Changed"))],
    "workflows/enable/<int:pk>/": [Ask("POST")],
    "workflows/disable/<int:pk>/": [Ask("POST")],
    "workflows/tasks/add/<str:app_label>/<str:model_name>/": [
        Ask("POST", form(name="New", groups=thing("group")))
    ],
    "workflows/tasks/edit/<int:pk>/": [Ask("POST", form(groups=thing("group")))],
    "workflows/tasks/enable/<int:pk>/": [Ask("POST")],
    "workflows/tasks/disable/<int:pk>/": [Ask("POST")],
    "workflows/task_chooser/create/": [
        Ask(
            "POST",
            said(**{"create-task-name": "New", "create-task-groups": thing("group")}),
            query=said(create_model="editorial.FourEyesTask"),
        )
    ],
    "redirects/add/": [Ask("POST", form(old_path="/older/", redirect_link="https://example.org/"))],
    "redirects/<int:redirect_id>/": [Ask("POST", form(old_path="/older"))],
    "redirects/<int:redirect_id>/delete/": [Ask("POST")],
    "locales/new/": [Ask("POST", form(language_code="sv"))],
    "locales/edit/<int:pk>/": [Ask("POST", form(language_code="sv"))],
    "locales/copy/<int:pk>/": [Ask("POST", form(language_code="sv"))],
    "locales/delete/<int:pk>/": [Ask("POST")],
    "sites/new/": [
        Ask("POST", form(hostname="new.example", port="80", root_page=thing("home"), site_name="x"))
    ],
    "sites/copy/<int:pk>/": [Ask("POST", form(hostname="new.example", is_default_site=""))],
    "sites/edit/<int:pk>/": [Ask("POST", form(site_name="Changed"))],
    "sites/delete/<int:pk>/": [Ask("POST")],
    "users/new/": [
        Ask(
            "POST",
            said(
                username="new",
                email="new@example.org",
                first_name="New",
                last_name="Person",
                password1="Harbour7Lights",
                password2="Harbour7Lights",
                is_active="on",
            ),
        )
    ],
    "users/copy/<int:pk>/": [
        Ask(
            "POST",
            said(
                username="new",
                email="new@example.org",
                first_name="New",
                last_name="Person",
                password1="Harbour7Lights",
                password2="Harbour7Lights",
                is_active="on",
            ),
        )
    ],
    "users/edit/<int:pk>/": [
        Ask("POST", form(first_name="Changed", last_name="Person", is_superuser="on"))
    ],
    "users/delete/<int:pk>/": [Ask("POST")],
    "groups/new/": [Ask("POST", form(name="New"))],
    "groups/edit/<int:pk>/": [Ask("POST", form(name="Changed"))],
    "groups/delete/<int:pk>/": [Ask("POST")],
    "account/": [Ask("POST", form(**{"name_email-first_name": "Changed"}))],
    "dismissibles/": [
        Ask("PATCH", lambda scene, kind, url: {"seen": True}, options={"json": True})
    ],
    "logout/": [Ask("POST", reads=True)],
}
