"""Telephone numbers, grouped the way they are read aloud, and as addresses to ring."""

#: How many digits of a UK number stand in each group, by how the number begins; the longest beginning counts.
_GROUPS = {
    "02": (3, 4, 4),
    "03": (4, 3, 4),
    "08": (4, 3, 4),
    "011": (4, 3, 4),
    "0121": (4, 3, 4),
    "0131": (4, 3, 4),
    "0141": (4, 3, 4),
    "0151": (4, 3, 4),
    "0161": (4, 3, 4),
    "0191": (4, 3, 4),
    "01": (5, 6),
    "07": (5, 6),
}
_SHORT = 6


def phone(number: str) -> str:
    """Group a number for reading: 0151 907 8305, 029 2053 6490, 999; leave one from elsewhere as it is."""
    digits = _national(number)
    begins = max((start for start in _GROUPS if digits.startswith(start)), key=len, default="")
    if not begins or len(digits) != sum(_GROUPS[begins]):
        return number if len(digits) > _SHORT else digits or number
    groups, rest = [], digits
    for size in _GROUPS[begins]:
        groups.append(rest[:size])
        rest = rest[size:]
    return " ".join(groups)


def tel(number: str) -> str:
    """Return the address that rings a number: tel:+441519078305, tel:999."""
    digits = _national(number)
    if digits.startswith("0"):
        return f"tel:+44{digits[1:]}"
    if number.strip().startswith("+"):
        return f"tel:+{digits}"
    return f"tel:{digits}"


def _national(number: str) -> str:
    digits = "".join(figure for figure in number if figure in "0123456789")
    if number.strip().startswith("+44"):
        return f"0{digits[2:].removeprefix('0')}"
    return digits
