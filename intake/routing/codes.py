"""The codes a decision is explained with: stable names, kept with the referral, put into words elsewhere."""

from enum import StrEnum, unique


@unique
class Reason(StrEnum):
    """Something that made the decision what it is."""

    DANGER_NOW = "danger_now"
    MISSING_NOW = "missing_now"
    URGENT_NOW = "urgent_now"
    HOME_LEADS = "home_leads"
    FOUND_LEADS = "found_leads"
    HOME_TOLD = "home_told"
    HOME_NOT_KNOWN = "home_not_known"
    NO_FIXED_ADDRESS = "no_fixed_address"
    ANOTHER_COUNCIL = "another_council"
    AUTHORITY_NOT_LISTED = "authority_not_listed"
    FOUND_NOT_LISTED = "found_not_listed"
    FOUND_NOT_SETTLED = "found_not_settled"
    HOME_NOT_LISTED = "home_not_listed"
    WHICH_COUNCIL = "which_council"
    POSTCODE_DIFFERS = "postcode_differs"
    POSTCODE_TERMINATED = "postcode_terminated"
    POSTCODE_NOT_FOUND = "postcode_not_found"
    POSTCODE_NOT_LISTED = "postcode_not_listed"
    NOT_A_POSTCODE = "not_a_postcode"
    FORCES_ADDRESS = "forces_address"
    OUTSIDE_ENGLAND_AND_WALES = "outside_england_and_wales"
    SERVICE_NAMED_IN_CONCERN = "service_named_in_concern"
    STAFF_NAMED_IN_CONCERN = "staff_named_in_concern"
    OUT_OF_HOURS = "out_of_hours"
    HOURS_NOT_CONFIRMED = "hours_not_confirmed"
    NOBODY_ON_DUTY = "nobody_on_duty"
    NUMBER_NOT_VERIFIED = "number_not_verified"
    NOT_SENT_BY_US = "not_sent_by_us"
    WRITTEN_WITHIN_24_HOURS = "written_within_24_hours"
    BY_WAY_OF_ANOTHER = "by_way_of_another"
    NEEDS_ALLOCATION = "needs_allocation"
    EIGHTEEN_OR_OVER = "eighteen_or_over"
    ADULT_SERVICE_NOT_LISTED = "adult_service_not_listed"
    UNBORN_BY_MOTHERS_HOME = "unborn_by_mothers_home"
    CARING_LEADS = "caring_leads"
    CARING_TOLD = "caring_told"
    CARING_NOT_LISTED = "caring_not_listed"
    CARING_NOT_KNOWN = "caring_not_known"
    HOST_TOLD = "host_told"
    WORKER_ALLOCATED = "worker_allocated"
    CONCERN_ABOUT_STAFF = "concern_about_staff"
    LADO_NOT_LISTED = "lado_not_listed"
    PRACTITIONER_IN_WALES = "practitioner_in_wales"
    URGENT_ONLY_NOW = "urgent_only_now"
    PASSED_ON = "passed_on"
    OWN_TIME_TO_DECIDE = "own_time_to_decide"
    LOCAL_TIME_DOUBLED = "local_time_doubled"
    LOCAL_TIME_SKIPPED = "local_time_skipped"


@unique
class StepWhy(StrEnum):
    """Why a step is to be done."""

    IN_DANGER = "in_danger"
    CHILD_MISSING = "child_missing"
    NOBODY_FOUND = "nobody_found"
    ON_DUTY = "on_duty"
    HOURS_NOT_CONFIRMED = "hours_not_confirmed"
    STANDS_BEHIND = "stands_behind"
    READ_NOW = "read_now"
    NOT_READ_UNTIL = "not_read_until"
    READING_NOT_KNOWN = "reading_not_known"
    FOR_ANOTHER_AUTHORITY = "for_another_authority"
    FOR_INFORMATION = "for_information"
    WORKER_ALLOCATED = "worker_allocated"
    ABOUT_STAFF = "about_staff"
    FOR_AN_ADULT = "for_an_adult"


@unique
class Verdict(StrEnum):
    """Why a service that was considered was chosen, or was not."""

    CHOSEN = "chosen"
    NOT_IN_DANGER = "not_in_danger"
    NOT_NEEDED = "not_needed"
    CLOSED_NOW = "closed_now"
    NAMED_IN_CONCERN = "named_in_concern"
    NOT_LEADING = "not_leading"
    PASSED_IT_ON = "passed_it_on"
    NOT_IN_FORCE = "not_in_force"
    FOR_ANOTHER_PURPOSE = "for_another_purpose"


@unique
class WrittenChannel(StrEnum):
    """How a service takes a written referral from somebody who cannot send it from here."""

    HERE = "here"
    OWN_FORM = "own_form"
    SECURE_EMAIL = "secure_email"
    TELEPHONE = "telephone"


@unique
class Standing(StrEnum):
    """What is known of a resource printed in a leaflet."""

    CHECKED = "checked"
    UNVERIFIED = "unverified"
    HISTORIC = "historic"


@unique
class Audience(StrEnum):
    """Whom a resource was made for."""

    PARENTS = "parents"
    CHILDREN = "children"
