"""Saying at the machine that nobody could be asked to allow what was done."""


def print_whether_allowed(*, allowed: bool) -> None:
    """Say so where there were no two people who could have allowed it: the trail says so too."""
    if not allowed:
        print("No two people here could be asked to allow this. It was done, and the trail says so.")
