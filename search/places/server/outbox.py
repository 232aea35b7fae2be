"""Changes on their way to the server.

A row of the outbox is written in the transaction that changes a place. After the commit it
is sent, with its key as version: the server keeps the later of two versions, so rows may be
sent twice, in any order, by several processes. What is sent is the place as it is then, not
as it was. A row stays until the server has taken it; a job sends what was left.
"""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from elasticsearch.helpers import streaming_bulk

from search.breaker import breaker
from search.models import IndexState, PlaceOutbox
from search.places.engine import EngineAwayError
from search.places.source import source

from .connection import alias, connect
from .documents import body
from .engine import answering

logger = logging.getLogger("civil_affairs.search")

BATCH = 500
PATIENCE = 30
"""Seconds for a bulk request."""
TAKEN = {200, 201, 404, 409}
"""404: deleted already; 409: the server has a later version."""


def add(ids: Iterable[int]) -> None:
    """Note changed places in the transaction of the change, and send them after it."""
    PlaceOutbox.objects.bulk_create((PlaceOutbox(place_id=i) for i in ids), batch_size=BATCH)
    transaction.on_commit(_send_soon, robust=True)


def _send_soon() -> None:
    if breaker(settings.SEARCH_URL).is_open:
        return
    try:
        drain(limit=BATCH)
    except EngineAwayError as error:
        breaker(settings.SEARCH_URL).note_failure(str(error))


def drain(limit: int | None = None) -> int:
    """Send what is waiting, at most `limit` rows; returns how many the server has taken.

    Raises EngineAwayError when it does not answer; nothing is lost by that.
    """
    sent = 0
    after = 0
    while limit is None or sent < limit:
        rows = list(
            PlaceOutbox.objects.filter(pk__gt=after)
            .order_by("pk")
            .values_list("pk", "place_id")[:BATCH]
        )
        if not rows:
            break
        after = rows[-1][0]
        versions = {place_id: version for version, place_id in rows}
        taken = _send(versions)
        done = [version for version, place_id in rows if place_id in taken]
        PlaceOutbox.objects.filter(pk__in=done).delete()
        sent += len(done)
    return sent


def targets() -> list[str]:
    """The index that answers, where there is one, and one that is being built.

    Raises EngineAwayError where there is none: then everything waits for a rebuild.
    """
    building = IndexState.objects.filter(engine="elasticsearch").exclude(building="")
    indices = list(building.values_list("building", flat=True))
    with answering():
        if connect(settings.SEARCH_URL).indices.exists_alias(name=alias()):
            indices.append(alias())
    if not indices:
        raise EngineAwayError(f"There is no index {alias()}: run rebuild_search_index.")
    return indices


def _send(versions: dict[int, int]) -> set[int]:
    """Send places by version to all targets; the keys that every target has taken."""
    # The targets before the places: an index registered later reads these changes itself.
    indices = targets()
    places = {place.id: place for place in source().places(list(versions))}
    client = connect(settings.SEARCH_URL).options(request_timeout=PATIENCE)
    refused: set[int] = set()
    for index in indices:
        actions = (_action(index, i, version, places.get(i)) for i, version in versions.items())
        with answering():
            for _, item in streaming_bulk(
                client,
                actions,
                raise_on_error=False,
                chunk_size=BATCH,
                require_alias=index == alias(),
            ):
                outcome = next(iter(item.values()))
                if outcome["status"] not in TAKEN or _has_failed(outcome):
                    refused.add(int(outcome["_id"]))
                    logger.warning("Search server refused place %s: %s", outcome["_id"], outcome)
    return set(versions) - refused


def _has_failed(outcome: dict) -> bool:
    """404 without an error is a place that was deleted already; with one, a lost index."""
    return outcome["status"] == 404 and "error" in outcome


def _action(index: str, place_id: int, version: int, place) -> dict:
    head = {
        "_index": index,
        "_id": str(place_id),
        "version": version,
        "version_type": "external_gte",
    }
    if place is None:
        return {"_op_type": "delete", **head}
    return {"_op_type": "index", **head, **body(place)}


def send_waiting() -> int:
    """Send what is left over from times in which the server was away; never raises."""
    if not PlaceOutbox.objects.exists():
        return 0
    try:
        return drain()
    except EngineAwayError as error:
        logger.info("Search server away, %s changes wait: %s", PlaceOutbox.objects.count(), error)
        return 0
