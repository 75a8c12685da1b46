"""People who may change files: one who publishes nothing, and an administrator."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission


@pytest.fixture
def librarian(site) -> Client:
    """Somebody who may do everything with files, and publish nothing."""
    group = Group.objects.create(name="Librarians")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    root = Collection.get_first_root_node()
    for name in ("add", "change", "choose", "delete"):
        for kind in ("image", "document"):
            for permission in Permission.objects.filter(codename=f"{name}_{kind}"):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=root, permission=permission
                )
    user = get_user_model().objects.create_user("librarian", "librarian@example.org", "a-password")
    user.groups.add(group)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(params=["librarian", "admin"])
def person(request, site) -> Client:
    """First somebody who may change files, then an administrator."""
    return request.getfixturevalue("librarian" if request.param == "librarian" else "admin_client")
