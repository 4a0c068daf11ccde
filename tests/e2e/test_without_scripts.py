"""The school's part on a telephone whose browser runs no scripts."""

from datetime import timedelta

import pytest

from tests.e2e import school_part
from tests.e2e.cast import Cast
from tests.e2e.street import Street

pytestmark = pytest.mark.browser


def test_the_schools_part_needs_no_scripts(street: Street, cast: Cast) -> None:
    teacher = street.sign_in("teacher", cast.teacher, width=360, scripts=False)
    teacher.press("Record a concern")
    teacher.answer("Which child?", "Maya").press("Save and finish later")
    teacher.sees("Saved, and not sent yet.").follow("Go on with what you began on 23 November 2026 at 10am")
    teacher.sees("This is what you had typed and not sent.")
    assert teacher.page.get_by_label("Which child?").input_value() == "Maya"
    school_part.fill_in_concern(teacher)
    teacher.press("Send to the safeguarding lead")
    concern = school_part.received(teacher)
    street.pass_time(timedelta(minutes=4))
    lead = street.sign_in("lead", cast.lead, width=360, scripts=False)
    school_part.read(lead, concern)
    school_part.add_signs(lead)
    school_part.match(lead)
    school_part.refer(lead)
    teacher.open(teacher.path).sees(
        "It has been referred", "Anna Okafor", "Referred to Halton duty desk (test)"
    )
