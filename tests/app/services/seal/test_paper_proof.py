"""From a sealed card to a photo of its page, and from the photo back to the signed figures."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from PIL import Image

from app.crypto.certificates import Holder, issue_ca
from app.crypto.cms import sign_detached, verify_detached
from app.crypto.facts import Role, describe
from app.crypto.identity import SigningIdentity, new_identity
from app.crypto.pem import certificate_pem
from app.crypto.trust import TrustAnchors, TrustedOffice
from app.domain.card import Policy
from app.domain.unit import UnitFacts
from app.errors import Code
from app.exchange.compact_credential import issue_compact
from app.exchange.paper_proof import Figures, read_proof, write_proof
from app.files import read_whole
from app.services.keys.trust import anchors
from app.services.seal.paper_proof import proof_text, read_image, verify_proof
from app.services.seal.seal import finalize, sealed_of
from tests.app.exchange.test_paper_proof import FIGURES
from tests.app.services.field import INSPECTOR_PASSPHRASE, Field, ready
from tests.forms import RESOURCES, complete_card, national_form, open_card, synthetic_unit
from tests.paper import jpeg, photographed, scan_pdf, scanned
from tests.pki import MOMENT, make_inspector, make_office, revoking, trusting
from tests.refusals import refused
from tests.scorecards import HASH

OFFICE = make_office()
INSPECTOR = make_inspector(OFFICE)


def proof(figures: Figures = FIGURES, identity: SigningIdentity = INSPECTOR) -> str:
    return write_proof(figures, identity)


def sealed_pdf(field: Field) -> bytes:
    """Seal a card with the passphrase and return its PDF."""
    card_id = ready(field)
    finalize(field.first.desk, card_id, INSPECTOR_PASSPHRASE)
    pdf = sealed_of(field.first.desk, card_id).pdf
    return read_whole(field.first.desk.workspace.evidence.path(pdf.sha256))


def test_a_photographed_page_proves_its_figures_to_whoever_has_the_ca(field: Field) -> None:
    pdf = sealed_pdf(field)
    index = field.first.desk.workspace.cards.all_sealed()[0]
    (known,) = field.office.desk.workspace.trust.all()
    trust = TrustAnchors(offices=(TrustedOffice(ca=known.ca, crl=None),))
    sheet = scanned(pdf, page=1)
    for angle in (0, 7, 90, 180):
        (text,) = read_image(photographed(sheet, angle=angle), name="照片.jpg")
        proven = verify_proof(text, trust, now=field.clock.now())
        assert proven.figures.card_hash == index.hash[:32]
        assert (proven.figures.base, proven.figures.bonus) == (index.base, index.bonus)
        assert proven.figures.unit == index.unit_name
        assert proven.signer.serial == index.signer
        assert [warning.code for warning in proven.warnings] == [Code.REVOCATION_MISSING]


def test_a_scanned_pdf_is_read_page_by_page(field: Field) -> None:
    pdf = sealed_pdf(field)
    sheets = [scanned(pdf, page=page) for page in (0, 1)]
    (text,) = read_image(scan_pdf(*sheets), name="扫描.pdf")
    assert verify_proof(text, anchors(field.first.desk), now=field.clock.now()).warnings == ()
    (same,) = read_image(pdf, name="评分表.pdf")
    assert same == text


def test_a_picture_without_a_code_says_so(field: Field) -> None:
    sheet = scanned(sealed_pdf(field), page=0)
    with refused(Code.PROOF_MISSING, name="首页.jpg"):
        read_image(jpeg(sheet), name="首页.jpg")
    with refused(Code.PICTURE_UNREADABLE):
        read_image(b"\xff\xd8\xff no picture", name="x.jpg")
    with refused(Code.PDF_DAMAGED):
        read_image(b"%PDF-1.7 no file", name="x.pdf")
    with refused(Code.PROOF_MISSING):
        read_image(scan_pdf(Image.new("L", (20, 4000))), name="x.pdf")


@pytest.mark.parametrize(
    ("policy", "base", "converted"),
    [(Policy.FULL, "97", None), (Policy.RESCALE, "94", "96.91"), (Policy.ZERO, "94", None)],
)
def test_the_code_says_what_the_card_says(
    policy: Policy, base: str, converted: str | None
) -> None:
    unit = synthetic_unit(facts=UnitFacts(workers=90, women=0))
    card = complete_card(
        open_card(unit=unit, policy=policy),
        points={"S1-R1-C1": "0", "S7-R1-C1": "2"},
        not_applicable=("S5-R5-C1",),
    )
    figures = read_proof(
        proof_text(card, national_form(), HASH, INSPECTOR), trusting(OFFICE)
    ).figures
    assert (figures.base, figures.bonus) == (Decimal(base), Decimal(2))
    assert figures.converted == (converted and Decimal(converted))
    assert figures.sections[0] == national_form().sections[0].points - 3
    assert figures.sections[-1] == 2
    assert (figures.card, figures.revision, figures.date) == (card.id, 1, card.date_to)
    assert figures.form == national_form().hash[:16]
    assert figures.card_hash == HASH[:32]


def test_a_long_name_is_cut_and_no_figure_is() -> None:
    card = complete_card()
    card = replace(card, unit=replace(card.unit, name="测" * 100))
    text = proof_text(card, national_form(), HASH, INSPECTOR)
    figures = read_proof(text, trusting(OFFICE)).figures
    assert figures.unit == "测" * 59 + "…"
    assert figures.total == 100


def test_an_inspector_without_compact_credential_makes_no_code() -> None:
    card = complete_card()
    assert proof_text(card, national_form(), HASH, replace(INSPECTOR, compact=b"")) == ""


def test_a_stale_list_is_a_warning_and_no_list_another() -> None:
    late = MOMENT + timedelta(days=500)
    (stale,) = verify_proof(proof(), trusting(OFFICE), now=late).warnings
    assert (stale.code, stale.facts["date"]) == (Code.REVOCATION_STALE, "2022-07-06")
    without = TrustAnchors(offices=(TrustedOffice(ca=OFFICE.authority.certificate, crl=None),))
    (missing,) = verify_proof(proof(), without, now=MOMENT).warnings
    assert missing.code is Code.REVOCATION_MISSING


def test_a_revoked_inspector_proves_nothing_any_more() -> None:
    at = MOMENT + timedelta(days=10)
    trust = revoking(OFFICE, INSPECTOR, at=at)
    serial = describe(INSPECTOR.certificate).serial
    with refused(Code.CERTIFICATE_REVOKED, serial=serial, date="2021-06-11"):
        verify_proof(proof(), trust, now=at)
    assert verify_proof(proof(), trust, now=MOMENT).warnings == ()


def test_of_two_lists_of_an_office_the_newer_counts_in_whatever_order() -> None:
    """A file brought along may know more than the workspace, and the reverse."""
    (newer,) = revoking(OFFICE, INSPECTOR, at=MOMENT).offices
    bare = TrustedOffice(ca=OFFICE.authority.certificate, crl=None)
    for offices in permutations((bare, OFFICE.trusted, newer)):
        with refused(Code.CERTIFICATE_REVOKED):
            verify_proof(proof(), TrustAnchors(offices=offices), now=MOMENT)
        with refused(Code.CERTIFICATE_REVOKED):
            verify_detached(
                b"probe",
                sign_detached(b"probe", INSPECTOR),
                trust=TrustAnchors(offices=offices),
                moment=MOMENT,
                now=MOMENT,
            )


def test_a_list_of_another_ca_is_no_list() -> None:
    other = make_office()
    trust = TrustAnchors(offices=(TrustedOffice(ca=OFFICE.authority.certificate, crl=other.crl),))
    with refused(Code.REVOCATION_DAMAGED):
        verify_proof(proof(), trust, now=MOMENT)


def test_a_card_dated_after_the_credential_ran_out_is_refused() -> None:
    after = replace(FIGURES, date=date(2024, 6, 2))
    with refused(Code.CERTIFICATE_EXPIRED, name="练习员甲", date="2024-06-01"):
        verify_proof(proof(after), trusting(OFFICE), now=MOMENT)
    last = replace(FIGURES, date=date(2024, 6, 1))
    assert verify_proof(proof(last), trusting(OFFICE), now=MOMENT).figures == last


def test_a_card_of_days_ago_may_be_sealed_with_a_new_credential_but_not_with_one_to_come() -> None:
    before = replace(FIGURES, date=date(2021, 5, 1))
    assert verify_proof(proof(before), trusting(OFFICE), now=MOMENT).figures == before
    with refused(Code.CERTIFICATE_NOT_YET_VALID, date="2021-05-31"):
        verify_proof(proof(before), trusting(OFFICE), now=MOMENT - timedelta(days=2))


def test_an_office_signs_no_card() -> None:
    identity = replace(
        OFFICE.identity, compact=issue_compact(OFFICE.authority, OFFICE.identity.certificate)
    )
    with refused(Code.SIGNER_ROLE_WRONG, needed="inspector"):
        verify_proof(proof(identity=identity), trusting(OFFICE), now=MOMENT)


def test_an_inspector_of_another_office_is_refused_whoever_certified_him() -> None:
    neighbour = issue_ca(name="练习区总工会竞赛办", code="440307", rehearsal=False, moment=MOMENT)
    holder = Holder(common_name="练习员丙", role=Role.INSPECTOR)
    identity = new_identity(neighbour, holder, moment=MOMENT)
    forged = replace(identity, compact=issue_compact(OFFICE.authority, identity.certificate))
    with refused(Code.SIGNER_OFFICE_WRONG, office="440307", expected="440304"):
        verify_proof(proof(identity=forged), trusting(OFFICE), now=MOMENT)


def test_practice_and_reality_are_not_mixed() -> None:
    with refused(Code.PROOF_DAMAGED):
        verify_proof(proof(replace(FIGURES, rehearsal=True)), trusting(OFFICE), now=MOMENT)
    practice = make_office(rehearsal=True)
    with refused(Code.PROOF_DAMAGED):
        verify_proof(proof(identity=make_inspector(practice)), trusting(practice), now=MOMENT)


def test_the_documents_ten_lines_verify_a_code_and_refuse_a_forged_one(tmp_path: Path) -> None:
    document = (RESOURCES.parent / "docs" / "paper-proof.md").read_text("utf-8")
    script = document.partition("```python\n")[2].partition("```")[0]
    ca = tmp_path / "ca.pem"
    ca.write_bytes(certificate_pem(OFFICE.authority.certificate))

    def checked(text: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-X", "utf8", "-c", script, text, str(ca)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    told = checked(proof())
    assert told.returncode == 0, told.stderr
    assert "练习员甲" in told.stdout
    assert FIGURES.unit in told.stdout
    forged = checked(proof(identity=make_inspector(make_office())))
    assert "VerifyError" in forged.stderr
