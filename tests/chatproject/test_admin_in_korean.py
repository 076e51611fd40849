"""Whatever the admin shows of our tables has a Korean name: apps, models, columns, choices,
filters, headings and actions."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten, label_for_field
from django.test import RequestFactory
from django.utils import translation

from accounts.models import User

ID = "ID"  # Korean too


@pytest.fixture
def request_of_owner(rf: RequestFactory) -> Any:
    request = rf.get("/admin/")
    request.user = User(username="alice", is_staff=True, is_superuser=True, is_active=True)
    return request


def labels(request: Any) -> Iterator[tuple[str, str]]:
    """Where each stands, and what stands there."""
    registry: dict[Any, Any] = admin.site._registry
    for model, shown in registry.items():
        name = model._meta.label
        yield name, str(apps.get_app_config(model._meta.app_label).verbose_name)
        yield name, str(model._meta.verbose_name)
        yield name, str(model._meta.verbose_name_plural)
        for action, _slug, description in filter(None, shown.get_actions(request).values()):
            yield f"{name}: {action.__name__}", str(description)
        yield from _headings(request, name, shown)
        asked = _asked(request, shown)
        for column in sorted(_columns(request, shown) - {"__str__", *asked}):
            yield f"{name}.{column}", str(label_for_field(column, model, shown))
        for column, field in asked.items():
            yield f"{name}.{column}", str(field.label)
        for column in sorted(_columns(request, shown)):
            for value, text in _choices(model, column):
                yield f"{name}.{column}={value}", str(text)


def _headings(request: Any, name: str, shown: Any) -> Iterator[tuple[str, str]]:
    for obj in (None, shown.model()):
        for heading, _fields in shown.get_fieldsets(request, obj):
            if heading:
                yield f"{name}: heading", str(heading)


def _columns(request: Any, shown: Any) -> set[str]:
    found = {*shown.get_list_display(request), *shown.get_readonly_fields(request)}
    for obj in (None, shown.model()):
        for _heading, options in shown.get_fieldsets(request, obj):
            found |= {*flatten(options["fields"])}
    for each in shown.get_list_filter(request):
        if isinstance(each, str | tuple):
            found.add(each if isinstance(each, str) else each[0])
    return found


def _asked(request: Any, shown: Any) -> dict[str, Any]:
    """The fields of its forms, which have labels of their own."""
    forms = [shown.get_form(request, shown.model(), change=True)]
    forms += [shown.get_form(request)] if shown.has_add_permission(request) else []
    return {name: field for form in forms for name, field in form.base_fields.items()}


def _choices(model: Any, column: str) -> list[Any]:
    known = {field.name: field for field in model._meta.get_fields()}
    return getattr(known.get(column), "choices", None) or []


def test_everything_in_the_admin_has_a_korean_name(request_of_owner: Any) -> None:
    with translation.override("ko"):
        found = list(labels(request_of_owner))
    assert len({where for where, _text in found}) > 100
    assert [
        f"{where}: {text}"
        for where, text in found
        if text != ID and not any("가" <= letter <= "힣" for letter in text)
    ] == []
