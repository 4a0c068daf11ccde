"""What every test may ask for."""

pytest_plugins = (
    "tests.support.postgres",
    "tests.support.databases",
    "tests.support.place",
    "tests.support.practice",
    "tests.support.web",
    "tests.support.browser",
    "tests.factories.people",
    "tests.factories.accounts",
    "tests.factories.referrals",
    "tests.factories.hub_work",
    "tests.factories.school",
)
