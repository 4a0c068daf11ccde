"""What is asked for, as a sentence that a second person can say yes or no to."""

from collections.abc import Sequence

from flask_babel import gettext as _

from intake.vocabulary import RequestKind, Role
from intake.words.vocabulary import label


def asked_for(kind: RequestKind, codes: Sequence[str], about: str) -> str:
    """Return the sentence; `about` is the name or reference of what it is about."""
    match kind:
        case RequestKind.ROLE:
            return str(_("Give %(name)s the role: %(role)s", name=about, role=label(Role(codes[0]))))
        case RequestKind.SIGN_IN_LINK:
            return str(_("Make a new sign-in link for %(name)s", name=about))
        case RequestKind.REOPENING:
            return str(_("Open the closed account of %(name)s again", name=about))
        case RequestKind.LETTING_IN:
            return str(_("Let one more colleague into a restricted case: %(reference)s", reference=about))
        case RequestKind.LIFTING:
            return str(_("Open a restricted case to everybody here again: %(reference)s", reference=about))


def what_follows(kind: RequestKind) -> str:
    """Say what happens as soon as it is approved."""
    match kind:
        case RequestKind.ROLE:
            return str(_("They have the role at once."))
        case RequestKind.SIGN_IN_LINK:
            return str(
                _("You are shown the link, this once. Hand it over yourself: whoever opens it can sign in.")
            )
        case RequestKind.REOPENING:
            return str(_("They can sign in again with the password and the second factor they had."))
        case RequestKind.LETTING_IN:
            return str(_("They see the whole case at once, and what only the named may read."))
        case RequestKind.LIFTING:
            return str(_("Everybody here finds it again at once. What only the named may read stays theirs."))
