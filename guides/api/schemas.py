"""What the API answers of figures, guides and policies; the descriptions are its documentation."""

from datetime import date, datetime

from ninja import Field, Schema


class ValueOut(Schema):
    shown: str = Field(description="公众看到的写法，例如“1,080元/人/月”")
    amount: float | None = Field(description="数值；规定是一句话时为null")
    qualifier: str = Field(description="数值前的符号，例如≥")
    text: str = Field(description="数值之外的话，或者没有数值时的规定")
    period: str = Field(description="统计数说的是什么时候；现行标准为空")
    valid_from: date
    valid_to: date | None = Field(description="含当天；null表示到下一个数值开始为止")
    is_target: bool


class FigureOut(Schema):
    code: str
    name: str
    area: str
    unit: str
    kind: str = Field(
        description="standard 政策标准、record 工作数据、binding 约束性、expected 预期性"
    )
    description: str
    source: str = Field(description="出处：文件名称和发布日期")
    is_sample: bool = Field(description="true为示例数据")
    address: str = Field(description="公众页面")
    value: ValueOut | None = Field(
        description="所问那天执行的数值，不含规划目标；没有或已到期为null"
    )
    is_review_due: bool = Field(description="true：到那天已过复核日期，没有登记新的数值")
    target: ValueOut | None = Field(description="规划给那天定的目标；没有为null")


class FigureDetail(FigureOut):
    values: list[ValueOut] = Field(description="全部数值，从早到晚")


class FigureList(Schema):
    total: int
    as_of: date
    items: list[FigureOut]


class PageOut(Schema):
    id: int
    slug: str
    title: str
    summary: str
    section: str = Field(description="业务领域，可为空")
    published: datetime | None = Field(description="最近一次发布")
    address: str = Field(description="公众页面")


class GuideOut(PageOut):
    authority: str = Field(description="实施主体")
    audience: str = Field(description="办理对象")
    ways: list[str] = Field(description="internet 网上、counter 窗口、post 邮寄")
    fee: str
    statutory_limit: str
    promised_limit: str
    sample_note: str = Field(description="哪些内容是示例；正式内容为空")


class LawOut(Schema):
    law: str
    article: str
    number: str
    content: str


class MaterialOut(Schema):
    name: str
    form: str = Field(description="原件、复印件等；取自预约业务清单的材料为空")
    copies: int | None = Field(description="份数；取自预约业务清单的材料为空，见quantity")
    quantity: str = Field(description="形式和份数，网页上的写法")
    required: bool = Field(description="是否每个人都要")
    note: str


class StepOut(Schema):
    title: str
    text: str
    time: str


class QuestionOut(Schema):
    question: str
    answer: str


class GuideDetail(GuideOut):
    legal_basis: list[LawOut]
    conditions: str
    materials: list[MaterialOut]
    steps: list[StepOut]
    location: str
    hours: str
    phone: str
    complaint_phone: str
    result: str
    text: str = Field(description="更多说明")
    faq: list[QuestionOut]


class PolicyOut(PageOut):
    document_number: str
    issuing_body: str
    issued_on: date
    revised_on: date | None = Field(description="最近一次修订的日期")
    published_on: date | None
    effective_on: date | None
    ends_on: date | None = Field(description="有效期至，含当天")
    state: str = Field(description="coming 尚未施行、in_force 现行有效、ended 已失效")
    is_summary: bool = Field(description="true：本页只讲要点，以原文为准")
    is_sample: bool


class AttachmentOut(Schema):
    title: str
    address: str


class PolicyDetail(PolicyOut):
    index_number: str
    subject: str
    ended_by: str
    replaces: list[str] = Field(description="取代的文件的slug")
    text: str
    attachments: list[AttachmentOut]


class GuideList(Schema):
    total: int
    next: str | None = Field(description="下一页的地址；没有则为null")
    items: list[GuideOut]


class PolicyList(Schema):
    total: int
    next: str | None = Field(description="下一页的地址；没有则为null")
    items: list[PolicyOut]
