"""A mixin for models with a geometry, from which point and extent are derived."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from place_names.geometry import shapes

HAS_EXTENT = Q(max_lon__gt=models.F("min_lon")) | Q(max_lat__gt=models.F("min_lat"))
"""Lines and areas: what is no point. A partial index has this very condition."""


class Located(models.Model):
    """A geometry in CGCS2000, with a point to stand for it and its extent in columns."""

    geometry = models.JSONField(
        "图形", null=True, blank=True, help_text="点、线或面，2000国家大地坐标系。"
    )
    lon = models.FloatField("东经", null=True, blank=True, editable=False)
    lat = models.FloatField("北纬", null=True, blank=True, editable=False)
    min_lon = models.FloatField(null=True, editable=False)
    min_lat = models.FloatField(null=True, editable=False)
    max_lon = models.FloatField(null=True, editable=False)
    max_lat = models.FloatField(null=True, editable=False)

    class Meta:
        abstract = True

    def measure(self) -> None:
        """Make point, extent and geometry agree.

        A point is its own geometry. A line or polygon keeps the point that was given for it
        (on a road: its best known spot) and gets one of its own where none was.
        """
        if not self.geometry and self.lon is not None and self.lat is not None:
            self.geometry = {"type": "Point", "coordinates": [self.lon, self.lat]}
        if not self.geometry:
            self.geometry = None
            for name in ("lon", "lat", "min_lon", "min_lat", "max_lon", "max_lat"):
                setattr(self, name, None)
            return
        found = shapes.measure(self.geometry)
        if self.geometry["type"] == "Point" or self.lon is None or self.lat is None:
            self.lon, self.lat = found.lon, found.lat
        self.min_lon, self.max_lon = min(found.min_lon, self.lon), max(found.max_lon, self.lon)
        self.min_lat, self.max_lat = min(found.min_lat, self.lat), max(found.max_lat, self.lat)

    def draw(self, geometry: dict | None) -> None:
        """Replaces the geometry; the point is derived from the new one."""
        self.geometry, self.lon, self.lat = geometry, None, None

    def clean(self):
        super().clean()
        if self.geometry:
            try:
                shapes.check(self.geometry)
            except shapes.ShapeError as error:
                raise ValidationError({"geometry": str(error)}) from error

    def save(self, *args, **kwargs):
        self.measure()
        super().save(*args, **kwargs)


def on_earth(name: str) -> models.CheckConstraint:
    """A point and an extent that hang together, or none at all."""
    return models.CheckConstraint(
        condition=Q(
            lon__isnull=True,
            lat__isnull=True,
            min_lon__isnull=True,
            min_lat__isnull=True,
            max_lon__isnull=True,
            max_lat__isnull=True,
        )
        | Q(
            lon__gte=models.F("min_lon"),
            lon__lte=models.F("max_lon"),
            lat__gte=models.F("min_lat"),
            lat__lte=models.F("max_lat"),
            min_lon__gte=-180,
            max_lon__lte=180,
            min_lat__gte=-90,
            max_lat__lte=90,
        ),
        name=name,
        violation_error_message="坐标超出经纬度范围。",
    )
