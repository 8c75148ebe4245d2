"""What a store of photos must do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from app.domain.card import CardId
from app.domain.evidence import Evidence, Sha256
from app.domain.photo import Copy, Origin, Photo, TimeSource
from app.domain.unit import UnitKey
from app.ports import Workspace
from tests.db.contract.workspaces import CHANGE, WorkspaceContract
from tests.forms import SYNTHETIC_CODES

HERE = UnitKey(code=SYNTHETIC_CODES[0], sub_unit="一车间")
THERE = UnitKey(code=SYNTHETIC_CODES[1])
TAKEN = datetime(2020, 11, 6, 1, 30, tzinfo=UTC)


def photo(number: int, **differing: object) -> Photo:
    """Return the made-up photo of a number: the higher, the later."""
    made = Photo(
        file=Evidence(
            sha256=Sha256(sha256(bytes([number])).hexdigest()),
            name=f"IMG_{number:04}.jpg",
            media_type="image/jpeg",
            size=3_000_000 + number,
        ),
        taken_at=TAKEN + timedelta(seconds=number),
        time_source=TimeSource.CAMERA,
        arrived_at=TAKEN + timedelta(hours=3),
        width=3000,
        height=4000,
        orientation=6,
        has_location=True,
        unit=HERE,
        card=CardId("card"),
        note="测试",
    )
    return replace(made, **differing)  # type: ignore[arg-type]  # names of its fields


class PhotoStoreContract(WorkspaceContract):
    def test_a_photo_comes_back_as_it_was_added(self, workspace: Workspace) -> None:
        original = photo(1)
        plain = photo(2, unit=None, card=None, has_location=False, note="")
        copy = photo(3, origin=Origin(sha256=original.sha256, copy=Copy.MARKED))
        with workspace.change(CHANGE):
            assert all(workspace.photos.add(each) for each in (original, plain, copy))
        for each in (original, plain, copy):
            assert workspace.photos.get(each.sha256) == each
        assert workspace.photos.get(photo(4).sha256) is None

    def test_the_same_photo_twice_is_one(self, workspace: Workspace) -> None:
        with workspace.change(CHANGE):
            assert workspace.photos.add(photo(1))
            assert not workspace.photos.add(photo(1, unit=THERE))
        assert workspace.photos.of_unit(HERE) == (photo(1),)
        assert workspace.photos.of_unit(THERE) == ()

    def test_the_photos_of_a_unit_stand_as_they_were_taken(self, workspace: Workspace) -> None:
        burst = photo(5, taken_at=TAKEN + timedelta(seconds=4, microseconds=500))
        with workspace.change(CHANGE):
            for each in (burst, photo(9, unit=None), photo(4), photo(7, unit=THERE), photo(1)):
                workspace.photos.add(each)
        assert workspace.photos.of_unit(HERE) == (photo(1), photo(4), burst)
        assert workspace.photos.of_unit(None) == (photo(9, unit=None),)

    def test_a_photo_moves_with_its_copies(self, workspace: Workspace) -> None:
        copy = photo(2, origin=Origin(sha256=photo(1).sha256, copy=Copy.PLACELESS))
        with workspace.change(CHANGE):
            for each in (photo(1), copy, photo(3)):
                workspace.photos.add(each)
            workspace.photos.move([photo(1).sha256], THERE)
        assert workspace.photos.get(copy.sha256) == replace(copy, unit=THERE, card=None)
        assert workspace.photos.of_unit(HERE) == (photo(3),)
        with workspace.change(CHANGE):
            workspace.photos.move([photo(1).sha256, photo(3).sha256], None)
        assert len(workspace.photos.of_unit(None)) == 3

    def test_a_file_is_known_by_name_and_size(self, workspace: Workspace) -> None:
        with workspace.change(CHANGE):
            workspace.photos.add(photo(1))
        assert workspace.photos.knows("IMG_0001.jpg", 3_000_001)
        assert not workspace.photos.knows("IMG_0001.jpg", 3_000_002)
        assert not workspace.photos.knows("IMG_0002.jpg", 3_000_001)
