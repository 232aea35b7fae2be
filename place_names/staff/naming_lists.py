"""The lists behind the pre-check of names, in the menu 地名."""

from django.template.defaultfilters import yesno
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from place_names.models import GenericRule, NamingKind, NamingLetter


def _active(row) -> str:
    return yesno(row.active, "是,否")


class NamingKindViewSet(SnippetViewSet):
    model = NamingKind
    icon = "tag"
    menu_label = "命名类别"
    list_display = [
        "label",
        Column("authority", label="由谁批准"),
        Column("active", label="启用", accessor=_active),
    ]
    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("slug")]),
        MultiFieldPanel(
            [
                FieldPanel("category"),
                FieldPanel("compared"),
                FieldPanel("basis"),
                FieldPanel("specific_severity"),
                FieldPanel("specific_basis"),
            ],
            "比较",
        ),
        MultiFieldPanel(
            [
                FieldPanel("authority"),
                FieldPanel("authority_basis"),
                FieldPanel("materials"),
                FieldPanel("materials_basis"),
            ],
            "办理",
        ),
        FieldRowPanel([FieldPanel("order"), FieldPanel("active")]),
    ]


class GenericRuleViewSet(SnippetViewSet):
    model = GenericRule
    icon = "list-ul"
    menu_label = "通名规则"
    list_display = [
        "term",
        "kinds",
        Column("source", label="依据"),
        Column("active", label="启用", accessor=_active),
    ]
    search_fields = ["term"]
    search_backend_name = None  # some dozen rows
    list_per_page = 100
    panels = [
        FieldRowPanel([FieldPanel("term"), FieldPanel("kinds")]),
        MultiFieldPanel(
            [
                FieldPanel("min_floors"),
                FieldRowPanel([FieldPanel("min_land"), FieldPanel("max_land")]),
                FieldRowPanel([FieldPanel("min_floor_area"), FieldPanel("max_floor_area")]),
            ],
            "规模（有一项达到即可）",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("min_green"), FieldPanel("min_open")]),
                FieldRowPanel([FieldPanel("min_width"), FieldPanel("min_length")]),
            ],
            "另须达到",
        ),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_date")]),
        FieldPanel("active"),
    ]


class NamingLetterViewSet(SnippetViewSet):
    model = NamingLetter
    icon = "doc-full"
    menu_label = "命名文书"
    list_display = [
        "title",
        Column("kind", label="哪一种", accessor="get_kind_display"),
        Column("source", label="依据"),
    ]
    search_backend_name = None
    panels = [FieldPanel("kind"), FieldPanel("title"), FieldPanel("text"), FieldPanel("source")]
