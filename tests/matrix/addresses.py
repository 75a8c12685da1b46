"""Every address below /admin/, and how it is written for what it names."""

import re
from collections.abc import Iterator

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
OURS = "admin/"


def addresses() -> list[str]:
    """Routes as they stand in the resolver, '/admin/' left out, each once, in its order.

    Where two have the same route, the first answers: so do ours that stand before Wagtail's.
    """
    routes = (route for route in _routes(get_resolver()) if route.startswith(OURS))
    return list(dict.fromkeys(route.removeprefix(OURS) for route in routes))


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + _written(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        else:
            yield route


def _written(pattern) -> str:
    if isinstance(pattern, RoutePattern):
        return str(pattern)
    return str(pattern).removeprefix("^").removesuffix("$")


def parameters(route: str) -> list[str]:
    """The names of what an address needs, 'compare' where the route is an expression."""
    return PARAMETER.findall(route)


def url(route: str, values: dict) -> str:
    """'pages/<int:page_id>/edit/' with {'page_id': 3} gives '/admin/pages/3/edit/'."""
    for name, (expression, _) in EXPRESSIONS.items():
        route = route.replace(expression, f"<{name}>")
    filled = PARAMETER.sub(lambda match: str(values[match[1]]), route)
    return "/" + OURS + filled


EXPRESSIONS = {
    "page_number": (r"(\d+)", 1),
    "versions": (r"(live|earliest|\d+)\.\.\.(live|latest|\d+)", "live...latest"),
    "rest": (".*", "no-such-place"),
}
"""What stands in routes that are regular expressions."""


def bulk_actions() -> list[str]:
    """Every bulk action that is registered, as an address of its own."""
    bulk_action_registry._scan_for_bulk_actions()
    return [
        f"bulk/{app}/{model}/{action}/"
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
    ]


def api_actions() -> list[str]:
    return [f"api/main/pages/<int:pk>/action/{name}/" for name in PagesAdminAPIViewSet.actions]


def task_actions(route: str) -> list[str]:
    return [route.replace("<slug:action_name>", name) for name in ("approve", "reject")]


def expanded() -> list[str]:
    """All addresses; those that lead to many actions stand there once for each."""
    found: list[str] = []
    for route in addresses():
        if route.startswith("bulk/<"):
            found += bulk_actions()
        elif route.endswith("action/<str:action_name>/"):
            found += api_actions()
        elif "<slug:action_name>" in route:
            found += task_actions(route)
        else:
            found.append(route)
    return found
