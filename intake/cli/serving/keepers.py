"""Who keeps checkpoints elsewhere, as the settings name them."""

from collections.abc import Iterator

from config import Settings
from intake.audit.far_witness import FarWitness
from intake.audit.log_notes import Keeper
from intake.audit.syslog import Syslog, SyslogAddress
from intake.audit.witness import Witness


def keepers(settings: Settings) -> tuple[Keeper, ...]:
    """Return everybody to be told of a checkpoint; raises `NotConfigured` for an address that is none."""
    return tuple(_named(settings))


def _named(settings: Settings) -> Iterator[Keeper]:
    if settings.checkpoints is not None:
        yield Witness(settings.checkpoints)
    if settings.witness is not None:
        yield FarWitness(settings.witness)
    if settings.syslog is not None:
        yield Syslog(SyslogAddress.read(settings.syslog, settings.log_authority))
