"""The embedded index of place names: documents, their tokens and their facets.

Written in the transaction of the name they belong to, so that they never disagree.
"""

from django.db import models

from search.analysis import VERSION


class TokenField(models.CharField):
    """Text ordered by code point everywhere, so that a range of tokens is a prefix."""

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class PlaceDocument(models.Model):
    """A published place as search shows it; the key is that of the register's record."""

    # An automatic key only by type: SQLite finds rows by such a key without another index.
    place_id = models.BigAutoField(primary_key=True)
    size = models.PositiveSmallIntegerField()
    sort_key = TokenField(max_length=250)
    status = models.CharField(max_length=20)
    has_variant = models.BooleanField(default=False)
    # Its values of all facets in one string: few differ, so counts come from one grouping.
    combination = TokenField(max_length=400)
    since = models.SmallIntegerField(null=True)
    until = models.SmallIntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    source = models.TextField()

    class Meta:
        verbose_name = "地名索引"
        indexes = [
            models.Index(fields=["sort_key", "place_id"], name="search_place_by_name"),
            models.Index(fields=["lon", "lat"], name="search_place_by_point"),
            models.Index(fields=["combination"], name="search_place_by_facets"),
        ]

    def __str__(self):
        return str(self.place_id)


class PlaceToken(models.Model):
    """A token of a place; kinds in search.analysis.names."""

    # Written and deleted with the document in one transaction; checking 50 keys a name is slow.
    document = models.ForeignKey(
        PlaceDocument, models.CASCADE, related_name="tokens", db_constraint=False
    )
    kind = models.CharField(max_length=1)
    token = TokenField(max_length=60)

    class Meta:
        verbose_name = "地名索引词"
        indexes = [
            models.Index(fields=["kind", "token", "document"], name="search_token_lookup"),
        ]

    def __str__(self):
        return f"{self.kind}:{self.token}"


class PlaceFacet(models.Model):
    """A class or subdistrict that a place is in, by which it is filtered; it may be in several."""

    document = models.ForeignKey(
        PlaceDocument, models.CASCADE, related_name="facets", db_constraint=False
    )
    facet = models.CharField(max_length=12)
    value = TokenField(max_length=20)

    class Meta:
        verbose_name = "地名索引分面"
        indexes = [
            models.Index(fields=["facet", "value", "document"], name="search_facet_lookup"),
        ]

    def __str__(self):
        return f"{self.facet}:{self.value}"


class PlaceCell(models.Model):
    """So many places more (or less) with these facets and years in a cell of the map; see
    `search.places.embedded.cells`. `lon` and `lat` are sums over them."""

    cell = models.BigIntegerField()
    combination = TokenField(max_length=400)
    since = models.SmallIntegerField(null=True)
    until = models.SmallIntegerField(null=True)
    number = models.IntegerField()
    lon = models.BigIntegerField()
    lat = models.BigIntegerField()

    class Meta:
        verbose_name = "地名索引格网"
        indexes = [models.Index(fields=["cell"], name="search_cell")]

    def __str__(self):
        return f"{self.cell}: {self.number}"


class PlaceOutbox(models.Model):
    """A place whose copy on the search server is out of date; the key is the version.

    A row is written in the transaction that changes the place and deleted when the server
    has taken that version or a later one.
    """

    place_id = models.PositiveBigIntegerField(db_index=True)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "待同步地名"

    def __str__(self):
        return f"{self.place_id}@{self.pk}"


class IndexState(models.Model):
    """With which version of the analysis an index was built, and the one being built."""

    engine = models.CharField(max_length=20, unique=True)
    version = models.PositiveIntegerField()
    building = models.CharField(max_length=120, blank=True)
    built_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "索引状态"

    def __str__(self):
        return f"{self.engine} {self.version}"

    @classmethod
    def version_of(cls, engine: str) -> int | None:
        """The version of the analysis that made this index; None if there is none."""
        return cls.objects.filter(engine=engine).values_list("version", flat=True).first()

    @classmethod
    def note(cls, engine: str) -> None:
        """This index was made by the present version of the analysis."""
        cls.objects.update_or_create(engine=engine, defaults={"version": VERSION})
