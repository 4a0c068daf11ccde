"""WHEN: bank holidays, working days, opening hours and clocks, in the local time of England and Wales."""
