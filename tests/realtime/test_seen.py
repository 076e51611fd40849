"""Which versions have passed: contiguity whatever the order they come in."""

from hypothesis import given
from hypothesis import strategies as st

from realtime.seen import Seen

STEPS = st.lists(st.tuples(st.sampled_from(["mark", "advance"]), st.integers(1, 30)))


@given(st.integers(0, 10), STEPS)
def test_everything_up_to_contiguous_has_passed_and_the_next_has_not(
    start: int, steps: list[tuple[str, int]]
) -> None:
    seen, passed = Seen(start), set(range(start + 1))
    for step, version in steps:
        if step == "mark":
            assert seen.mark(version) == (version not in passed)
            passed.add(version)
        else:
            seen.advance(version)
            passed |= set(range(version + 1))
        assert set(range(seen.contiguous + 1)) <= passed
        assert seen.contiguous + 1 not in passed
        assert seen.ahead == {each for each in passed if each > seen.contiguous}


@given(st.permutations(range(1, 12)))
def test_any_order_ends_contiguous_and_holds_nothing(order: list[int]) -> None:
    seen = Seen(0)
    assert all(seen.mark(version) for version in order)
    assert (seen.contiguous, seen.ahead) == (11, set())
    assert not any(seen.mark(version) for version in order)
