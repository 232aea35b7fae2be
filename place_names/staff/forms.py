"""The registration form of a place name."""

from django.utils.timezone import localdate
from wagtail.admin.forms import WagtailAdminModelForm

from place_names.names import codes, duplicates, standing
from place_names.names.at_point import subdistrict_at
from place_names.names.decided_spellings import spell
from place_names.names.renaming import next_code
from place_names.names.romanisation import split_name

OLDER = "2022年5月1日以前已有的名称，请填写设立年份；尚未批准的，状态请选“待审定”。"


class PlaceNameForm(WagtailAdminModelForm):
    """Fills what follows from the rest, and holds the code against class and subdistrict."""

    warning = outside = ""

    def clean(self):
        data = super().clean()
        if "geometry" in self.changed_data:
            # The point belonged to the geometry that was replaced.
            self.instance.lon = self.instance.lat = None
        name, category = data.get("name"), data.get("category")
        if not name or not category:
            return data
        if not data.get("specific") and not data.get("generic"):
            data["specific"], data["generic"] = split_name(name, category.code)
        if not data.get("romanisation"):
            data["romanisation"] = spell(
                name, data.get("specific", ""), data.get("generic", ""), category.code
            )
        self._check_standing(data)
        if "approved_on" in self.changed_data and (
            fault := standing.fault_of_approval(data.get("approved_on"), localdate())
        ):
            self.add_error("approved_on", fault)
        self._check_alike(name, category, data)
        subdistricts = self._subdistrict_codes()
        if not data.get("code"):
            data["code"] = next_code(category.code, subdistricts)
        elif {"code", "category"} & set(self.changed_data) or self._subdistricts_changed():
            for _, fault in codes.faults(data["code"], category.code, subdistricts):
                self.add_error("code", f"{fault}。")
        return data

    def _check_standing(self, data):
        """Where status or years are changed, or the record is new."""
        names = {"status", "year_established", "year_abolished", "abolition_ground"}
        if self.instance.pk and not names & set(self.changed_data):
            return
        found = standing.faults(
            data.get("status"),
            data.get("year_established"),
            data.get("year_abolished"),
            ground=data.get("abolition_ground", ""),
            this_year=localdate().year,
        )
        for field, message in found:
            self.add_error(field, message)

    def _check_alike(self, name, category, data):
        """A name that is new, or newly in force: `warning` is told after it was saved."""
        in_force = ("standard", "planned")
        is_new = not self.instance.pk or {"name", "category", "status"} & set(self.changed_data)
        if not is_new or data.get("status") not in in_force:
            return
        found = duplicates.alike(
            name,
            category,
            year=data.get("year_established"),
            romanisation=data.get("romanisation", ""),
            besides=self.instance,
        )
        if found.refusal:
            self.add_error("name", f"{found.refusal}{OLDER}")
        self.warning = found.warning

    def _rows(self):
        formset = self.formsets.get("place_subdistricts") if hasattr(self, "formsets") else None
        return formset if formset is not None and formset.is_valid() else None

    def _subdistrict_codes(self) -> list[str]:
        return list(self._subdistrict_names())

    def _subdistrict_names(self) -> dict[str, str]:
        """The names of those that are chosen by their codes, the main one first."""
        formset = self._rows()
        if formset is None:
            return {}
        rows = [row for row in formset.cleaned_data if row and not row.get("DELETE")]
        rows = [row for row in rows if row.get("subdistrict")]
        rows.sort(key=lambda row: row.get("ORDER") or 0)
        return {row["subdistrict"].code: row["subdistrict"].name for row in rows}

    def _subdistricts_changed(self) -> bool:
        formset = self._rows()
        return formset is not None and formset.has_changed()

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            self.instance.derive()
            self.outside = self._point_elsewhere()

    def _point_elsewhere(self) -> str:
        """Where a point lies that was drawn outside the subdistricts that are named, as the checks
        find it; empty where it lies inside. It is told after saving."""
        place = self.instance
        geometry = place.geometry or {}
        moved = "geometry" in self.changed_data or self._subdistricts_changed()
        stated = self._subdistrict_names()
        if not moved or geometry.get("type") != "Point" or not stated:
            return ""
        area = subdistrict_at(*geometry["coordinates"][:2])
        if area and area.code in stated:
            return ""
        where = area.name if area else "本区以外"
        return f"的坐标在{where}，登记的街道是{'、'.join(stated.values())}，请核对。"
