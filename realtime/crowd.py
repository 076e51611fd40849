"""How many sockets one address may hold on a worker at the same time.

Generous: an office comes in through one address, and all their tabs count. What is
beyond is a mistake or an attack, and would take memory from everybody else.
"""

from collections import Counter
from collections.abc import Hashable


class Crowd:
    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.counts: Counter[Hashable] = Counter()

    def admit(self, key: Hashable) -> bool:
        """Counts one more, if there is room; then `dismiss` has to follow."""
        if self.counts[key] >= self.limit:
            return False
        self.counts[key] += 1
        return True

    def dismiss(self, key: Hashable) -> None:
        self.counts[key] -= 1
        if self.counts[key] <= 0:
            del self.counts[key]
