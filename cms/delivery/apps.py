from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "cms.delivery"
    label = "delivery"
    verbose_name = "Delivery"

    def ready(self):
        from cms.delivery import images  # noqa: F401
