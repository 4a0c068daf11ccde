"""What journeys may ask for."""

from tests.support.world import kind, postgresql_world, sqlite_world, stage

__all__ = ["kind", "postgresql_world", "sqlite_world", "stage"]
