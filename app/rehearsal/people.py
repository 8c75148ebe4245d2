"""Names of people who do not exist: common ones, and those that break programs."""

from random import Random

_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余"
_DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "慕容", "令狐")
_GIVEN = "文明国建志伟海波云峰晓燕丽华玉兰春梅秀英永强勇军洁敏静辉鑫宇晨浩然思源雨桐子轩佳怡"
# GBK, extension A, the late URO block, extensions B, C and E: all in the faces that are shipped.
RARE = "喆堃頔䶮㛃㴪㭎䒟鿏鿭𠅤𣲗𫖯𫍯𫘜𬀩𬘡𬱖𬭎𬴊𬍛𬣳"
_WITH_A_DOT = (
    "阿依古丽·买买提",
    "迪丽拜尔·阿卜杜热合曼·吐尔逊",
    "吾买尔江·努尔艾合买提·阿卜杜喀迪尔·伊敏尼亚孜托合提",
)
_LATIN = ("Erika Muster", "John Q. Sample")
_KINDS = ("common", "rare", "double", "short", "dot", "latin")
_SHARES = (78, 8, 4, 5, 4, 1)


def person_name(dice: Random) -> str:
    """Return a made-up name; one in five or so is of a kind that programs get wrong."""
    surname = dice.choice(_SURNAMES)
    match dice.choices(_KINDS, _SHARES)[0]:
        case "rare":
            return surname + dice.choice(("", dice.choice(_GIVEN))) + dice.choice(RARE)
        case "double":
            return dice.choice(_DOUBLE_SURNAMES) + _given(dice)
        case "short":
            return surname + dice.choice(_GIVEN)
        case "dot":
            return dice.choice(_WITH_A_DOT)
        case "latin":
            return dice.choice(_LATIN)
        case _:
            return surname + _given(dice)


def _given(dice: Random) -> str:
    return "".join(dice.sample(_GIVEN, 2))
