"""A paginator for the admin that never counts a whole table."""

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

# Nobody pages further than this; whoever looks for something older searches.
MAX_COUNT = 10_000


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    object_list: "QuerySet[Model]"

    @cached_property
    def count(self) -> int:
        return int(self.object_list.order_by()[:MAX_COUNT].count())
