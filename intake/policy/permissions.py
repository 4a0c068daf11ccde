"""Every act somebody may or may not do."""

from enum import StrEnum, unique


@unique
class Permission(StrEnum):
    """One act of the work; the value is `thing.verb`."""

    ACCOUNT_OWN = "account.own"
    CONCERN_RECORD = "concern.record"
    CONCERN_LIST_OWN = "concern.list_own"
    CONCERN_LIST = "concern.list"
    CONCERN_OPEN = "concern.open"
    CONCERN_ADD = "concern.add"
    CONCERN_KEEP = "concern.keep"
    CHILD_SEARCH = "child.search"
    CHILD_MATCH = "child.match"
    CHILD_OPEN = "child.open"
    CHILD_CORRECT = "child.correct"
    CHILD_LOOKERS = "child.lookers"
    REFERRAL_SUBMIT = "referral.submit"
    REFERRAL_LIST_SENT = "referral.list_sent"
    REFERRAL_OPEN_SENT = "referral.open_sent"
    REFERRAL_RECORD_CALL = "referral.record_call"
    REFERRAL_ANSWER = "referral.answer"
    CASE_SEARCH = "case.search"
    QUEUE_LIST = "queue.list"
    REFERRAL_OPEN = "referral.open"
    REFERRAL_READ_COPY = "referral.read_copy"
    REFERRAL_TAKE = "referral.take"
    REFERRAL_ACKNOWLEDGE = "referral.acknowledge"
    REFERRAL_COLOUR = "referral.colour"
    REFERRAL_DECIDE = "referral.decide"
    REFERRAL_WRITE = "referral.write"
    REFERRAL_CLOSE = "referral.close"
    REFERRAL_PASS_ON = "referral.pass_on"  # noqa: S105 - an act, not a password
    REFERRAL_ACCEPT = "referral.accept"
    REFERRAL_WRONG_PLACE = "referral.wrong_place"
    REFERRAL_SENT_WRONG = "referral.sent_wrong"
    PASSING_OPEN = "passing.open"
    BREACH_OPEN = "breach.open"
    BREACH_HANDLE = "breach.handle"
    NOTE_WRITE = "note.write"
    MEETING_ARRANGE = "meeting.arrange"
    MEETING_MINUTE = "meeting.minute"
    MEETING_OPEN = "meeting.open"
    REFERRAL_RESTRICT = "referral.restrict"
    CONCERN_RESTRICT = "concern.restrict"
    RESTRICTION_OPEN = "restriction.open"
    RESTRICTION_CHANGE = "restriction.change"
    RESTRICTION_APPROVE = "restriction.approve"
    REFERRAL_LOOKERS = "referral.lookers"
    REFERRAL_TIE = "referral.tie"
    CONCERN_TIE = "concern.tie"
    GLASS_BREAK = "glass.break"
    GLASS_REVIEW = "glass.review"
    SHIFT_CODE_SEE = "shift_code.see"
    SHIFT_CODE_GIVE = "shift_code.give"
    SHIFT_CODE_ASK = "shift_code.ask"
    SHIFT_CODE_APPROVE = "shift_code.approve"
    SHIFT_CODE_REVIEW = "shift_code.review"
    REFERRAL_ERASE = "referral.erase"
    FILE_ERASE = "file.erase"
    ERASURE_APPROVE = "erasure.approve"
    EXTRACT_MAKE = "extract.make"
    FILE_EXTRACT = "file.extract"
    EXTRACT_APPROVE = "extract.approve"
    LIMITS_SET = "limits.set"
    ROTA_KEEP = "rota.keep"
    DECOY_SEE = "decoy.see"
    DECOY_MARK = "decoy.mark"
    DECOY_APPROVE = "decoy.approve"
    AUDIT_VIEW = "audit.view"
    AUDIT_VERIFY = "audit.verify"
    PEOPLE_MANAGE = "people.manage"
    PEOPLE_APPROVE = "people.approve"
    PACK_APPROVE = "pack.approve"
    KEYS_ASK = "keys.ask"
    KEYS_APPROVE = "keys.approve"
    SECOND_PERSON_SEE = "second_person.see"
    DIRECTORY_VIEW = "directory.view"
    DIRECTORY_PROPOSE = "directory.propose"
    DIRECTORY_APPROVE = "directory.approve"
    HEALTH_VIEW = "health.view"


#: What each act is, in the words a safeguarding lead would review it by.
DESCRIPTIONS = {
    Permission.ACCOUNT_OWN: "Change one's own password, second factor and postcode; end one's own sessions.",
    Permission.CONCERN_RECORD: "Write down a concern about a child.",
    Permission.CONCERN_LIST_OWN: "List the concerns one recorded oneself.",
    Permission.CONCERN_LIST: "List the school's concerns.",
    Permission.CONCERN_OPEN: "Read the words of a concern.",
    Permission.CONCERN_ADD: "Add signs and more words to a concern.",
    Permission.CONCERN_KEEP: "Decide, with a reason, not to refer a concern.",
    Permission.CHILD_SEARCH: "Look a child up on the school's roll.",
    Permission.CHILD_MATCH: "Say which child's file a concern belongs to, or make a file.",
    Permission.CHILD_OPEN: "Read a child's file in the school.",
    Permission.CHILD_CORRECT: "Put a child's file right; what it said before is kept.",
    Permission.CHILD_LOOKERS: "See who looked at a child's file in the school.",
    Permission.REFERRAL_SUBMIT: "Build a referral from concerns and send it.",
    Permission.REFERRAL_LIST_SENT: "List the school's referrals and what came of them.",
    Permission.REFERRAL_OPEN_SENT: "Read a referral as the school sent it, and what the hub released.",
    Permission.REFERRAL_RECORD_CALL: "Record a telephone call about a referral.",
    Permission.REFERRAL_ANSWER: "Answer what the hub wrote about a referral.",
    Permission.CASE_SEARCH: "Search for a child among the records of one's own school or service.",
    Permission.QUEUE_LIST: "See the service's queue with the children's names.",
    Permission.REFERRAL_OPEN: "Read a referral that the service received.",
    Permission.REFERRAL_READ_COPY: "Read a referral of which this service has a copy, for information.",
    Permission.REFERRAL_TAKE: "Take a referral from the queue, or hand it back.",
    Permission.REFERRAL_ACKNOWLEDGE: "Tell the sender that a person has it.",
    Permission.REFERRAL_COLOUR: "Give a referral its triage colour with a reason.",
    Permission.REFERRAL_DECIDE: "Record the decision, its reason and what the school may read of it.",
    Permission.REFERRAL_WRITE: "Write to the school about a referral, without a decision.",
    Permission.REFERRAL_CLOSE: "Close a referral, with a reason, when the work here is done.",
    Permission.REFERRAL_PASS_ON: "Pass a referral on, keep it after all, or hand it over by telephone.",
    Permission.REFERRAL_ACCEPT: "Read a referral that another service passes on, and accept or decline it.",
    Permission.REFERRAL_WRONG_PLACE: "Say that a referral was sent to the wrong place: it is routed again.",
    Permission.REFERRAL_SENT_WRONG: "Say, in its school, that a referral was sent to the wrong place.",
    Permission.PASSING_OPEN: "See what the service passed on, to whom, and what it had opened of it.",
    Permission.BREACH_OPEN: "Read the record of a referral that was sent to the wrong place.",
    Permission.BREACH_HANDLE: "Write down what was done, decide whether to report it, and close it.",
    Permission.NOTE_WRITE: "Write or correct a case note.",
    Permission.MEETING_ARRANGE: "Arrange, move or call off a safety-plan meeting.",
    Permission.MEETING_MINUTE: "Write or correct the minutes of a safety-plan meeting.",
    Permission.MEETING_OPEN: "Read the minutes of a safety-plan meeting.",
    Permission.REFERRAL_RESTRICT: "Restrict a referral to named people of the service.",
    Permission.CONCERN_RESTRICT: "Restrict a concern or a child's file to named people of the school.",
    Permission.RESTRICTION_OPEN: "See to whom a case is restricted and why; write what only they read.",
    Permission.RESTRICTION_CHANGE: "Ask to let somebody into a restricted case, or to lift the restriction.",
    Permission.RESTRICTION_APPROVE: "Approve or refuse that somebody is let in, or a restriction lifted.",
    Permission.REFERRAL_LOOKERS: "See who looked at a referral in the service.",
    Permission.REFERRAL_TIE: "Say who has a tie to a child that was referred, and is kept out.",
    Permission.CONCERN_TIE: "Say who has a tie to a child of the school, and is kept out.",
    Permission.GLASS_BREAK: "Go past a restriction for an hour, with a reason that a colleague reviews.",
    Permission.GLASS_REVIEW: "Look into why somebody broke the glass, and write down what was found.",
    Permission.SHIFT_CODE_SEE: "See which codes for one shift were given in the service, and to whom.",
    Permission.SHIFT_CODE_GIVE: "Give a colleague a second factor for one shift, and end it early.",
    Permission.SHIFT_CODE_ASK: "Ask that a colleague is given a second factor for one shift.",
    Permission.SHIFT_CODE_APPROVE: "Approve, or refuse, a code for one shift that another asked for.",
    Permission.SHIFT_CODE_REVIEW: "Look into why a code for one shift was given, and say what was found.",
    Permission.REFERRAL_ERASE: "Ask that a closed referral is erased, or hold it against that.",
    Permission.FILE_ERASE: "Ask that a child's file is erased, or hold it against that.",
    Permission.ERASURE_APPROVE: "Approve or refuse that a case is erased, or that a hold on one is lifted.",
    Permission.EXTRACT_MAKE: "Ask for an extract of a case for somebody outside, make it, check its text.",
    Permission.FILE_EXTRACT: "Ask for an extract of a child's file for somebody outside, check its text.",
    Permission.EXTRACT_APPROVE: "Approve or refuse that an extract is made; make one that was approved.",
    Permission.LIMITS_SET: "Enter an authority's own time limits for the triage colours.",
    Permission.ROTA_KEEP: "Write down who is on duty in the service, and when.",
    Permission.DECOY_SEE: "See which closed cases of the service are decoys.",
    Permission.DECOY_MARK: "Ask that a closed case is marked as a decoy, or end such a mark.",
    Permission.DECOY_APPROVE: "Approve or refuse that a closed case is marked as a decoy.",
    Permission.AUDIT_VIEW: "See the organisation's own trail, and who looked at what.",
    Permission.AUDIT_VERIFY: "Prove the organisation's trail unaltered.",
    Permission.PEOPLE_MANAGE: "Add people, give and end their roles, and end their sessions.",
    Permission.PEOPLE_APPROVE: (
        "Approve, or refuse, a role, a code or a reopened account that another asked for."
    ),
    Permission.PACK_APPROVE: "Approve or refuse that a list of who saw what is made.",
    Permission.KEYS_ASK: "Ask that keys are made anew, or the key ring is printed, at the machine.",
    Permission.KEYS_APPROVE: "Approve or refuse a change of keys that another asked for.",
    Permission.SECOND_PERSON_SEE: "See what waits for a second person, and what came of it.",
    Permission.DIRECTORY_VIEW: "See the whole directory and what is not checked.",
    Permission.DIRECTORY_PROPOSE: "Propose a change to the directory, and see what was proposed.",
    Permission.DIRECTORY_APPROVE: "Approve or refuse a change to the directory, then in force for all.",
    Permission.HEALTH_VIEW: "See whether this installation is in order: no names and no words.",
}
