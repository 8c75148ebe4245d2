"""Hold SQLite to the contracts of the ports, in a plain file and in an encrypted one."""

from tests.db.contract.cards import DraftContract
from tests.db.contract.evidence import EvidenceStoreContract
from tests.db.contract.offices import (
    CredentialStoreContract,
    OfficeStoreContract,
    TrustStoreContract,
)
from tests.db.contract.packages import DecisionStoreContract, PackageStoreContract
from tests.db.contract.sealing import SealedContract, SupplementContract
from tests.db.contract.trail import ChangeContract
from tests.db.contract.units import UnitStoreContract


class TestUnits(UnitStoreContract): ...


class TestDrafts(DraftContract): ...


class TestSealedCards(SealedContract): ...


class TestSupplements(SupplementContract): ...


class TestOffice(OfficeStoreContract): ...


class TestCredentials(CredentialStoreContract): ...


class TestTrust(TrustStoreContract): ...


class TestPackages(PackageStoreContract): ...


class TestDecisions(DecisionStoreContract): ...


class TestEvidence(EvidenceStoreContract): ...


class TestChanges(ChangeContract): ...
