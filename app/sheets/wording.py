"""The official Chinese of the workbooks: column headings, titles and the lines around the tables.

No placeholder is filled here, and nothing here depends on the interface's language.
"""

from app.domain.card import Policy
from app.domain.ranking import LeftOut

UNIT_SHEET = "参赛单位"
REQUIRED = "*"  # after the heading of a column that must be filled

UNIT_NAME = "单位名称"
UNIT_CODE = "统一社会信用代码"
SUB_UNIT = "分支机构（项目部）"
DISTRICT = "所属区"
WORKERS = "职工总数"
WOMEN = "其中女职工"
MIGRANT = "其中农民工"
HAZARD_EXPOSED = "接触职业病危害人数"
HIGH_RISK = "是否高危"

ALSO_READ = {  # headings in use elsewhere
    UNIT_NAME: ("企业名称", "参赛单位名称"),
    UNIT_CODE: ("社会信用代码", "信用代码"),
    SUB_UNIT: ("分支机构", "项目部"),
    DISTRICT: ("区", "辖区", "所属辖区", "所属街道", "所属区（新区）"),
    WORKERS: ("职工人数",),
    WOMEN: ("女职工", "女职工数", "女职工人数"),
    MIGRANT: ("农民工", "农民工数", "农民工人数"),
    HAZARD_EXPOSED: ("接触职业病危害",),
    HIGH_RISK: ("高危", "是否高危行业"),
}

YES = "是"
NO = "否"
YES_OR_NO = {None: "", True: YES, False: NO}

SUMMARY_SHEET = "参赛企业汇总表"
SUMMARY_TITLE = "{season}全国“安康杯”竞赛参赛企业汇总表"
REHEARSAL = "练习样表 无效"
REHEARSAL_TITLE = "（练习样表 无效）"

FILED_BY = "填报单位：{office}"
PREPARED_BY = "填报人：{person}"
FILED_ON = "日期：{day}"
DAY = "{0.year}年{0.month}月{0.day}日"

RANK = "名次"
BASE = {
    Policy.FULL: "得分（百分制）",
    Policy.ZERO: "得分（百分制）",
    Policy.RESCALE: "折算得分（百分制）",
}
BONUS = "额外加分"
TOTAL = "合计"
ASSESSED_ON = "考核日期"
REMARK = "备注"

TOTALS_LINE = "合计 {units} 家"
HIGH_RISK_UNITS = '0"家"'  # a number format: how many units are high-risk

COUNTS = (
    "登记参赛单位 {registered} 家；收到考核评分表 {received} 份；审核通过 {accepted} 份；"
    "未列入本表 {left_out} 份。"
)
NOT_DECLARED = "人数合计只计已填报的单位，未填报：{columns}。"
NOT_DECLARED_COLUMN = "{column} {units} 家"
BETWEEN_COLUMNS = "，"

LEFT_OUT_TITLE = "未列入本表的考核评分表"
LEFT_OUT = ("序号", UNIT_NAME, UNIT_CODE, SUB_UNIT)
LEFT_OUT_WHY = "未列入原因"
WHY = {
    LeftOut.NOT_DECIDED: "待审核",
    LeftOut.RETURNED: "退回补正",
    LeftOut.CONFLICT: "待核实：同一单位有不一致的考核评分表",
    LeftOut.OTHER_FORM: "所用考核评分表版本不同，不能一并排名",
    LeftOut.OTHER_RULES: "所用评分细则或计分规则不同，不能一并排名",
}

PAGE = "第 &P 页 共 &N 页"  # &P and &N are Excel's own marks
