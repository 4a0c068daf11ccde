"""The pages on which a case is kept to named people, opened to one more, and opened to all again."""

from uuid import UUID

import pytest

from intake.models.person import Person
from tests.factories.hub_work import Desk
from tests.factories.school import School
from tests.support.client import Answer, Visitor
from tests.support.web import Visiting

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BREAK = "Break the glass"
WHY = "An aunt of hers works here."


@pytest.fixture
def rae(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.manager)


def _restricted(visitor: Visitor, page: str, *people: UUID) -> Answer:
    form = visitor.get(f"{page}/restrict").form("Restrict it")
    return form.fill(people=[str(each) for each in people], reason=WHY).submit(status=303).follow()


def _button(answer: Answer, words: str, **said: str) -> Answer:
    return answer.form(words).fill(said).submit(words)


def test_a_manager_keeps_a_referral_to_two_and_both_open_it_again(
    desk: Desk, rae: Visitor, visiting: Visiting
) -> None:
    page = f"/queue/{desk.acknowledged()}"
    sam, jo = visiting(desk.sam), visiting(desk.jo)
    assert rae.get(f"{page}/restrict").form("Restrict it").submit().shown.problems
    shown = _restricted(rae, page, desk.sam.person_id)
    assert "Restricted. Nobody else here finds it any more." in shown.text
    assert WHY in shown.text
    jo.get(page, status=404)
    # Whoever presses once more is led to what stands.
    assert rae.get(f"{page}/restrict", status=303).location == shown.response.request.path
    assert _button(shown, "Keep this note").shown.problems
    kept = _button(shown, "Keep this note", text="Her aunt is Jo Marsh.").follow()
    assert "Her aunt is Jo Marsh." in kept.shown.main
    let_in = kept.link("Ask to let a colleague in")
    assert len(_button(let_in, "Ask for it").shown.problems) == 2
    asked = _button(let_in, "Ask for it", person=str(desk.jo.person_id), why="It was another Jo.").follow()
    assert "Asked. One of those named must approve it first." in asked.text
    jo.get(page, status=404)
    _approved(sam)
    jo.get(page)
    lift = asked.link("Ask to lift the restriction")
    assert _button(lift, "Ask for it").shown.problems
    assert "Asked." in _button(lift, "Ask for it", why="Nobody here knows her.").follow().text
    _approved(sam)
    assert "Lifted" in rae.get(shown.response.request.path).shown.main


def _approved(visitor: Visitor) -> None:
    listed = visitor.get("/second-person")
    path = next(path for path in listed.shown.links.values() if path.startswith("/second-person/"))
    visitor.get(path).form("Approve").submit(status=303).follow()


def test_a_lead_keeps_a_concern_to_two_and_alone_lets_in_a_third(school: School, visiting: Visiting) -> None:
    page = f"/concerns/{school.record()}"
    anna, tom = visiting(school.lead), visiting(school.second_deputy)
    shown = _restricted(anna, page, school.deputy.person_id)
    tom.get(page, status=404)
    with school.place.writing() as services:
        services.unit.session.get_one(Person, school.deputy.person_id).disabled_at = school.place.clock.now()
    lift = shown.link("Ask to lift the restriction")
    assert "Let another lead or deputy in first" in lift.text
    form = lift.link("Let a colleague in").form("Let them in")
    form.fill(person=str(school.second_deputy.person_id), why="Ruth has left.")
    done = form.submit(status=303).follow()
    assert "Let in. Why is kept as a restricted note." in done.text
    assert "Ruth has left." in done.shown.main
    tom.get(page)


def test_where_nobody_else_could_decide_a_tie_is_offered_in_place_of_a_restriction(
    school: School, visiting: Visiting
) -> None:
    concern = school.record()
    with school.place.writing() as services:
        for each in (school.deputy, school.second_deputy):
            services.unit.session.get_one(Person, each.person_id).disabled_at = school.place.clock.now()
    shown = visiting(school.lead).get(f"/concerns/{concern}/restrict")
    assert "It cannot be restricted now." in shown.text
    tie = shown.link("Keep out somebody who has a tie to this child")
    assert tie.form("Keep them out").submit().shown.problems


def test_whoever_has_a_tie_is_kept_out_and_led_to_the_list(desk: Desk, visiting: Visiting) -> None:
    page = f"/queue/{desk.arrive()}"
    sam, jo = visiting(desk.sam), visiting(desk.jo)
    form = sam.get(f"{page}/tie").form("Keep them out")
    assert form.submit().shown.problems
    back = form.fill(person=str(desk.jo.person_id)).submit(status=303)
    assert back.location == page
    assert "Kept out from now on." in back.follow().text
    jo.get(page, status=404)
    jo.get(f"{page}/tie", status=404)
    own = sam.get(f"{page}/tie").form("Keep them out").fill(person=str(desk.sam.person_id)).submit(status=303)
    assert own.location == "/queue"
    sam.get(page, status=404)
    last = visiting(desk.manager).get(f"{page}/tie").form("Keep them out")
    assert last.fill(person=str(desk.manager.person_id)).submit().shown.problems


def test_a_school_keeps_out_whoever_has_a_tie_to_a_child(school: School, visiting: Visiting) -> None:
    page = f"/concerns/{school.record()}"
    anna, ruth = visiting(school.lead), visiting(school.deputy)
    form = anna.get(f"{page}/tie").form("Keep them out")
    assert form.submit().shown.problems
    assert form.fill(person=str(school.deputy.person_id)).submit(status=303).location == page
    ruth.get(page, status=404)
    own = anna.get(f"{page}/tie").form("Keep them out").fill(person=str(school.lead.person_id))
    assert own.submit(status=303).location == "/concerns"
    anna.get(page, status=404)


def test_what_was_found_behind_the_glass_is_open_until_it_is_closed_and_then_reviewed(
    desk: Desk, rae: Visitor, visiting: Visiting
) -> None:
    page = f"/queue/{desk.acknowledged()}"
    _restricted(rae, page, desk.sam.person_id)
    jo = visiting(desk.jo)
    assert "The glass is whole" in jo.get("/break-glass/found").text
    form = jo.get("/queue").link("A child cannot wait and you find nothing: break the glass").form(BREAK)
    assert len(form.submit().shown.problems) == 2
    found = form.fill(looked_for="maya ellison", reason="The police ring.").submit(status=303).follow()
    assert "You broke the glass." in jo.get(page).text
    again = jo.get("/break-glass").form(BREAK).fill(looked_for="maya", reason="Again.").submit()
    assert again.shown.problems
    found.form("Close the glass").submit(status=303).follow()
    jo.get(page, status=404)
    jo.get("/break-glass/reviews", status=403)
    listed = rae.get("/break-glass/reviews")
    look = next(words for words in listed.shown.links if words.startswith("Look into it"))
    review = listed.link(look)
    assert all(said in review.text for said in ("maya ellison", "The police ring.", "Jo Marsh"))
    assert len(review.form("Close the review").submit().shown.problems) == 2
    form = review.form("Close the review").fill(finding="needed", words="The police confirmed it.")
    assert "Reviewed." in form.submit(status=303).follow().text
    assert "The police confirmed it." in rae.get(review.response.request.path).shown.main


def test_where_nothing_is_hidden_the_glass_says_so_in_the_same_page(desk: Desk, visiting: Visiting) -> None:
    jo = visiting(desk.jo)
    form = jo.get("/break-glass").form(BREAK).fill(looked_for="Maya", reason="The police ring.")
    assert "Nothing restricted here speaks of whom you looked for." in form.submit(status=303).follow().text
