"""校验 of paper: a picture of a page, a scan, a check code; and what a person expects."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.domain.sealed import SealedCard
from app.errors import Code
from app.exchange.paper_proof import read_proof, write_proof
from app.reports.file.raster import render_page
from app.services.keys.trust import anchors
from app.services.office.authority import publish_profile, revoke
from app.services.office.decide import return_card
from app.services.seal.seal import revise_card, write_pdf
from app.services.seal.supplement import attach_late
from app.services.verify.exhibit import Exhibit, check_code, check_code_of, look_at, look_into
from app.services.verify.expectation import read_expectations
from app.services.verify.telling import told
from app.services.verify.verdict import Check, CheckName, Kind, Outcome, Report
from app.services.verify.verify import trust_of, verify
from app.text.catalogue import Language, translator
from tests.app.services.field import (
    OFFICE_PASSPHRASE,
    Field,
    closing_desk,
)
from tests.forms import RESOURCES
from tests.refusals import refused


def page_of(field: Field, sealed: SealedCard) -> Image.Image:
    """Return the page with the code, at 150 dpi."""
    path = field.folder / "c.pdf"
    write_pdf(field.first.desk, sealed.index.id, path)
    page = render_page(path.read_bytes(), 1, width=1240)
    return Image.frombuffer("RGB", (page.width, page.height), page.pixels, "raw", "BGRX", 0, 1)


def jpeg_of(page: Image.Image) -> bytes:
    content = BytesIO()
    page.save(content, "JPEG", quality=75)
    return content.getvalue()


def outcome(report: Report, name: CheckName) -> Outcome:
    return report.check(name).outcome


def ca_file(field: Field) -> Path:
    (office,) = field.first.desk.workspace.trust.all()
    path = field.folder / "ca.der"
    path.write_bytes(office.ca)
    return path


def test_a_photographed_page_shows_what_was_signed(field: Field) -> None:
    page = page_of(field, field.first.sealed_card(S1_R1_C1="1"))
    turned = page.rotate(6, expand=True, fillcolor="white")
    report = verify(field.office.desk, look_into(jpeg_of(turned), name="a.jpg"))
    assert (report.kind, report.ok) == (Kind.IMAGE, True)
    assert report.figures is not None
    figures = report.figures
    assert (str(figures.total), figures.unit, figures.signer) == ("98", "测试1号工厂", "测试甲")
    assert sum(points for _, points in figures.sections) == figures.total
    assert outcome(report, CheckName.TEXT) is Outcome.WARNED


def test_a_scan_in_a_pdf_is_read_like_a_picture(field: Field) -> None:
    path = field.folder / "scan.pdf"
    page_of(field, field.first.sealed_card()).save(path)
    report = verify(field.office.desk, look_at(path))
    assert (report.kind, report.ok) == (Kind.IMAGE, True)


def test_a_picture_without_a_code_says_so(field: Field) -> None:
    white = jpeg_of(Image.new("RGB", (200, 200), "white"))
    report = verify(field.office.desk, look_into(white, name="a.jpg"))
    assert [(fault.code, report.kind) for fault in report.faults] == [
        (Code.PROOF_MISSING, Kind.IMAGE)
    ]


def test_a_picture_is_not_trusted_by_a_stranger_without_the_office(field: Field) -> None:
    content = jpeg_of(page_of(field, field.first.sealed_card()))
    profile = field.folder / "o.akprofile"
    profile.write_bytes(publish_profile(field.office.desk, OFFICE_PASSPHRASE)[1])
    with closing_desk(field.folder / "stranger", clock=field.clock, seed=5) as desk:
        exhibit = look_into(content, name="a.jpg")
        report = verify(desk, exhibit)
        assert [fault.code for fault in report.faults] == [Code.SIGNER_UNKNOWN]
        assert outcome(report, CheckName.SIGNATURE) is Outcome.NOT_CHECKED
        assert report.figures is None
        assert verify(desk, exhibit, trust=trust_of(desk, profile)).ok


def test_the_certificate_of_the_office_alone_verifies_but_says_what_it_cannot(
    field: Field,
) -> None:
    sealed = field.first.sealed_card()
    page_of(field, sealed)
    with closing_desk(field.folder / "stranger", clock=field.clock, seed=5) as desk:
        trust = trust_of(desk, ca_file(field))
        report = verify(desk, look_at(field.folder / "c.pdf"), trust=trust)
    assert report.outcome is Outcome.WARNED
    (refusal,) = report.check(CheckName.REVOCATION).refusals
    assert refusal.code is Code.REVOCATION_MISSING


@pytest.mark.parametrize("typed", ["3f2a91bc04d7", "3F2A 91BC 04D7", " ３Ｆ２Ａ-91bc-04d7 "])
def test_a_check_code_is_read_however_it_is_typed(typed: str) -> None:
    assert check_code_of(typed) == "3F2A91BC04D7"


@pytest.mark.parametrize("typed", ["", "3F2A", "3F2A 91BC 04DX", "3F2A91BC04D70"])
def test_what_is_no_check_code_is_refused(typed: str) -> None:
    assert check_code_of(typed) == ""
    with refused(Code.CHECK_CODE_MALFORMED):
        check_code(typed)


def test_a_check_code_finds_the_card_only_where_it_is_kept(field: Field) -> None:
    sealed = field.first.sealed_card()
    code = check_code(sealed.index.hash[:12])
    here = verify(field.first.desk, code)
    assert (here.ok, here.kind) == (True, Kind.CODE)
    assert here.figures is not None
    assert here.figures.card == sealed.index.id
    elsewhere = verify(field.office.desk, code)
    assert [fault.code for fault in elsewhere.faults] == [Code.CHECK_CODE_UNKNOWN]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("total=98", set()),
        ("total=９８．０", set()),
        ("total=97", {("total", "97", "98")}),
        ("bonus=0", set()),
        ("unit=测试 1 号工厂", set()),
        ("unit=测试2号工厂", {("unit", "测试2号工厂", "测试1号工厂")}),
        ("date=2020-11-06", set()),
        ("date=2020-11-07", {("date", "2020-11-07", "2020-11-06")}),
        ("revision=2", {("revision", "2", "1")}),
    ],
)
def test_what_a_person_reads_is_held_against_what_was_signed(
    field: Field, typed: str, found: set[tuple[str, str, str]]
) -> None:
    """For the PDF and for the picture alike."""
    page = page_of(field, field.first.sealed_card(S1_R1_C1="1"))
    for exhibit in (look_at(field.folder / "c.pdf"), look_into(jpeg_of(page), name="a.jpg")):
        report = verify(field.office.desk, exhibit, expected=read_expectations([typed]))
        refusals = report.check(CheckName.EXPECTED).refusals
        facts = [refusal.facts for refusal in refusals]
        assert {(f["where"], f["expected"], f["signed"]) for f in facts} == found
        assert report.ok is not bool(found)


@pytest.mark.parametrize("typed", ["total", "total=", "total=x", "sum=1", "date=2020-13-01", "=1"])
def test_an_expectation_that_can_never_be_met_is_refused(typed: str) -> None:
    with refused(Code.ARGUMENT_MALFORMED):
        read_expectations([typed])


def revision_told(field: Field) -> tuple[Outcome, str]:
    check = verify(field.office.desk, look_at(field.folder / "c.pdf")).check(CheckName.REVISION)
    return check.outcome, check.variant


def test_a_later_word_on_the_card_is_told(field: Field) -> None:
    """Not kept here, the newest, with a supplement, returned, followed by another revision."""
    sealed = field.first.sealed_card()
    page_of(field, sealed)
    assert revision_told(field) == (Outcome.NOT_CHECKED, "unknown")
    field.take(field.submit())
    assert revision_told(field) == (Outcome.PASSED, "")
    note = field.folder / "note.txt"
    note.write_text("补交", encoding="utf-8")
    attach_late(field.first.desk, sealed.index.id, "S1-R1-C1", [note], field.first.keys)
    field.take(field.submit())
    assert revision_told(field) == (Outcome.WARNED, "supplemented")
    return_card(field.office.desk, sealed.index.id, reason="请核实")
    assert revision_told(field) == (Outcome.WARNED, "returned")
    revise_card(field.first.desk, sealed.index.id, reason="核实后更正")
    field.first.sign(sealed.index.id)
    field.first.seal(sealed.index.id)
    field.take(field.submit())
    assert revision_told(field) == (Outcome.WARNED, "newer")


def test_a_revoked_signer_stays_good_where_the_file_was_received_before(field: Field) -> None:
    sealed = field.received()
    page_of(field, sealed)
    field.pass_days(1)
    revoke(
        field.office.desk, serial=field.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE
    )
    exhibit = look_at(field.folder / "c.pdf")
    assert verify(field.office.desk, exhibit).ok
    profile = field.folder / "o.akprofile"
    profile.write_bytes(publish_profile(field.office.desk, OFFICE_PASSPHRASE)[1])
    told_today = verify(field.office.desk, exhibit, trust=trust_of(field.office.desk, profile))
    assert [fault.code for fault in told_today.faults] == [Code.CERTIFICATE_REVOKED]


@pytest.mark.parametrize("language", Language)
def test_every_outcome_of_every_check_has_words(language: Language) -> None:
    """The variants that take a workspace, two seals or a time stamp to come about."""
    facts: dict[str, str | int] = dict.fromkeys(
        ("revision", "newest", "count", "claimed", "proven", "authority", "name", "post", "at"), 1
    )
    variants = [
        (CheckName.TIME, Outcome.PASSED, ""),
        (CheckName.TIME, Outcome.NOT_CHECKED, "stranger"),
        (CheckName.SECOND_SEAL, Outcome.PASSED, ""),
        (CheckName.QR, Outcome.WARNED, "several"),
        (CheckName.QR, Outcome.NOT_CHECKED, "none"),
        (CheckName.FORM, Outcome.NOT_CHECKED, "unknown"),
        (CheckName.REVISION, Outcome.WARNED, "rival"),
        (CheckName.REVISION, Outcome.WARNED, "stranger"),
        (CheckName.TEXT, Outcome.WARNED, "guide"),
        (CheckName.EXPECTED, Outcome.PASSED, ""),
    ]
    checks = tuple(
        Check(name=name, outcome=result, variant=variant, facts=facts)
        for name, result, variant in variants
    )
    words = told(Report(kind=Kind.PDF, checks=checks), translator(language, RESOURCES))
    assert all(check.sentence and "{" not in check.sentence for check in words.checks)


def test_a_code_with_other_figures_than_its_record_is_found_where_the_record_is(
    field: Field,
) -> None:
    """The inspector holds the key: he can sign any figures over the hash of any card."""
    sealed = field.first.sealed_card(S1_R1_C1="1")
    (text,) = look_into(jpeg_of(page_of(field, sealed)), name="a.jpg").proofs
    said = read_proof(text, anchors(field.first.desk)).figures
    better = replace(said, sections=(said.sections[0] + 2, *said.sections[1:]), base=said.base + 2)
    forged = Exhibit(kind=Kind.IMAGE, proofs=(write_proof(better, field.first.keys.identity),))
    assert verify(field.office.desk, forged).ok  # nobody there can know
    field.take(field.submit())
    (fault,) = verify(field.office.desk, forged).faults
    assert (fault.code, fault.refusal.facts["signed"]) == (Code.FIGURE_DIFFERS, "98")
    assert verify(field.office.desk, replace(forged, proofs=(text,))).ok
