"""The fixed Chinese words of the evidence sheet; as in `wording`, a change is a new layout."""

from app.domain.evidence import Evidence
from app.domain.evidence_list import EvidenceItem
from app.domain.form import Form
from app.domain.photo import Photo, TimeSource
from app.reports.card.wording import CONTINUED, check_code, local_time

TITLE = "附页　照片与材料"
NOTE = (
    "以下为各考核要点所附的照片和材料，按要点排列。原件按其 SHA-256 校验值保存，未作改动；"
    "此处照片已缩小，仅供查阅。校验码为原件 SHA-256 校验值的前12位。"
    "照片旁的时间为拍摄时间（北京时间），注明“文件时间”“导入时间”的，相机未记录拍摄时间；"
    "没有时间的，拍摄时间不详。"
)
CODE = "校验码 "
# What may stand in the place of a photo's time; blanks do not count in a comparison.
TAKEN = r"(\d{4}-\d\d-\d\d ?\d\d:\d\d(（(文件|导入)时间）)?)?"

_PHOTO, _PAPER = "照片", "材料"
_SOURCES = {
    TimeSource.CAMERA: "",
    TimeSource.FILE: "（文件时间）",
    TimeSource.ARRIVAL: "（导入时间）",
}
_KINDS = {"application/pdf": "PDF 文件"}
_FAMILIES = {"image": "图片", "video": "视频", "audio": "录音", "text": "文本"}
_OTHER = "文件"
_KILO, _MEGA = 1 << 10, 1 << 20


def number(item: EvidenceItem) -> str:
    """Return how an item is named on the sheet."""
    return f"{_PHOTO if item.is_photo else _PAPER} {item.number}"


def heading(clause_number: str, text: str, *, continued: bool) -> str:
    """Return what stands over the evidence of a clause, not yet cut to a line."""
    return f"{clause_number}{CONTINUED if continued else ''}　{text}"


def elsewhere(earlier: tuple[EvidenceItem, ...]) -> str:
    """Return the line about evidence that was shown at a clause before."""
    named = (
        f"{word} {'、'.join(str(each.number) for each in some)}"
        for word, some in (
            (_PHOTO, [each for each in earlier if each.is_photo]),
            (_PAPER, [each for each in earlier if not each.is_photo]),
        )
        if some
    )
    return f"另见{'；'.join(named)}"


def clauses(item: EvidenceItem, form: Form) -> str:
    """Return all clauses of an item by their numbers, '' where there is only one."""
    if len(item.clauses) == 1:
        return ""
    return f"用于要点 {'、'.join(form.number(clause) for clause in item.clauses)}"


def code(file: Evidence) -> str:
    """Return the first 12 digits of a file's hash as printed."""
    return check_code(file.sha256)


def taken(photo: Photo) -> str:
    """Return when a photo was taken, in Beijing time, and what that rests on."""
    return f"{local_time(photo.taken_at)}{_SOURCES[photo.time_source]}"


def kind(file: Evidence) -> str:
    """Return what a file that is no photo is."""
    family = file.media_type.partition("/")[0]
    return _KINDS.get(file.media_type) or _FAMILIES.get(family, _OTHER)


def size(file: Evidence) -> str:
    """Return the size of a file."""
    if file.size < _KILO:
        return f"{file.size} B"
    if file.size < _MEGA:
        return f"{file.size // _KILO} KB"
    return f"{file.size / _MEGA:.1f} MB"
