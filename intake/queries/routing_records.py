"""Why a referral is where it is: of all that was decided about it, the record that stands."""

from sqlalchemy import Select, select

from intake.models.referral import Referral, RoutingRecord


def standing_record(referral: Referral) -> Select[RoutingRecord]:
    """Select by which record the referral is where it is: an offer that nobody accepted moved nothing."""
    return (
        select(RoutingRecord)
        .where(
            RoutingRecord.referral_id == referral.id,
            RoutingRecord.lead_service.is_not_distinct_from(referral.service_slug),
        )
        .order_by(RoutingRecord.decided_at.desc(), RoutingRecord.id.desc())
        .limit(1)
    )
