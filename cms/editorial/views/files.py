"""Deleting images and documents: what is in use stays, and its pages are named."""

from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as multiple_documents
from wagtail.documents.views.bulk_actions import DeleteBulkAction as DeleteDocuments
from wagtail.images.views import images
from wagtail.images.views import multiple as multiple_images
from wagtail.images.views.bulk_actions import DeleteBulkAction as DeleteImages

from cms.editorial.in_use import FileInUse, needing
from cms.editorial.media import deleting_refused


def _refuse_deleting(request, items) -> bool:
    """Tell of each file that pages need; whether there was one."""
    found = [(item, pages) for item in items if (pages := needing(item))]
    for item, pages in found:
        messages.error(request, deleting_refused(item, pages))
    return bool(found)


class KeepsFile:
    """A view that says where a file is in use instead of deleting it."""

    def get(self, request, *args, **kwargs):
        return self._refuse() or super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self._refuse() or super().post(request, *args, **kwargs)

    def _refuse(self):
        if _refuse_deleting(self.request, [self.object]):
            return redirect(self.edit_url_name, self.object.pk)
        return None


class ImageDeleteView(KeepsFile, images.DeleteView):
    edit_url_name = "wagtailimages:edit"


class DocumentDeleteView(KeepsFile, documents.DeleteView):
    edit_url_name = "wagtaildocs:edit"


class KeepsUpload:
    """The answer to the screen of uploads, which deletes by itself what was uploaded there."""

    def post(self, request, *args, **kwargs):
        item = get_object_or_404(self.get_model(), pk=kwargs[self.pk_url_kwarg])
        allowed = self.permission_policy.user_has_permission_for_instance
        pages = needing(item) if allowed(request.user, "delete", item) else []
        if pages:
            raise FileInUse(deleting_refused(item, pages))
        return super().post(request, *args, **kwargs)


class ImageUploadDeleteView(KeepsUpload, multiple_images.DeleteView):
    pass


class DocumentUploadDeleteView(KeepsUpload, multiple_documents.DeleteView):
    pass


class KeepsFiles:
    """A bulk action that deletes all of the chosen files, or says which are in use."""

    def prepare_action(self, objects, objects_without_access):
        if _refuse_deleting(self.request, objects):
            return redirect(self.next_url)
        return super().prepare_action(objects, objects_without_access)


class ImagesDeleteAction(KeepsFiles, DeleteImages):
    pass


class DocumentsDeleteAction(KeepsFiles, DeleteDocuments):
    pass
