"""The registration form of a place name."""

from wagtail.admin.forms import WagtailAdminModelForm

from place_names import codes
from place_names.history import next_code
from place_names.romanisation import romanise, split_name


class PlaceNameForm(WagtailAdminModelForm):
    """Fills what follows from the rest, and holds the code against class and subdistrict."""

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
            data["romanisation"] = romanise(
                name, data.get("specific", ""), data.get("generic", ""), category.code
            )
        subdistricts = self._subdistrict_codes()
        if not data.get("code"):
            data["code"] = next_code(category.code, subdistricts)
        elif {"code", "category"} & set(self.changed_data) or self._subdistricts_changed():
            for _, fault in codes.faults(data["code"], category.code, subdistricts):
                self.add_error("code", f"{fault}。")
        return data

    def _rows(self):
        formset = self.formsets.get("place_subdistricts") if hasattr(self, "formsets") else None
        return formset if formset is not None and formset.is_valid() else None

    def _subdistrict_codes(self) -> list[str]:
        formset = self._rows()
        if formset is None:
            return []
        rows = [row for row in formset.cleaned_data if row and not row.get("DELETE")]
        rows = [row for row in rows if row.get("subdistrict")]
        rows.sort(key=lambda row: row.get("ORDER") or 0)
        return [row["subdistrict"].code for row in rows]

    def _subdistricts_changed(self) -> bool:
        formset = self._rows()
        return formset is not None and formset.has_changed()

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            self.instance.derive()
