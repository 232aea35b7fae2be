"""Viewsets of the records that officers edit."""

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import WorkflowState
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from home.staff.desk.reviewing import ReviewedEditView, ReviewedViewSet
from place_names.geometry.coordinates import SYSTEMS
from place_names.importing.readers import ENCODINGS
from place_names.models import Category, ImportMapping, PlaceName, Subdistrict
from place_names.names.rows import HEADINGS

from .finding import PlaceNameChooserViewSet, find
from .forms import PlaceNameForm
from .history import history_buttons
from .map_widget import GeometryWidget


class PlaceNameFilterSet(WagtailFilterSet):
    category = django_filters.ModelChoiceFilter(
        label="类别",
        queryset=Category.objects.filter(places__isnull=False).distinct(),
        method="in_category",
    )
    subdistrict = django_filters.ModelChoiceFilter(
        label="街道", queryset=Subdistrict.objects.order_by("code"), method="in_subdistrict"
    )
    status = django_filters.MultipleChoiceFilter(
        label="状态", choices=PlaceName.Status.choices, widget=forms.CheckboxSelectMultiple
    )
    has_unpublished_changes = django_filters.BooleanFilter(label="有未发布的修改")
    locked = django_filters.BooleanFilter(label="已锁定")
    unplaced = django_filters.BooleanFilter(
        label="没有坐标", field_name="lon", lookup_expr="isnull"
    )

    class Meta:
        model = PlaceName
        fields = ["category", "subdistrict", "status", "has_unpublished_changes", "locked"]

    def in_category(self, queryset, name, value):
        return queryset.in_category(value) if value else queryset

    def in_subdistrict(self, queryset, name, value):
        return queryset.in_subdistrict(value) if value else queryset


class PlaceNameIndexView(IndexView):
    def get_base_queryset(self):
        places = super().get_base_queryset().select_related("category", "subdistrict")
        # Wagtail looks there for the state of each; pages have a method for it, snippets none.
        running = Prefetch(
            "workflow_states", WorkflowState.objects.active(), to_attr="_current_workflow_states"
        )
        return places.prefetch_related(running).defer(
            "geometry", "history", "description", "meaning", "origin"
        )

    def search_queryset(self, queryset):
        """By characters, pinyin or initials as the public finds names, drafts by name too."""
        if not self.is_searching:
            return queryset
        return find(queryset, self.search_query)

    def get_list_more_buttons(self, instance):
        return [*super().get_list_more_buttons(instance), *history_buttons(self.request, instance)]

    @property
    def header_more_buttons(self):
        buttons = [*super().header_more_buttons]
        if self.request.user.has_perm("place_names.add_importrecord"):
            address = reverse("place_name_imports:list")
            buttons.append(HeaderButton("导入", url=address, icon_name="upload"))
        return buttons


class WarningMessages:
    """Tells after saving which names sound like the one that was saved, and that its point lies
    outside its subdistrict."""

    def save_instance(self):
        saved = super().save_instance()
        for warning in filter(None, (self.form.warning, self.form.outside)):
            messages.warning(self.request, f"“{self.form.instance.name}”{warning}")
        return saved


class PlaceNameCreateView(WarningMessages, CreateView):
    pass


class PlaceNameEditView(WarningMessages, ReviewedEditView):
    @property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *history_buttons(self.request, self.object)]


class PlaceNameViewSet(ReviewedViewSet):
    model = PlaceName
    icon = "site"
    menu_label = "地名登记"
    menu_order = 10
    add_to_admin_menu = False
    index_view_class = PlaceNameIndexView
    add_view_class = PlaceNameCreateView
    edit_view_class = PlaceNameEditView
    chooser_viewset_class = PlaceNameChooserViewSet
    filterset_class = PlaceNameFilterSet
    search_fields = ["name"]
    search_backend_name = None  # see PlaceNameIndexView.search_queryset
    list_per_page = 50
    ordering = ["code"]
    inspect_view_enabled = True
    list_display = [
        "name",
        Column("romanisation", label="拼写"),
        Column("code", label="地名代码"),
        Column("category", label="类别", sort_key="category__code"),
        Column("subdistrict", label="主要街道", sort_key="subdistrict__code"),
        Column("get_status_display", label="地名状态", sort_key="status"),
        LiveStatusTagColumn(),
        DateColumn("updated_at", label="更新时间", sort_key="updated_at"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("name", required_on_save=True),
                            FieldRowPanel([FieldPanel("specific"), FieldPanel("generic")]),
                            FieldPanel(
                                "romanisation",
                                help_text="留空则按1984年拼写规则自动给出，请核对读音。",
                            ),
                        ],
                        "标准名称",
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("category", widget=forms.Select),
                            FieldPanel(
                                "code", help_text="20位。新登记时可留空，按类别和街道自动编号。"
                            ),
                            FieldPanel("status"),
                            FieldRowPanel(
                                [FieldPanel("year_established"), FieldPanel("year_abolished")]
                            ),
                            FieldPanel("abolition_ground"),
                        ],
                        "类别与状态",
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel(
                                [FieldPanel("approving_body"), FieldPanel("approved_on")]
                            ),
                            FieldPanel("approval_document"),
                        ],
                        "批准",
                    ),
                    InlinePanel(
                        "variants", heading="别名、简称、曾用名、方言读音、外文名", label="其他名称"
                    ),
                ],
                heading="名称",
            ),
            ObjectList(
                [
                    InlinePanel(
                        "place_subdistricts",
                        heading="所在街道",
                        label="街道",
                        help_text="第一个为主要街道；跨街道的道路、河涌请全部填写。",
                    ),
                    FieldPanel("geometry", widget=GeometryWidget),
                ],
                heading="位置",
            ),
            ObjectList(
                [FieldPanel(name) for name in ("meaning", "origin", "history", "description")],
                heading="含义与沿革",
            ),
            ObjectList(
                [
                    FieldPanel("sources"),
                    FieldPanel("remarks"),
                    InlinePanel("place_images", heading="照片", label="照片"),
                ],
                heading="资料",
            ),
            ObjectList([PublishingPanel()], heading="发布时间"),
        ],
        base_form_class=PlaceNameForm,
    )


class SubdistrictViewSet(SnippetViewSet):
    model = Subdistrict
    icon = "snippet"
    menu_label = "街道"
    search_fields = ["name", "code"]
    search_backend_name = None
    list_display = ["name", "code", "romanisation", Column("area", label="面积（平方米）")]
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("name")]),
        FieldPanel("romanisation"),
        FieldPanel("area"),
        FieldPanel("description"),
        FieldPanel("geometry", widget=GeometryWidget),
    ]


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "list-ul"
    menu_label = "地名类别"
    search_fields = ["name", "code"]
    search_backend_name = None
    list_per_page = 100
    list_display = ["code", "name", Column("parent", label="上级"), "certainty"]
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("name")]),
        FieldPanel("parent", widget=forms.Select),
        FieldRowPanel([FieldPanel("certainty"), FieldPanel("evidence")]),
    ]


class ColumnsPanel(FieldPanel):
    """The columns in words; they are chosen in an import, where the file is at hand."""

    def format_value_for_display(self, value):
        return "；".join(
            f"{heading} → {HEADINGS.get(name, name)}" for heading, name in value.items()
        )


class ImportMappingViewSet(SnippetViewSet):
    """Saved while importing, renamed or thrown away here."""

    model = ImportMapping
    icon = "table"
    menu_label = "导入的列对应"
    search_fields = ["name"]
    search_backend_name = None
    list_display = [
        "name",
        Column("encoding", label="编码", accessor=lambda m: ENCODINGS.get(m.encoding, "自动识别")),
        Column(
            "coordinate_system",
            label="坐标系",
            accessor=lambda m: SYSTEMS.get(m.coordinate_system, m.coordinate_system),
        ),
    ]
    panels = [
        FieldPanel("name"),
        ColumnsPanel("columns", read_only=True),
        FieldPanel("encoding", widget=forms.Select(choices=[("", "自动识别"), *ENCODINGS.items()])),
        FieldPanel(
            "coordinate_system",
            widget=forms.TextInput,
            help_text=f"{'、'.join(SYSTEMS)}，或者EPSG:加代号，例如EPSG:4547。",
        ),
    ]
