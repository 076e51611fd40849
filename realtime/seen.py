"""Which versions of a topic have passed through this worker, so that a gap is found."""


class Seen:
    """All versions up to `contiguous`, and those of `ahead` beyond a gap."""

    __slots__ = ("ahead", "contiguous")

    def __init__(self, contiguous: int) -> None:
        self.contiguous = contiguous
        self.ahead: set[int] = set()

    def mark(self, version: int) -> bool:
        """False when it had passed before."""
        if version <= self.contiguous or version in self.ahead:
            return False
        self.ahead.add(version)
        self._close_up()
        return True

    def advance(self, version: int) -> None:
        """Everything up to `version` has been delivered from the database."""
        self.contiguous = max(self.contiguous, version)
        self.ahead = {later for later in self.ahead if later > self.contiguous}
        self._close_up()

    def _close_up(self) -> None:
        while self.contiguous + 1 in self.ahead:
            self.contiguous += 1
            self.ahead.remove(self.contiguous)
