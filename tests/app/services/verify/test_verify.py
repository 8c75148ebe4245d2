"""校验: a PDF or a package, told point by point, and nothing kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.crypto.trust import TrustAnchors
from app.errors import Code
from app.services.office.authority import publish_profile, revoke
from app.services.seal.seal import write_pdf
from app.services.verify.verdict import Kind, Report
from app.services.verify.verify import trust_of, verify_pdf
from app.services.verify.verify_package import verify_package
from tests.app.services.field import OFFICE_PASSPHRASE, Field, closing_desk, contents
from tests.app.services.forgery import honest, packed, print_of, redated
from tests.refusals import refused


def pdf_of(field: Field) -> Path:
    sealed = field.first.sealed_card()
    path = field.folder / "c.pdf"
    write_pdf(field.first.desk, sealed.index.id, path)
    return path


def profile_of(field: Field) -> Path:
    path = field.folder / "o.akprofile"
    path.write_bytes(publish_profile(field.office.desk, OFFICE_PASSPHRASE)[1])
    return path


def faults(report: Report) -> list[tuple[str, str]]:
    return [(fault.code, fault.where) for fault in report.faults]


def test_a_whole_pdf_is_good_at_office_and_inspector(field: Field) -> None:
    path = pdf_of(field)
    for seat in (field.office, field.first):
        before = contents(seat.desk)
        report = verify_pdf(seat.desk, path)
        assert (report.ok, report.kind) == (True, Kind.PDF)
        assert report.signer is not None
        assert (report.signer.common_name, report.signer.office_code) == ("测试甲", "440306")
        assert contents(seat.desk) == before


def test_every_part_of_a_pdf_is_guarded(field: Field) -> None:
    whole = pdf_of(field).read_bytes()
    path = field.folder / "x.pdf"
    for place in range(0, len(whole), len(whole) // 25):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        report = verify_pdf(field.office.desk, path)
        assert not report.ok, place


def test_something_added_to_a_pdf_is_found(field: Field) -> None:
    path = pdf_of(field)
    path.write_bytes(path.read_bytes() + b"\n% more\n")
    assert faults(verify_pdf(field.office.desk, path)) == [("pdf_changed_after_seal", "")]


def test_a_print_that_differs_from_its_record_names_the_field(field: Field) -> None:
    piece = honest(field, field.first.sealed_card())
    other = redated(field, field.first.sealed_card(1)).card
    path = field.folder / "x.pdf"
    path.write_bytes(print_of(field, other, piece.document, piece.cms, field.first.keys.identity))
    report = verify_pdf(field.office.desk, path)
    assert ("pdf_text_differs", "unit") in faults(report)
    assert report.signer is not None


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"no pdf at all", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"]
)
def test_another_file_is_no_scorecard(field: Field, content: bytes) -> None:
    path = field.folder / "x.pdf"
    path.write_bytes(content)
    (fault,) = verify_pdf(field.office.desk, path).faults
    assert fault.code in {
        Code.PDF_DAMAGED,
        Code.PDF_NOT_A_SCORECARD,
        Code.FILE_KIND_UNKNOWN,
    }


def test_a_missing_file_is_refused(field: Field) -> None:
    with refused(Code.FILE_MISSING):
        verify_pdf(field.office.desk, field.folder / "none.pdf")
    with refused(Code.FILE_MISSING):
        verify_package(field.office.desk, field.folder / "none.akp", field.office.keys)


def test_a_stranger_needs_the_profile(field: Field) -> None:
    path, profile = pdf_of(field), profile_of(field)
    with closing_desk(field.folder / "stranger", clock=field.clock, seed=5) as desk:
        assert faults(verify_pdf(desk, path)) == [("signer_unknown", "测试甲")]
        assert verify_pdf(desk, path, trust=trust_of(desk, profile)).ok


def test_a_profile_given_is_the_only_trust(field: Field, elsewhere: Field) -> None:
    """Though the office's own workspace knows the signer."""
    path, profile = pdf_of(field), profile_of(elsewhere)
    trust = trust_of(field.office.desk, profile)
    assert faults(verify_pdf(field.office.desk, path, trust=trust)) == [
        ("signer_unknown", "测试甲")
    ]


def test_a_damaged_profile_is_refused(field: Field) -> None:
    profile = profile_of(field)
    profile.write_bytes(profile.read_bytes()[:-1])
    with refused(Code.PROFILE_DAMAGED):
        trust_of(field.office.desk, profile)


def test_a_revoked_signer_is_told_as_such(field: Field) -> None:
    path = pdf_of(field)
    revoke(
        field.office.desk, serial=field.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE
    )
    assert faults(verify_pdf(field.office.desk, path)) == [("certificate_revoked", "测试甲")]


def test_a_whole_package_is_good_at_both_ends_and_not_taken_in(field: Field) -> None:
    field.first.sealed_card()
    path = field.submit()
    for seat in (field.office, field.first):
        before, files = contents(seat.desk), seat.desk.workspace.evidence.all()
        report = verify_package(seat.desk, path, seat.keys)
        assert (report.ok, report.kind) == (True, Kind.PACKAGE)
        assert contents(seat.desk) == before
        assert seat.desk.workspace.evidence.all() == files


def test_a_receipt_is_verified_at_both_ends(field: Field) -> None:
    field.accepted()
    receipt = field.receipt()
    assert verify_package(field.first.desk, receipt, field.first.keys).ok
    assert verify_package(field.office.desk, receipt, field.office.keys).ok


def test_a_package_with_a_bad_card_names_the_card(field: Field) -> None:
    good = honest(field, field.first.sealed_card(0))
    bad = honest(field, field.first.sealed_card(1))
    path = packed(field, good, replace(bad, base="1"))
    report = verify_package(field.office.desk, path, field.office.keys)
    assert faults(report) == [("card_document_damaged", bad.card.id)]
    assert report.signer is not None


def test_a_damaged_package_is_told_in_the_report(field: Field) -> None:
    field.first.sealed_card()
    path = field.submit()
    path.write_bytes(path.read_bytes()[:-40])
    report = verify_package(field.office.desk, path, field.office.keys)
    assert faults(report) == [("package_damaged", "")]
    assert report.signer is None


def test_a_package_of_others_cannot_be_judged(field: Field) -> None:
    field.first.sealed_card()
    with refused(Code.PACKAGE_NOT_FOR_US):
        verify_package(field.second.desk, field.submit(), field.second.keys)


def test_a_package_is_judged_by_the_profile_given(field: Field) -> None:
    field.first.sealed_card()
    path = field.submit()
    nobody = TrustAnchors(offices=())
    report = verify_package(field.office.desk, path, field.office.keys, trust=nobody)
    assert [code for code, _ in faults(report)] == ["signer_unknown"]
