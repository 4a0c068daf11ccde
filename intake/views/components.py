"""The design system's own component templates, kept in an environment of their own."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from intake.forms.base import BaseForm
from intake.forms.fields import Question
from intake.forms.mapping import about_parameters, day_parameters, parameters
from intake.forms.times import When


class Components:
    """Renders a component by name: `components("button", {...})`.

    The library's templates read parameters that were never given, which our own templates may not do;
    so they live in a forgiving environment, and ours in a strict one.
    """

    def __init__(self) -> None:
        loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
        self._environment = Environment(
            loader=loader, autoescape=True, undefined=ChainableUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._macros: dict[str, Any] = {}

    def __call__(self, name: str, params: Mapping[str, Any]) -> Markup:
        """Render one component of the library, such as `date-input`, with its documented parameters."""
        if name not in self._macros:
            template = self._environment.get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
            macro = "govuk" + "".join(word.capitalize() for word in name.split("-"))
            self._macros[name] = getattr(template.module, macro)
        made = str(self._macros[name](params))
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
