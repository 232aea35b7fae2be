"""What has a place on the map: a geometry, and from it a point and an extent."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from place_names import shapes


class Located(models.Model):
    """A geometry in CGCS2000; point and extent are taken from it whenever it is saved."""

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
        """Set point and extent from the geometry; all empty where there is none."""
        if not self.geometry:
            self.geometry = None
        found = shapes.measure(self.geometry) if self.geometry else None
        for name in ("lon", "lat", "min_lon", "min_lat", "max_lon", "max_lat"):
            setattr(self, name, getattr(found, name) if found else None)

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
