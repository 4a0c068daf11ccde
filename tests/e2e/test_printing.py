"""What comes out of the printer: every sheet says of what it is, which of how many, for whom and of when."""

from io import BytesIO

import pytest
from flask import render_template
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.support.browser import browser_type_launch_args  # noqa: F401 - a fixture
from tests.support.frame import framed
from tests.support.serving import served

pytestmark = pytest.mark.browser

PAGE = """{% extends "layouts/page.html" %}
{% block title %}Referral{% endblock %}
{% block content %}
{% for _ in range(90) %}<p class="govuk-body">He waits in the silver car.</p>{% endfor %}
{% endblock %}"""
FOR_WHOM = "Printed for Amara Okafor from the page as it was on 23 November 2026 at 10:42am"


def test_every_sheet_has_the_reference_its_number_for_whom_and_when(page: Page) -> None:
    def view() -> str:
        return render_template("page.html", reference="R-7K3M-9QTX")

    with served(framed({"/": view}, templates={"page.html": PAGE})) as address:
        page.goto(address)
        printed = page.pdf(prefer_css_page_size=True)
    sheets = [" ".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(printed)).pages]
    assert len(sheets) > 2
    for number, sheet in enumerate(sheets, start=1):
        assert f"R-7K3M-9QTX · {FOR_WHOM}" in sheet
        assert f"{number} / {len(sheets)}" in sheet
