"""Why each column of text or bytes that is not sealed may stand clear.

A column that is not listed here has no business holding text: a test compares the list with the tables. Ids,
times, days and the words of the vocabulary explain themselves; a number is listed where its name does not.
"""

from collections.abc import Mapping
from types import MappingProxyType

_REFERENCE = "the reference people read out over the telephone: random, and says nothing of whom it is about"
_AUTHORITY = "the GSS code of a council, from the directory: clocks and lists go by it"
_PUBLISHED = "every postcode there is, as the Office for National Statistics publishes them: nobody's address"
_SERVICE = "a duty service of the directory, by its code: lists and clocks go by it"
_DIRECTORY = "which version of the directory it was decided by"
_HASH = "a hash of a random token nobody can guess: the token itself is kept nowhere"
_MAC = "proves that the chain was not altered; tells nothing of what it proves"
_VERSION = "counts what was written anew, so that two people's changes do not overwrite each other"

#: By table and column; `*` stands for every table.
WHY_CLEAR: Mapping[str, str] = MappingProxyType(
    {
        "audit_checkpoint.edge": "hashes over the log of MACs: what is needed to add to it",
        "audit_checkpoint.follows": "how many entries the checkpoint before it covered",
        "audit_checkpoint.signed": "how many entries there were, a hash over them, a time and a signature",
        "audit_checkpoint.size": "how many entries of all chains it covers",
        "audit_entry.detail": "what of an event is an id, an enum, a number or a time, as JSON: no event "
        "can hold a free word",
        "audit_entry.event": "the name of the event, one of a fixed list: `concern.recorded`",
        "audit_entry.mac": _MAC,
        "audit_entry.prev_mac": _MAC,
        "audit_entry.reference": _REFERENCE,
        "audit_entry.seq": "the entry's number in its organisation's chain, without a gap",
        "audit_entry.subject_kind": "the kind of thing it is about, one of a fixed list",
        "audit_head.mac": _MAC,
        "audit_head.seal": _MAC,
        "audit_head.seq": "the number of the chain's last entry",
        "audit_stretch.first_seq": "the number of its first entry",
        "audit_stretch.last_seq": "the number of its last entry",
        "audit_stretch.start": "where in the log of all chains it begins",
        "colour_limit.authority_code": _AUTHORITY,
        "colour_limit.minutes": "the time the authority allows itself",
        "colour_limit.working_time": "whether only open hours count",
        "concern.catalogue_version": "which edition of the warning signs it was recorded with",
        "concern.reference": _REFERENCE,
        "crossing.detail": "what of an event is an id, an enum, a number or a time, as JSON: no event can "
        "hold a free word",
        "crossing.event": "the name of the event, one of a fixed list: `referral.received`",
        "crossing.from_mac": _MAC,
        "crossing.from_seq": "the number of the entry it answers to",
        "crossing.reference": _REFERENCE,
        "crossing.subject_kind": "the kind of thing it is about, one of a fixed list",
        "crossing_taken.mac": _MAC,
        "crossing_taken.seq": "the number of the entry it became",
        "*.version": _VERSION,
        "alert.rung": "how far along the ladder of lead and deputies this person stands",
        "decoy_mark.case_mac": "a keyed hash of the id of a case that is a decoy: which one it is cannot "
        "be read back; the key is not in the database",
        "directory_check.covered": "whether somebody answers at every minute",
        "directory_check.findings": "what a check of the directory found: services, numbers, times, as JSON",
        "directory_check.version": _DIRECTORY,
        "directory_in_force.seq": "the order in which versions came into force",
        "directory_in_force.version": _DIRECTORY,
        "directory_proposal.answer": "why a change to the directory was approved or refused: about services, "
        "and no child; the page says so",
        "directory_proposal.base_version": _DIRECTORY,
        "directory_proposal.why": "why a change to the directory was proposed: about services, and no "
        "child; the page says so",
        "directory_proposal.version": _DIRECTORY,
        "directory_snapshot.document": "the directory as it was: public facts with their sources",
        "directory_snapshot.version": _DIRECTORY,
        "erasure.digest": "a hash over the certificate and the pins of the destroyed keys",
        "erasure.documents_emptied": "how many sealed documents were emptied",
        "erasure.keys_destroyed": "how many grants of data keys were destroyed",
        "form_draft.path": "the address of the page the form stands on; addresses hold ids and no names",
        "identifier_index.index_version": "which version of the index it is in",
        "identifier_token.index_version": "which version of the index made it",
        "identifier_token.token": "a keyed hash of an identifier that all but one person or thing has; the "
        "key is not in the database",
        "installation.key_fingerprint": "tells which key ring this database was sealed with, and no key",
        "installation.sample": "whether everything in here is invented",
        "key_grant.commitment": "pins a data key and tells nothing of it",
        "key_grant.generation": "which of the data keys of that part of the case",
        "key_grant.root_kid": "which version of its holder's pair it is wrapped for; of suite 16, which "
        "root of the ring wraps it",
        "key_grant.suite": "how it is wrapped: sealed to its holder's pair (1, 2), under it (17), under "
        "a root (16)",
        "key_grant.wrapped": "a data key, itself encrypted under a key the database has not got",
        "known_device.token_hash": _HASH,
        "membership.ladder": "the order in which deputies are told",
        "once_key.answer_path": "the address of what a form made; addresses hold ids and no names",
        "once_key.key_hash": "a hash of the random once-key of a form",
        "once_key.request_hash": "a keyed hash of what the form said, to tell a second press from a changed "
        "one; the key is not in the database",
        "one_time_link.token_hash": "a hash of a random code nobody can guess: the code is kept nowhere",
        "organisation.authority_code": _AUTHORITY,
        "organisation_key.fingerprint": "by which people compare a public key; reveals no key",
        "organisation_key.private_half": "a private key, itself encrypted under a root key the database "
        "has not got",
        "organisation_key.public_half": "a public key: what is sealed to it, it does not open",
        "organisation_key.ring": "which key ring wraps the private half: its fingerprint, and no key",
        "organisation_key.root_kid": "which root key of that ring wraps it",
        "organisation_key.suite": "the kind of pair: X25519 (1), or ML-KEM-768 with X25519 (2)",
        "organisation.name": "the name of a school or a duty service: public",
        "organisation.phone": "the switchboard of a school or a duty service: public",
        "organisation.service_slug": _SERVICE,
        "outbox_mail.tries": "how often sending it was tried",
        "linked_identity.identity_mac": "a keyed hash of a provider's name for somebody, to find them by; "
        "the key is not in the database",
        "linked_identity.provider": "which provider of single sign-on, by the name the settings give it",
        "passing.to_service": _SERVICE,
        "passkey.credential_id": "random bytes by which a device knows one of its keys",
        "passkey.public_key": "the public half of a key; the secret half never left the person's device",
        "passkey.sign_count": "how often the device says the key was used, so that a copy is noticed",
        "person.card_version": _VERSION,
        "person.home_version": _VERSION,
        "person.last_code_step": "which 30 seconds the last code of the app belonged to, so that none is "
        "taken twice",
        "person.password_hash": "Argon2id of the password, with a salt of its own",
        "person.sample": "whether this is an invented person",
        "person.seed_version": _VERSION,
        "person.sign_in_index": "64 bits of a keyed hash of the address somebody signs in with, to find "
        "them by; the key is not in the database",
        "plan_action.position": "which row of the plan, counted from the top",
        "postcode.authority_code": _AUTHORITY,
        "postcode.country": _PUBLISHED,
        "postcode.inward": _PUBLISHED,
        "postcode.outward": _PUBLISHED,
        "postcode.police_area": _PUBLISHED,
        "postcode_release.loaded_by": "the machine's account, or the name, of the operator who imported it",
        "postcode_release.name": "the name of the published file",
        "postcode_release.row_count": "how many postcodes were in it",
        "postcode_release.sha256": "tells which file it was",
        "postcode_release.source": "where the file was published",
        "postcode_release.whole": "whether the file covers the whole country",
        "recovery_code.code_hash": "a keyed hash of a random code",
        "referral.authority_code": _AUTHORITY,
        "referral.directory_version": _DIRECTORY,
        "referral.in_queue": "whether it waits in the duty service's queue",
        "referral.needs_allocation": "whether nobody was found to send it to, and somebody must find one",
        "referral.reference": _REFERENCE,
        "referral.service_slug": _SERVICE,
        "referral.urgency_rank": "how far down the queue it stands, by danger, missing, colour and state",
        "routing_record.authority_code": _AUTHORITY,
        "routing_record.directory_version": _DIRECTORY,
        "routing_record.lead_service": _SERVICE,
        "second_person_request.codes": "what precisely is asked for, in ids and codes: they hold no words",
        "shift_code.code_hash": "a keyed hash of a random code",
        "sign_in_session.token_hash": _HASH,
        "telling.service_slug": _SERVICE,
        "spent_challenge.challenge_hash": "a hash of random bytes that were answered once",
        "throttle.bucket": "a keyed hash of an address and a network: whom it counts for cannot be read back",
        "throttle.failures": "how many sign-ins failed lately",
    }
)
