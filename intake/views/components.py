"""The design system's own component templates, kept in an environment of their own."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from flask_babel import gettext as _
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from intake.forms.base import BaseForm
from intake.forms.fields import Question
from intake.forms.mapping import about_parameters, day_parameters, parameters
from intake.forms.times import When

# The library's templates read parameters that were never given, which our own templates may not do; so they
# live in a forgiving environment, and ours in a strict one. They know nothing of the application: a process
# compiles each of them once.
_LIBRARY: Final = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    undefined=ChainableUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def _macro(name: str) -> Callable[[Mapping[str, Any]], str]:
    template = _LIBRARY.get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    macro: Callable[[Mapping[str, Any]], str] = getattr(
        template.module, "govuk" + "".join(word.capitalize() for word in name.split("-"))
    )
    return macro


class Components:
    """Renders a component by name: `components("button", {...})`."""

    def __call__(self, name: str, params: Mapping[str, Any]) -> Markup:
        """Render one component of the library, such as `date-input`, with its documented parameters."""
        made = str(_macro(name)(params))
        # The library would mark a radio button as expanded, which ARIA does not allow: our own script shows
        # what an answer asks for.
        return Markup(made.replace(" data-aria-controls=", " data-pio-reveals="))  # noqa: S704 - escaped already

    def field(
        self,
        question: Question,
        size: str = "",
        reveal: Mapping[str, str] | None = None,
        *,
        heading: bool = False,
    ) -> Markup:
        """Render a question with its label, hint, errors and what was typed."""
        if isinstance(question, When):
            day = self("date-input", parameters(question.day))
            radios = self("radios", day_parameters(question, day, size, heading=heading))
            return radios + self("input", about_parameters(question))
        params = parameters(question, size=size, heading=heading, reveal=reveal)
        return self(question.component, params)

    def problems(self, form: BaseForm[Any]) -> Markup:
        """Render the error summary of a form, each line leading to its control; nothing when all is well."""
        found = form.problems()
        if not found:
            return Markup()
        lines = [
            {"text": problem.message, "href": f"#{problem.anchor}" if problem.anchor else ""}
            for problem in found
        ]
        return self("error-summary", {"titleText": _("Please look at this again"), "errorList": lines})
