"""Hold SQLite to the contracts of the ports, in a plain file and in an encrypted one."""

from tests.db.contract.assignments import AssignmentStoreContract
from tests.db.contract.cards import DraftContract
from tests.db.contract.copies import CopiesContract
from tests.db.contract.evidence import EvidenceStoreContract
from tests.db.contract.handover import HandoverStoreContract
from tests.db.contract.hazards import HazardStoreContract
from tests.db.contract.offices import (
    CredentialStoreContract,
    OfficeStoreContract,
    TrustStoreContract,
)
from tests.db.contract.packages import DecisionStoreContract, PackageStoreContract
from tests.db.contract.photos import PhotoStoreContract
from tests.db.contract.phrases import PhraseStoreContract
from tests.db.contract.sealing import SealedContract, SupplementContract
from tests.db.contract.time_stamps import StampServiceStoreContract
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


class TestPhotos(PhotoStoreContract): ...


class TestPhrases(PhraseStoreContract): ...


class TestDecisions(DecisionStoreContract): ...


class TestHazards(HazardStoreContract): ...


class TestAssignments(AssignmentStoreContract): ...


class TestStampService(StampServiceStoreContract): ...


class TestEvidence(EvidenceStoreContract): ...


class TestChanges(ChangeContract): ...


class TestCopies(CopiesContract): ...


class TestHandovers(HandoverStoreContract): ...
