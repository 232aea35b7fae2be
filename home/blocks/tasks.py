"""Cards that link to a task, and the main button of a page."""

from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, reverse
from wagtail import blocks

ICONS = [
    ("rings", "双环（婚姻）"),
    ("flower", "花（殡葬）"),
    ("sign", "路牌（地名）"),
    ("hand", "手（救助）"),
    ("access", "轮椅（残疾人）"),
    ("elder", "手杖（养老）"),
    ("child", "儿童"),
    ("home", "社区"),
    ("group", "社会组织"),
    ("badge", "社工"),
    ("heart", "慈善"),
    ("shelter", "流浪救助"),
    ("document", "文件"),
    ("calendar", "日历"),
    ("map", "地图"),
    ("question", "问答"),
]


def leads_to(target: str) -> str:
    """The URL that an editor typed, or that of the URL name; empty if there is no such name."""
    if target.startswith(("/", "https://", "http://")):
        return target
    try:
        return reverse(target)
    except NoReverseMatch:
        return ""


class AddressValue(blocks.StructValue):
    def get_url(self) -> str:
        """The target of the link; empty if the target no longer exists."""
        page = self.get("page")
        if page:
            return page.url or ""
        return leads_to(self.get("address") or "")


class AddressedBlock(blocks.StructBlock):
    """A block with `page` and `address`: exactly one of the two must be given."""

    class Meta:
        value_class = AddressValue

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("address")):
            raise blocks.StructBlockValidationError(
                non_block_errors=["请选择一个页面，或者填写一个地址，二者选一。"]
            )
        if (address := cleaned.get("address")) and not leads_to(address):
            raise blocks.StructBlockValidationError(
                block_errors={"address": ValidationError(f"没有“{address}”这个应用。")}
            )
        return cleaned


class TaskBlock(AddressedBlock):
    """A task on the home page."""

    title = blocks.CharBlock(label="办什么", max_length=40, help_text="用动词开头。")
    text = blocks.CharBlock(label="一句话说明", max_length=90)
    icon = blocks.ChoiceBlock(label="图标", choices=ICONS)
    page = blocks.PageChooserBlock(label="打开页面", required=False)
    address = blocks.CharBlock(
        label="或者地址",
        required=False,
        max_length=200,
        help_text="站内地址（/marriage/）或应用名（marriage:index）。",
    )

    class Meta:
        label = "办事"
        icon = "tick-inverse"
        label_format = "{title}"
