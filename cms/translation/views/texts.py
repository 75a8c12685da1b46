"""Single texts and links of a translation, stored by a script of the editor.

They answer at wagtail-localize's addresses in the place of its own views, and in its shapes:
PUT with `value` stores, DELETE takes away. `before` beside it is the text that somebody went on
from: where another one stands there by now, the answer is 409 with {"theirs", "by"}. With
`confirm` the machine's suggestion is stored as it is.
"""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from wagtail.images import get_image_model
from wagtail_localize.models import OverridableSegment, Translation
from wagtail_localize.views.edit_translation import (
    SegmentOverrideSerializer,
    StringTranslationSerializer,
)

from cms.editorial.rows import name_of
from cms.editorial.rule import Refused
from cms.translation import links
from cms.translation.access import page_to_change
from cms.translation.segments import Segment, TranslatedTexts
from cms.translation.strings import BadText, Overtaken, check_link, clear, confirm, store


def translation_to_change(request, translation_id: int) -> Translation:
    """The translation that an address names, for somebody who may change it now.

    Raises Http404, PermissionDenied or Refused.
    """
    found = get_object_or_404(
        Translation.objects.select_related("source", "target_locale"), pk=translation_id
    )
    page_to_change(found, request.user)
    return found


def segment_of(translation: Translation, pk: int) -> Segment:
    """A segment of this very translation; raises Http404 for those of others."""
    try:
        segment = TranslatedTexts(translation).by_id(pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if segment is None:
        raise Http404
    return segment


def _json(view):
    """A view for scripts of people who are signed in."""
    view = authentication_classes([SessionAuthentication])(view)
    return api_view(["PUT", "DELETE"])(permission_classes([IsAuthenticated])(view))


def _refused(refusal: Refused) -> Response:
    if isinstance(refusal, Overtaken):
        told = {"theirs": refusal.theirs, "by": name_of(refusal.by)}
        return Response({"error_message": str(refusal)} | told, status=status.HTTP_409_CONFLICT)
    bad = isinstance(refusal, BadText)
    code = status.HTTP_422_UNPROCESSABLE_ENTITY if bad else status.HTTP_403_FORBIDDEN
    return Response({"error_message": str(refusal)}, status=code)


@_json
def text(request, translation_id: int, string_segment_id: int):
    try:
        translation = translation_to_change(request, translation_id)
        segment = segment_of(translation, string_segment_id)
        before = _before(request)
        if request.method == "DELETE":
            done = clear(translation, segment, request.user, before)
            return Response({}, status=status.HTTP_200_OK if done else status.HTTP_404_NOT_FOUND)
        if _said(request, "confirm"):
            made = confirm(translation, segment, request.user, before)
        else:
            made = store(translation, segment, _value(request), request.user, before=before)
    except Refused as refusal:
        return _refused(refusal)
    context = {"translation_source": translation.source}
    return Response(StringTranslationSerializer(made, context=context).data)


def _said(request, name: str):
    return request.data.get(name) if hasattr(request.data, "get") else None


def _value(request):
    if _said(request, "value") is None:
        raise BadText(_("The text is missing."))
    return request.data["value"]


def _before(request) -> str | None:
    before = _said(request, "before")
    return before if isinstance(before, str) else None


@_json
def link(request, translation_id: int, overridable_segment_id: int):
    """What may differ in a locale: where a link leads, and which image is shown."""
    try:
        translation = translation_to_change(request, translation_id)
        segment = get_object_or_404(
            OverridableSegment, pk=overridable_segment_id, source_id=translation.source_id
        )
        if request.method == "DELETE":
            gone = links.remove(translation, segment.context_id, request.user)
            return Response({}, status=status.HTTP_200_OK if gone else status.HTTP_404_NOT_FOUND)
        data = _checked(segment, _value(request))
    except Refused as refusal:
        return _refused(refusal)
    made = links.put(translation, segment.context_id, data, request.user)
    context = {"translation_source": translation.source}
    return Response(SegmentOverrideSerializer(made, context=context).data)


def _checked(segment: OverridableSegment, value):
    """A value of the same kind as the source's: an address, or the number of an image."""
    if isinstance(segment.data, str):
        return check_link(value)
    number = int(value) if str(value).isdecimal() and len(str(value)) < 10 else 0
    is_image = get_image_model().objects.filter(pk=segment.data).exists()
    if not is_image or not get_image_model().objects.filter(pk=number).exists():
        raise BadText(_("Only addresses and images can differ in a language."))
    return number
