"""Rebuild the server's index without downtime, and repair it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from search.analysis import VERSION
from search.models import IndexState, PlaceOutbox
from search.places.source import source

from . import outbox
from .connection import alias, connect
from .documents import PlaceNameDocument
from .engine import ElasticsearchEngine, answering

BATCH = 1000
PATIENCE = 60
ABANDONED = timedelta(hours=6)


class BuildingError(Exception):
    """The new index was not put in place; the old one still answers."""


def rebuild(progress: Callable[[int, int], object] = lambda done, total: None) -> int:
    """New index → bulk → replay the outbox → count check → alias swap → drop the old.

    Changes made meanwhile go to both indices. Returns the number of places. Raises
    BuildingError when another rebuild is under way or the counts do not agree.
    """
    with answering():
        client = _client()
        name = f"{alias()}-{timezone.now():%Y%m%d%H%M%S%f}"
        _claim(name)
        try:
            _drop(client, [index for index in _indices(client) if not _answers(client, index)])
            PlaceNameDocument.init(index=name, using=client)
            total = _fill(client, name, progress)
            outbox.drain()
            _check(client, name)
            _swap(client, name)
        except BaseException:
            _drop(client, [name])
            _release(name)
            raise
        _release(name, version=VERSION)
        outbox.drain()
        return total


def is_there() -> bool:
    """Whether the server has an index made by this version of the analysis."""
    with answering():
        return bool(_client().indices.exists_alias(name=alias()))


def _client() -> Elasticsearch:
    return connect(settings.SEARCH_URL).options(request_timeout=PATIENCE)


@transaction.atomic
def _claim(name: str) -> None:
    """Register the index that is being built, so that changes are sent to it too."""
    state, _ = IndexState.objects.select_for_update().get_or_create(
        engine="elasticsearch", defaults={"version": 0}
    )
    if state.building and state.built_at > timezone.now() - ABANDONED:
        raise BuildingError(f"An index is being built already: {state.building}.")
    state.building = name
    state.save()


def _release(name: str, **fields: int) -> None:
    IndexState.objects.filter(engine="elasticsearch", building=name).update(
        building="", built_at=timezone.now(), **fields
    )


def next_version() -> int:
    """A version later than all changes so far and earlier than those to come."""
    row = PlaceOutbox.objects.create(place_id=0)
    version = row.pk
    row.delete()
    return version


def _fill(client: Elasticsearch, name: str, progress: Callable[[int, int], object]) -> int:
    version = next_version()
    engine = ElasticsearchEngine(client, name)
    ids = source().ids()
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        engine.index(source().places(some), version)
        progress(min(start + BATCH, len(ids)), len(ids))
    return len(ids)


def _check(client: Elasticsearch, name: str) -> None:
    client.indices.refresh(index=name)
    found = client.count(index=name)["count"]
    wanted = len(source().ids())
    if found == wanted:
        return
    mended = _mend(client, name)
    client.indices.refresh(index=name)
    found, wanted = client.count(index=name)["count"], len(source().ids())
    if found != wanted:
        raise BuildingError(f"{found} places instead of {wanted} after mending {mended}.")


def _swap(client: Elasticsearch, name: str) -> None:
    old = [index for index in _indices(client) if _answers(client, index)]
    actions: list[dict] = [{"add": {"index": name, "alias": alias(), "is_write_index": True}}]
    actions += [{"remove_index": {"index": index}} for index in old]
    client.indices.update_aliases(actions=actions)


def _indices(client: Elasticsearch) -> list[str]:
    return sorted(client.indices.get(index=f"{alias()}-*", expand_wildcards="all"))


def _answers(client: Elasticsearch, index: str) -> bool:
    return bool(client.indices.exists_alias(name=alias(), index=index))


def _drop(client: Elasticsearch, indices: Iterable[str]) -> None:
    for index in indices:
        client.options(ignore_status=404).indices.delete(index=index)


def repair() -> dict[str, int]:
    """Compare the server's index with the register and mend what differs; counts by fault.

    Builds the index where there is none.
    """
    with answering():
        client = _client()
        if not is_there():
            return {"missing": rebuild(), "changed": 0, "surplus": 0}
        outbox.drain()
        client.indices.refresh(index=alias())
        mended = _mend(client, alias())
        client.indices.refresh(index=alias())
        return mended


def _mend(client: Elasticsearch, index: str) -> dict[str, int]:
    engine = ElasticsearchEngine(client, index)
    ids = source().ids()
    known = set(ids)
    version = next_version()
    surplus = [place_id for place_id in _stored_ids(client, index) if place_id not in known]
    engine.delete(surplus, version)
    missing = changed = 0
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        stored = _stored(client, index, some)
        wrong = []
        for place in source().places(some):
            if place.id not in stored:
                missing += 1
            elif stored[place.id] != place.to_json():
                changed += 1
            else:
                continue
            wrong.append(place)
        engine.index(wrong, version)
    return {"missing": missing, "changed": changed, "surplus": len(surplus)}


def _stored(client: Elasticsearch, index: str, ids: list[int]) -> dict[int, str]:
    found = client.mget(index=index, ids=[str(i) for i in ids], source_includes=["source"])
    return {int(doc["_id"]): doc["_source"]["source"] for doc in found["docs"] if doc.get("found")}


def _stored_ids(client: Elasticsearch, index: str) -> Iterator[int]:
    for hit in scan(client, index=index, query={"_source": False}, size=5000):
        yield int(hit["_id"])
