"""What every test may ask for."""

from hypothesis import settings

# A busy machine is slow; that proves nothing about what is tested.
settings.register_profile("here", deadline=None)
settings.load_profile("here")

pytest_plugins = (
    "tests.support.memory",
    "tests.support.measuring",
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
    "tests.factories.directory",
)
