"""People with rare characters in their names sign like everybody else."""

import pytest

from app.crypto.cms import sign_detached, verify_detached
from tests.pki import MOMENT, make_inspector, make_office, trusting


# Basic plane, extensions A to E, a dot, a name in Latin letters.
@pytest.mark.parametrize(
    "name", ["喆", "赵㛃", "李𠅤", "韩𫍯", "蔡𬱖", "阿依古丽·买买提", "Erika Muster"]
)
def test_a_signature_under_a_rare_name_is_trusted(name: str) -> None:
    office = make_office()
    inspector = make_inspector(office, name)
    signer = verify_detached(
        b"content",
        sign_detached(b"content", inspector),
        trust=trusting(office),
        moment=MOMENT,
        now=MOMENT,
    )
    assert signer.common_name == name


def test_an_office_under_a_rare_name_is_trusted() -> None:
    office = make_office(name="𬭎区总工会竞赛办")
    signer = verify_detached(
        b"content",
        sign_detached(b"content", make_inspector(office)),
        trust=trusting(office),
        moment=MOMENT,
        now=MOMENT,
    )
    assert signer.organisation == "𬭎区总工会竞赛办"
