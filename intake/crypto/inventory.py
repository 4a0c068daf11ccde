"""Every sealed column there is: which part of a case it belongs to, and where its ids stand."""

from dataclasses import dataclass
from uuid import UUID

from intake.crypto.binding import Binding
from intake.vocabulary import Compartment


@dataclass(frozen=True, slots=True)
class Through:
    """The row that knows the case, where the sealed row does not: by which column, in which table."""

    column: str
    table: str


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One column of sealed documents, and the clear columns that say what each is bound to.

    `row` names the row, `case` the keyed thing, `version` the document's own version; a document
    that is written once has no version column and is bound to version 1.
    """

    table: str
    column: str
    compartment: Compartment
    row: str = "id"
    case: str = "referral_id"
    through: Through | None = None
    version: str | None = None

    def place(self, *, row_id: UUID, case_id: UUID, version: int = 1) -> Binding:
        """Return the one place a document of this column belongs; raises `ValueError` on a wrong version."""
        if self.version is None and version != 1:
            raise ValueError(f"{self.table}.{self.column} is written once and has no later version")
        return Binding(self.table, self.column, row_id, case_id, self.compartment, version)


_A, _B, _C, _D, _Q, _R, _S, _P, _W, _X = (
    Compartment.REFERRAL,
    Compartment.HUB,
    Compartment.RESTRICTED,
    Compartment.IDENTITY,
    Compartment.REQUEST,
    Compartment.RELEASE,
    Compartment.SCHOOL,
    Compartment.PEOPLE,
    Compartment.DRAFT,
    Compartment.BREACH,
)

CHILD_CARD = SealedColumn("child_file", "card_sealed", _D, case="id", version="version")
EARLIER_CARD = SealedColumn("earlier_card", "card_sealed", _D, case="child_file_id", version="version")
CONCERN_NAME = SealedColumn("concern", "name_sealed", _S, case="id")
CONCERN_WORDS = SealedColumn("concern", "words_sealed", _S, case="id")
CONCERN_KEPT = SealedColumn("concern", "kept_sealed", _S, case="id")
CONCERN_DETAIL = SealedColumn("concern_addition", "detail_sealed", _S, case="concern_id")
REFERRAL_DOCUMENT = SealedColumn("referral_sent", "document_sealed", _A, row="referral_id")
REFERRAL_CARD = SealedColumn("referral_sent", "card_sealed", _D, row="referral_id")
ROUTING_TRACE = SealedColumn("routing_record", "trace_sealed", _A)
REFERRAL_CALL = SealedColumn("referral_call", "call_sealed", _A)
RELEASE_WORDS = SealedColumn("release", "words_sealed", _R)
MESSAGE_WORDS = SealedColumn("referral_message", "words_sealed", _R)
COLOUR_REASON = SealedColumn("triage_colour", "reason_sealed", _B)
DECISION_REASON = SealedColumn("triage_decision", "reason_sealed", _B)
CLOSING_REASON = SealedColumn("referral_closing", "reason_sealed", _B, row="referral_id")
CASE_NOTE = SealedColumn("case_note", "note_sealed", _B)
INVITATION = SealedColumn("meeting", "invitation_sealed", _B)
MEETING_CHANGE = SealedColumn("meeting_change", "reason_sealed", _B, through=Through("meeting_id", "meeting"))
MINUTE = SealedColumn("minute", "minute_sealed", _B, through=Through("meeting_id", "meeting"))
PASSING_WORDS = SealedColumn("passing", "words_sealed", _A)
PASSING_ANSWER = SealedColumn("passing", "answer_sealed", _A)
BREACH_WORDS = SealedColumn("breach_entry", "words_sealed", _X, case="breach_id")
RESTRICTION_REASON = SealedColumn("restriction", "reason_sealed", _C, case="id")
RESTRICTED_NOTE = SealedColumn("restricted_note", "words_sealed", _C, case="restriction_id")
GLASS_REASON = SealedColumn("broken_glass", "reason_sealed", _C, case="id")
GLASS_REVIEW = SealedColumn("broken_glass", "finding_sealed", _C, case="id")
REQUEST_REASON = SealedColumn("second_person_request", "reason_sealed", _Q, case="id")
REQUEST_ANSWER = SealedColumn("second_person_request", "answer_sealed", _Q, case="id")
SHIFT_CODE_REASON = SealedColumn("shift_code", "reason_sealed", _Q, case="id")
SHIFT_CODE_REVIEW = SealedColumn("shift_code", "review_sealed", _Q, case="id")
HOLD_REASON = SealedColumn("legal_hold", "reason_sealed", _Q, case="id")
ADDRESS_REASON = SealedColumn("address_shown", "reason_sealed", _Q, case="id")
STAFF_CARD = SealedColumn("person", "card_sealed", _P, case="organisation_id", version="card_version")
HOME_POSTCODE = SealedColumn("person", "home_sealed", _P, case="organisation_id", version="home_version")
SECOND_FACTOR_SEED = SealedColumn("person", "seed_sealed", _P, case="organisation_id", version="seed_version")
PASSKEY_NAME = SealedColumn(
    "passkey", "name_sealed", _P, case="organisation_id", through=Through("person_id", "person")
)
MAIL_PAYLOAD = SealedColumn("outbox_mail", "payload_sealed", _P, case="organisation_id")
FORM_DRAFT = SealedColumn("form_draft", "form_sealed", _W, case="person_id", version="version")
SEARCH_TERMS = SealedColumn("search", "terms_sealed", _W, case="person_id")

#: The whole list; a test keeps it equal to the tables.
SEALED_COLUMNS = (
    CHILD_CARD,
    EARLIER_CARD,
    CONCERN_NAME,
    CONCERN_WORDS,
    CONCERN_KEPT,
    CONCERN_DETAIL,
    REFERRAL_DOCUMENT,
    REFERRAL_CARD,
    ROUTING_TRACE,
    REFERRAL_CALL,
    RELEASE_WORDS,
    MESSAGE_WORDS,
    COLOUR_REASON,
    DECISION_REASON,
    CLOSING_REASON,
    CASE_NOTE,
    INVITATION,
    MEETING_CHANGE,
    MINUTE,
    PASSING_WORDS,
    PASSING_ANSWER,
    BREACH_WORDS,
    REQUEST_REASON,
    REQUEST_ANSWER,
    SHIFT_CODE_REASON,
    SHIFT_CODE_REVIEW,
    HOLD_REASON,
    ADDRESS_REASON,
    RESTRICTION_REASON,
    RESTRICTED_NOTE,
    GLASS_REASON,
    GLASS_REVIEW,
    STAFF_CARD,
    HOME_POSTCODE,
    SECOND_FACTOR_SEED,
    PASSKEY_NAME,
    MAIL_PAYLOAD,
    FORM_DRAFT,
    SEARCH_TERMS,
)
