"""Metrics in the form of Prometheus: what this process served and handled, and what the spine has waiting.

Each application has a registry of its own, so that two in one process do not add up.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from berth.kit.db import Pool
from berth.kit.outbox.watching import Backlog

CONTENT_TYPE = CONTENT_TYPE_LATEST
SECONDS_UP_TO = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
LABELS = ("method", "route", "status")


class RouteCounts:
    """The requests of one method and route: by status, and by how long they took.

    The client library's histogram takes several times as long to observe as adding to a list does, and
    the hot path pays for each microsecond.
    """

    __slots__ = ("buckets", "by_status", "seconds")

    def __init__(self) -> None:
        self.by_status: defaultdict[int, int] = defaultdict(int)
        self.buckets = [0] * (len(SECONDS_UP_TO) + 1)
        self.seconds = 0.0

    def add(self, status: int, seconds: float) -> None:
        """Count one request that was answered with this status after so many seconds."""
        self.by_status[status] += 1
        self.buckets[bisect_left(SECONDS_UP_TO, seconds)] += 1
        self.seconds += seconds


class Requests(Collector):
    """The requests that this process served, by method and route."""

    def __init__(self) -> None:
        self._routes: defaultdict[tuple[str, str], RouteCounts] = defaultdict(RouteCounts)

    def of(self, method: str, route: str) -> RouteCounts:
        """Answer the counts of a route, named by its template: raw paths would be without number."""
        return self._routes[method, route]

    def collect(self) -> Iterable[Metric]:
        """Answer the counts as Prometheus names them; a route that nobody called is left out."""
        requests = CounterMetricFamily("berth_http_requests", "Requests answered.", labels=LABELS)
        took = HistogramMetricFamily("berth_http_request_seconds", "How long answers took.", labels=LABELS[:2])
        bounds = [*map(str, SECONDS_UP_TO), "+Inf"]
        for (method, route), counts in sorted(self._routes.items()):
            for status, count in sorted(counts.by_status.items()):
                requests.add_metric((method, route, str(status)), count)
            if counts.by_status:
                so_far = [sum(counts.buckets[: place + 1]) for place in range(len(bounds))]
                took.add_metric((method, route), list(zip(bounds, so_far, strict=True)), counts.seconds)
        return requests, took


class Deliveries:
    """What became of events in this process; told by relays and workers."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def counter(name: str, says: str, label: str) -> Counter:
            return Counter(f"berth_events_{name}", says, [label], registry=registry)

        self._handled = counter("handled", "Events that a group handled.", "group")
        self._retried = counter("retried", "Tries of a group that failed and will be repeated.", "group")
        self._died = counter("died", "Events that became dead letters of a group.", "group")
        self._published = counter("published", "Events handed on from the outbox of a schema.", "schema")

    def handled(self, group: str, count: int) -> None:
        """Count events whose effects a group has committed."""
        self._handled.labels(group).inc(count)

    def retried(self, group: str) -> None:
        """Count a try that failed, of an event that will be tried again."""
        self._retried.labels(group).inc()

    def died(self, group: str) -> None:
        """Count an event that failed its last try."""
        self._died.labels(group).inc()

    def published(self, schema: str, count: int) -> None:
        """Count events that the outbox of a schema has handed on."""
        self._published.labels(schema).inc(count)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is asked of the database for one answer; no backlog stands for a database that did not answer."""

    backlog: Sequence[Backlog] | None
    pools: Sequence[Pool]


class Metrics:
    """All metrics of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Requests()
        self._registry.register(self.requests)
        self.deliveries = Deliveries(self._registry)
        ProcessCollector(registry=self._registry)

    def text(self, seen: Seen) -> bytes:
        """Answer everything as text, of ``CONTENT_TYPE``."""
        passing = CollectorRegistry()
        passing.register(_Once(lambda: [*_database(seen), *(_spine(seen.backlog) if seen.backlog is not None else ())]))
        return generate_latest(self._registry) + generate_latest(passing)


class _Once(Collector):
    """Metrics that are made for one answer."""

    def __init__(self, collect: Callable[[], Iterable[Metric]]) -> None:
        self._collect = collect

    def collect(self) -> Iterable[Metric]:
        return self._collect()


def _database(seen: Seen) -> Iterable[Metric]:
    yield GaugeMetricFamily("berth_database_up", "1 if the database answered.", value=float(seen.backlog is not None))
    connections = GaugeMetricFamily("berth_database_connections", "Connections of the pools.", labels=["state"])
    connections.add_metric(["in_use"], sum(one.in_use for one in seen.pools))
    connections.add_metric(["idle"], sum(one.idle for one in seen.pools))
    connections.add_metric(["max"], sum(one.most for one in seen.pools))
    yield connections


def _spine(backlog: Sequence[Backlog]) -> Iterable[Metric]:
    unpublished = GaugeMetricFamily("berth_outbox_unpublished", "Events to be handed on.", labels=["schema"])
    lag = GaugeMetricFamily("berth_outbox_lag_seconds", "Age of the oldest of them.", labels=["schema"])
    labels = ["schema", "group"]
    waiting = GaugeMetricFamily("berth_inbox_waiting", "Events to be handled.", labels=labels)
    late = GaugeMetricFamily("berth_inbox_lag_seconds", "Age of the oldest of them.", labels=labels)
    failing = GaugeMetricFamily("berth_inbox_failing", "Events among them that have failed.", labels=labels)
    dead = GaugeMetricFamily("berth_dead_letters", "Events that an operator must look at.", labels=labels)
    for one in backlog:
        unpublished.add_metric([one.schema], one.unpublished)
        lag.add_metric([one.schema], one.oldest_unpublished_seconds or 0.0)
        for group in one.groups:
            names = [one.schema, group.group]
            waiting.add_metric(names, group.waiting)
            late.add_metric(names, group.oldest_waiting_seconds or 0.0)
            failing.add_metric(names, group.failing)
            dead.add_metric(names, group.dead)
    yield from (unpublished, lag, waiting, late, failing, dead)
