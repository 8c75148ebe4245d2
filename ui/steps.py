"""The screens of the program by name: four places, and the seven steps of one card."""

from enum import StrEnum


class Place(StrEnum):
    """A screen that is not about one card: 考核任务, 隐患台账, 报送, 更多."""

    TASKS = "tasks"
    LEDGER = "ledger"
    SENDING = "sending"
    MORE = "more"


class Step(StrEnum):
    """A screen of one card, in the order of a visit."""

    VISIT = "visit"
    SCORING = "scoring"
    PHOTOS = "photos"
    HAZARDS = "hazards"
    FEEDBACK = "feedback"
    SIGNING = "signing"
    PRINTING = "printing"
