"""The watched folder: only what stands still and is new is taken; wishes about photos are kept."""

from pathlib import Path

from app.errors import Code
from app.services.photos.photo_folder import look_into, settled, unknown
from app.services.photos.photo_intake import keep_photos, photo_room, prepare_file
from app.services.photos.photo_wishes import PhotoWishes, keep_wishes, read_wishes
from tests.app.services.field import Field
from tests.pictures import jpeg, lay_photos
from tests.refusals import refused


def test_a_file_that_grows_is_left_until_it_stands_still(tmp_path: Path) -> None:
    done, growing = lay_photos(tmp_path, 2)
    (tmp_path / "folder").mkdir()
    (tmp_path / ".part.jpg").write_bytes(b"x")
    before = look_into(tmp_path)
    assert set(before) == {done, growing}
    growing.write_bytes(jpeg(size=(200, 200)))
    now = look_into(tmp_path)
    assert settled({}, before) == ()
    assert settled(before, now) == (done,)
    assert settled(now, look_into(tmp_path)) == (done, growing)


def test_what_arrived_before_is_not_taken_again(field: Field, tmp_path: Path) -> None:
    desk = field.first.desk
    known, new = lay_photos(tmp_path / "in", 2)
    keep_photos(desk, [prepare_file(photo_room(desk), known)], None)
    assert unknown(desk, look_into(tmp_path / "in")) == (new,)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with refused(Code.FILE_MISSING):
        look_into(tmp_path / "none")


def test_wishes_are_kept_and_the_first_ones_are_safe(tmp_path: Path) -> None:
    first = read_wishes(tmp_path)
    assert first == PhotoWishes(folder=tmp_path / "照片投放", removes_location=True)
    assert first.folder.is_dir()
    wish = PhotoWishes(folder=tmp_path / "微信", removes_location=False)
    keep_wishes(tmp_path, wish)
    assert read_wishes(tmp_path) == wish
    (tmp_path / "photos.json").write_bytes(b'{"folder": 3}')
    assert read_wishes(tmp_path) == first
