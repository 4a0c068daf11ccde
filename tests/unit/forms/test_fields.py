"""Questions answered in words take whatever is posted, and keep what was typed."""

import pytest

from tests.support.demo_form import demo, posted


def errors(name: str, **changes: str | list[str]) -> list[str]:
    form = demo(posted(**changes))
    form.validate()
    return [str(error) for error in form[name].errors]


def test_text_is_kept_as_typed() -> None:
    form = demo(posted(happened="  'Wait',\r\n\r\nhe said. \t"))
    assert form.happened.data == "  'Wait',\n\nhe said. \t"


def test_what_nobody_can_type_is_left_out() -> None:
    assert demo(posted(child="Ro\x00bin\x1b\x9f")).child.data == "Robin"
    assert (
        demo(posted(happened="one\x0btwo\x0cthree\rfour\x85five")).happened.data
        == "one\ntwo\nthree\nfour\nfive"
    )


def test_the_first_of_repeated_values_counts() -> None:
    assert demo(posted(child=["Robin", "Sam"])).child.data == "Robin"


@pytest.mark.parametrize("nothing", ["", "   ", "\n"])
def test_blank_is_no_answer(nothing: str) -> None:
    assert errors("child", child=nothing) == ["Enter the child's name"]


def test_a_missing_name_is_no_answer() -> None:
    assert errors("child", child=[]) == ["Enter the child's name"]


def test_too_much_is_refused_and_kept() -> None:
    form = demo(posted(happened="x" * 1061))
    assert not form.accepted()
    assert form.happened.errors == ["Shorten this to 60 characters or fewer. You have 1,061."]
    assert len(form.happened.data) == 1061


def test_an_optional_question_may_stay_empty() -> None:
    assert errors("email") == []
    assert errors("phone", phone="") == []


@pytest.mark.parametrize("address", ["robin@school.example", " a.b@c.example ", "o'neil@x.sch.example"])
def test_an_email_address_is_taken(address: str) -> None:
    form = demo(posted(email=address))
    assert form.accepted()
    assert form.email.data == address.strip()


@pytest.mark.parametrize("address", ["robin", "robin@", "@school.example", "a b@c.example", "robin@school"])
def test_what_is_no_email_address_is_not(address: str) -> None:
    assert errors("email", email=address) == ["Enter an email address like name@example.org"]


def test_a_password_keeps_its_spaces_and_may_be_only_spaces() -> None:
    form = demo(posted(password="  two words "))
    assert form.password.data == "  two words "
    assert not demo(posted(password=" ")).password.empty
    assert demo(posted(password="")).password.empty


def test_spaces_and_hyphens_in_a_code_do_not_matter() -> None:
    assert demo(posted(code=" 123 4-56 ")).code.data == "123456"


@pytest.mark.parametrize("version", ["", "-1", "3.0", "²", "٣", "9" * 11, "9" * 5000, "three"])
def test_a_version_that_is_no_number_means_the_page_is_out_of_date(version: str) -> None:
    assert errors("version", version=version) == [
        "This page is out of date. Open it again; your words can be copied from here first."
    ]


def test_a_version_is_a_number() -> None:
    assert demo(posted()).version.data == 3


def test_a_refusal_is_added_to_what_is_there() -> None:
    form = demo(posted(child=""))
    form.validate()
    form.child.refuse("And something else")
    assert form.child.errors == ["Enter the child's name", "And something else"]
