"""OpenTelemetry, when OTEL_EXPORTER_OTLP_ENDPOINT says where to: spans of requests, of the
database's batches and of what is published. The packages are loaded only then."""

import os
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings

from realtime import tracing

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


def configure() -> None:
    if os.environ.get(ENDPOINT):
        tracing.tracer = _tracer()


def _tracer() -> tracing.Tracer:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    # OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, where set, count more.
    own = {"service.name": "maru", "service.version": settings.VERSION}
    provider = TracerProvider(resource=Resource(own).merge(Resource.create()))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    tracer = provider.get_tracer("maru")

    def start(name: str, attributes: dict[str, str | int]) -> AbstractContextManager[Any]:
        return tracer.start_as_current_span(name, attributes=attributes)

    return start
