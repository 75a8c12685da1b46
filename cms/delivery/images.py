"""An image's sizes are made when it is uploaded, so that no visitor waits for them."""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django_tasks import task

from cms.models import Image
from cms.renditions import made


@task()
def make_sizes(image_id: int) -> int:
    """Make all sizes of an image; the number of them, 0 where the image is gone or damaged."""
    image = Image.objects.filter(pk=image_id).first()
    return len(made(image)) if image else 0


@receiver(post_save, sender=Image)
def uploaded(instance, **kwargs):
    transaction.on_commit(lambda: make_sizes.enqueue(instance.pk))
