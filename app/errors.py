"""What a person can mend, as stable codes: the error tree of the whole program.

- `AppError(code, **facts)`: something the user can mend; text is made of it in `app.text`.
- The machine's failures (disk full, locked, damaged) are wrapped into an AppError at the edge
  where they are met, `from` their cause.
- `Cancelled`: the person stopped a long piece of work; nothing is wrong.
- Everything else is a bug and is caught nowhere but in `main.py` and `ui/tasks.py`.

No text for people stands here: a code is stable for ever, its sentence may be bettered.
"""

from enum import StrEnum


class Code(StrEnum):
    """Every refusal the program knows. Values are stable: scripts compare them."""

    # form and guide
    FORM_UNKNOWN = "form_unknown"
    FORM_DAMAGED = "form_damaged"
    GUIDE_UNKNOWN = "guide_unknown"
    GUIDE_DAMAGED = "guide_damaged"
    CLAUSE_UNKNOWN = "clause_unknown"

    # points
    POINTS_NOT_A_NUMBER = "points_not_a_number"
    POINTS_ABOVE_MAXIMUM = "points_above_maximum"
    POINTS_BELOW_ZERO = "points_below_zero"
    POINTS_OFF_STEP = "points_off_step"
    POINTS_ALL_OR_NOTHING = "points_all_or_nothing"
    REASON_MISSING = "reason_missing"
    NA_NOT_ALLOWED = "na_not_allowed"
    NA_REASON_MISSING = "na_reason_missing"
    NA_FACT_UNKNOWN = "na_fact_unknown"
    NA_FACT_CONTRADICTS = "na_fact_contradicts"

    # units
    CREDIT_CODE_FORMAT = "credit_code_format"
    CREDIT_CODE_CHECK = "credit_code_check"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_EXISTS = "unit_exists"
    UNIT_CODE_AMBIGUOUS = "unit_code_ambiguous"
    FACT_UNKNOWN = "fact_unknown"
    FACT_VALUE = "fact_value"
    FACTS_CONTRADICT = "facts_contradict"
    NAME_EMPTY = "name_empty"
    NAME_TOO_LONG = "name_too_long"
    TEXT_NOT_PRINTABLE = "text_not_printable"
    DATE_MALFORMED = "date_malformed"
    DATE_PAST = "date_past"

    # cards
    CARD_UNKNOWN = "card_unknown"
    CARD_SEALED = "card_sealed"
    CARD_NOT_SEALED = "card_not_sealed"
    CARD_UNFINISHED = "card_unfinished"
    CARD_UNSIGNED = "card_unsigned"
    CARD_DOCUMENT_DAMAGED = "card_document_damaged"
    CARD_FOR_OTHER_OFFICE = "card_for_other_office"
    CARD_RULES_WRONG = "card_rules_wrong"
    SUPPLEMENT_DAMAGED = "supplement_damaged"
    CARD_CONFLICT = "card_conflict"
    OPINION_MISSING = "opinion_missing"
    TRANSCRIPT_UNCHECKED = "transcript_unchecked"  # typed and compared by the same person
    DATES_REVERSED = "dates_reversed"
    ARGUMENT_MALFORMED = "argument_malformed"
    EVIDENCE_EMPTY = "evidence_empty"
    EVIDENCE_DAMAGED = "evidence_damaged"
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_UNREADABLE = "evidence_unreadable"  # a photo that cannot be printed any more

    # photos
    PICTURE_UNREADABLE = "picture_unreadable"  # no picture, or one that breaks off
    PICTURE_TOO_LARGE = "picture_too_large"
    PICTURE_TOO_MANY_PIXELS = "picture_too_many_pixels"
    PICTURE_TOO_HARD = "picture_too_hard"  # takes more time or memory than any honest one
    PHOTO_UNKNOWN = "photo_unknown"

    # signatures on a card
    INK_MALFORMED = "ink_malformed"
    INK_EMPTY = "ink_empty"
    WITNESS_MISSING = "witness_missing"
    SCAN_UNREADABLE = "scan_unreadable"

    # hazards
    HAZARD_UNKNOWN = "hazard_unknown"
    HAZARD_SETTLED = "hazard_settled"
    HAZARD_STEP_FORBIDDEN = "hazard_step_forbidden"
    HAZARD_TEXT_MISSING = "hazard_text_missing"
    HAZARD_REMARK_MISSING = "hazard_remark_missing"
    HAZARD_PHOTO_MISSING = "hazard_photo_missing"
    HAZARD_REPORTS_MISSING = "hazard_reports_missing"
    HAZARD_REPORT_AHEAD = "hazard_report_ahead"
    HAZARD_CODE_MISSING = "hazard_code_missing"
    TELEPHONE_MALFORMED = "telephone_malformed"

    # printing and handing over
    HANDOVER_DAY = "handover_day"
    HANDOVER_WITNESS_MISSING = "handover_witness_missing"
    PRINTER_REFUSED = "printer_refused"
    PRINT_EMPTY = "print_empty"

    # keys and trust
    PASSPHRASE_EMPTY = "passphrase_empty"
    PASSPHRASE_MALFORMED = "passphrase_malformed"  # not UTF-8
    PASSPHRASE_WRONG = "passphrase_wrong"  # or damage a MAC cannot tell from it
    CREDENTIAL_DAMAGED = "credential_damaged"  # a sealed key or identity that cannot be one
    CERTIFICATE_DAMAGED = "certificate_damaged"  # no certificate, or no CA where one is due
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"  # mostly a wrong clock
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_REFUSED = "certificate_refused"  # the rest: wrong purpose, weak algorithm
    REVOCATION_DAMAGED = "revocation_damaged"  # no list, or not signed by its CA
    REVOCATION_MISSING = "revocation_missing"
    REVOCATION_STALE = "revocation_stale"  # past its nextUpdate
    SIGNATURE_INVALID = "signature_invalid"  # content changed, or no signature at all
    SIGNER_IS_CA = "signer_is_ca"
    SIGNER_OFFICE_WRONG = "signer_office_wrong"
    SIGNER_ROLE_WRONG = "signer_role_wrong"
    SIGNER_UNKNOWN = "signer_unknown"  # issued by no trusted office
    RECIPIENT_INVALID = "recipient_invalid"  # no age recipient
    PACKAGE_NOT_FOR_US = "package_not_for_us"  # no key of ours opens it
    PACKAGE_DAMAGED = "package_damaged"  # truncated or changed behind age

    # office
    OFFICE_EXISTS = "office_exists"
    OFFICE_MISSING = "office_missing"
    OFFICE_CODE_FORMAT = "office_code_format"
    OFFICE_LEVEL_UNKNOWN = "office_level_unknown"
    SETTING_UNKNOWN = "setting_unknown"
    SETTING_VALUE = "setting_value"
    IDENTITY_MISSING = "identity_missing"
    CERTIFICATE_UNKNOWN = "certificate_unknown"
    PROFILE_DAMAGED = "profile_damaged"
    PROFILE_OLDER = "profile_older"
    FINGERPRINT_DIFFERS = "fingerprint_differs"
    PASSPHRASE_NEEDED = "passphrase_needed"
    REHEARSAL_MIXED = "rehearsal_mixed"
    ALREADY_REVOKED = "already_revoked"
    INSPECTOR_UNKNOWN = "inspector_unknown"
    INSPECTOR_AMBIGUOUS = "inspector_ambiguous"
    ASSIGNMENT_UNKNOWN = "assignment_unknown"
    NOTHING_TO_ASSIGN = "nothing_to_assign"

    # packages
    PACKAGE_ZIP_MALFORMED = "package_zip_malformed"  # not the one form of archive we write
    PACKAGE_ENTRY_REFUSED = "package_entry_refused"  # unsafe name, link, compressed
    PACKAGE_ENTRY_DUPLICATE = "package_entry_duplicate"
    PACKAGE_ENTRY_MISSING = "package_entry_missing"
    PACKAGE_ENTRY_UNLISTED = "package_entry_unlisted"
    PACKAGE_MANIFEST_MALFORMED = "package_manifest_malformed"
    PACKAGE_HASH_DIFFERS = "package_hash_differs"
    PACKAGE_HEAD_MALFORMED = "package_head_malformed"
    PACKAGE_RECORD_MALFORMED = "package_record_malformed"
    PACKAGE_COUNTS_DIFFER = "package_counts_differ"
    PACKAGE_TOO_LARGE = "package_too_large"
    PACKAGE_NEWER = "package_newer"
    PACKAGE_KIND_UNSUPPORTED = "package_kind_unsupported"
    PACKAGE_FOR_OTHER_OFFICE = "package_for_other_office"
    PACKAGE_REHEARSAL_MIXED = "package_rehearsal_mixed"  # head and certificate disagree
    PACKAGE_IS_REHEARSAL = "package_is_rehearsal"
    PACKAGE_IS_NOT_REHEARSAL = "package_is_not_rehearsal"
    PACKAGE_SOURCE_CHANGED = "package_source_changed"
    PACKAGE_NOT_WRITTEN = "package_not_written"  # read back, it was not what was written

    # decisions and ranking
    CARD_NOT_RECEIVED = "card_not_received"
    UNIT_ALREADY_ACCEPTED = "unit_already_accepted"
    NOTHING_TO_SUBMIT = "nothing_to_submit"

    # reports
    GLYPH_MISSING = "glyph_missing"
    PDF_DAMAGED = "pdf_damaged"
    LAYOUT_OVERFLOW = "layout_overflow"
    PDF_NOT_A_SCORECARD = "pdf_not_a_scorecard"
    PDF_LAYOUT_UNKNOWN = "pdf_layout_unknown"
    PDF_NOT_SEALED = "pdf_not_sealed"
    PDF_CHANGED_AFTER_SEAL = "pdf_changed_after_seal"
    PDF_RECORD_MISSING = "pdf_record_missing"
    PDF_RECORD_ALTERED = "pdf_record_altered"
    PDF_SIGNERS_DIFFER = "pdf_signers_differ"
    PDF_TEXT_DIFFERS = "pdf_text_differs"
    PDF_CONTENT_FOREIGN = "pdf_content_foreign"  # something our painter never draws
    FIGURE_DIFFERS = "figure_differs"  # what a person expects is not what was signed
    SECOND_SEALER_SAME = "second_sealer_same"
    SECOND_SEALER_NOT_IN_TEAM = "second_sealer_not_in_team"
    TIME_STAMP_UNREACHABLE = "time_stamp_unreachable"
    TIME_STAMP_REFUSED = "time_stamp_refused"  # what came is no stamp over this by that service
    TIME_STAMP_ADDRESS = "time_stamp_address"
    TIME_STAMP_CERTIFICATE = "time_stamp_certificate"

    # the code on the paper
    PROOF_MISSING = "proof_missing"  # a picture without a QR code of ours
    PROOF_DAMAGED = "proof_damaged"
    CHECK_CODE_MALFORMED = "check_code_malformed"
    CHECK_CODE_UNKNOWN = "check_code_unknown"

    # sheets
    SHEET_DAMAGED = "sheet_damaged"
    SHEET_COLUMN_MISSING = "sheet_column_missing"
    SHEET_EMPTY = "sheet_empty"
    SHEET_ROWS_REFUSED = "sheet_rows_refused"
    SHEET_COLUMN_TWICE = "sheet_column_twice"
    SHEET_TOO_LONG = "sheet_too_long"
    SHEET_CODE_NUMBER = "sheet_code_number"
    SHEET_CELL_KIND = "sheet_cell_kind"
    SHEET_UNIT_TWICE = "sheet_unit_twice"

    # files and machine
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    FILE_NOT_WRITABLE = "file_not_writable"
    FOLDER_NOT_EMPTY = "folder_not_empty"
    DISK_FULL = "disk_full"
    FILE_KIND_UNKNOWN = "file_kind_unknown"
    WORKSPACE_IN_USE = "workspace_in_use"
    DATABASE_DAMAGED = "database_damaged"
    BACKUP_UNKNOWN = "backup_unknown"
    CANCELLED = "cancelled"
    FAULT = "fault"  # a bug came between; it is told for itself
    DATABASE_NEWER = "database_newer"
    DATABASE_JOURNAL = "database_journal"
    DATABASE_LOCKED = "database_locked"
    AUDIT_BROKEN = "audit_broken"
    CLOCK_BEHIND = "clock_behind"


FactValue = str | int


class AppError(Exception):
    """A refusal the user can mend.

    `code` is stable; `facts` fill the placeholders of the sentence `app.text` keeps for the code.
    """

    def __init__(self, code: Code, /, **facts: FactValue) -> None:
        super().__init__(code.value, facts)
        self.code = code
        self.facts = facts


class Cancelled(Exception):
    """The person stopped a long piece of work; nothing of it was kept."""
