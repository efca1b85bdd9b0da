/** Libraries of Python. */
import type { Library } from '../libraries.ts';

const FORMATTER = /setFormatter\s*\(/;

/** A formatter that no handler is given writes nothing. */
function unattached(code: string): boolean {
  return !FORMATTER.test(code);
}

const JSON_FORMATTERS = [
  'python-json-logger',
  'json-log-formatter',
  'ecs-logging',
  'logstash-formatter',
  'python-logstash',
];

/** A formatter of `logging.config.dictConfig`, by its name there. */
const NAMED_FORMATTER =
  /["'](\w+)["']\s*:\s*\{[^{}]{0,300}?["'](?:pythonjsonlogger|logstash_formatter|json_log_formatter|ecs_logging)\./;

/** Whether a handler is given the formatter of that name. */
function isHandled(code: string): boolean {
  const name = NAMED_FORMATTER.exec(code)?.[1];
  return name !== undefined && new RegExp(`["']formatter["']\\s*:\\s*["']${name}["']`).test(code);
}

const DD = /\bpatch_all\s*\(|\bpatch\s*\(|\btracer\.(?:configure|trace|wrap)\s*\(|\bTraceMiddleware\s*\(/;

export const PYTHON: readonly Library[] = (
  [
    {
      names: [
        'opentelemetry-sdk',
        'opentelemetry-exporter-*',
        'opentelemetry-instrumentation*',
        'opentelemetry-distro',
      ],
      modules: ['opentelemetry'],
      family: 'opentelemetry',
      gives: {
        tracing: /\bset_tracer_provider\s*\(|\bTracerProvider\s*\(/,
        metrics: /\bset_meter_provider\s*\(|\bMeterProvider\s*\(/,
        'log-correlation': /\bLoggingInstrumentor\s*\(|\bLoggerProvider\s*\(/,
      },
    },
    {
      names: ['azure-monitor-opentelemetry'],
      modules: ['azure.monitor.opentelemetry'],
      family: 'azure',
      gives: { tracing: /\bconfigure_azure_monitor\s*\(/, metrics: /\bconfigure_azure_monitor\s*\(/ },
    },
    {
      names: ['opencensus', 'opencensus-ext-*'],
      modules: ['opencensus'],
      gives: {
        tracing: /\b(?:Azure|Stackdriver|Jaeger|Trace)Exporter\s*\(|\bFlaskMiddleware\s*\(/,
        metrics: /\b(?:metrics|stats)_exporter\.new_\w+\s*\(|\bview_manager\.register/,
      },
    },
    { names: ['logfire'], family: 'opentelemetry', gives: { tracing: /\blogfire\.configure\s*\(/ } },
    {
      names: ['ddtrace'],
      family: 'datadog',
      gives: {
        tracing: DD,
        metrics: /\bRuntimeMetrics\.enable\s*\(/,
        'log-correlation': /\bpatch\([^)]*\blogging\s*=\s*True/,
      },
    },
    {
      names: ['datadog'],
      family: 'datadog',
      gives: {
        metrics: /\binitialize\s*\(|\bDogStatsd\s*\(|\bstatsd\.(?:increment|gauge|timing|histogram|distribution)\s*\(/,
      },
    },
    {
      names: ['newrelic'],
      family: 'newrelic',
      gives: { tracing: /\bagent\.initialize\s*\(|\bWSGIApplicationWrapper\s*\(/, metrics: /\bagent\.initialize\s*\(/ },
    },
    {
      names: ['elastic-apm'],
      modules: ['elasticapm'],
      family: 'elastic',
      gives: { tracing: /\bElasticAPM\s*\(|\bmake_apm_client\s*\(|\belasticapm\.instrument\s*\(/ },
    },
    {
      names: ['aws-xray-sdk'],
      modules: ['aws_xray_sdk'],
      family: 'aws',
      gives: { tracing: /\bxray_recorder\.configure\s*\(|\bXRayMiddleware\s*\(|\bpatch_all\s*\(/ },
    },
    {
      names: ['aws-lambda-powertools'],
      modules: ['aws_lambda_powertools'],
      family: 'aws',
      gives: {
        tracing: /\bTracer\s*\(/,
        metrics: /\bMetrics\s*\(/,
        'logging-structured': /\bLogger\s*\(/,
      },
    },
    {
      names: ['jaeger-client'],
      modules: ['jaeger_client'],
      family: 'jaeger',
      gives: { tracing: /\binitialize_tracer\s*\(/ },
    },
    {
      names: ['py-zipkin', 'py_zipkin'],
      modules: ['py_zipkin'],
      family: 'zipkin',
      gives: { tracing: /\bzipkin_span\s*\(/ },
    },
    {
      names: ['instana'],
      gives: { tracing: { text: /^[ \t]*import[ \t]+instana\b/m }, metrics: { text: /^[ \t]*import[ \t]+instana\b/m } },
    },
    {
      names: ['prometheus-client', 'prometheus_client'],
      modules: ['prometheus_client'],
      family: 'prometheus',
      gives: {
        metrics:
          /\b(?:start_http_server|start_wsgi_server|make_wsgi_app|make_asgi_app|generate_latest|push_to_gateway|pushadd_to_gateway|Counter|Gauge|Histogram|Summary)\s*\(/,
      },
    },
    {
      names: ['django-prometheus'],
      modules: [],
      family: 'prometheus',
      gives: { metrics: { text: /["']django_prometheus\.urls["']/ } },
    },
    {
      names: ['elastic-apm'],
      modules: [],
      family: 'elastic',
      gives: { tracing: { text: /["']elasticapm\.contrib\.(?:django|flask)["']/ } },
    },
    {
      names: ['prometheus-flask-exporter', 'prometheus_flask_exporter', 'gds-metrics'],
      modules: ['prometheus_flask_exporter', 'gds_metrics'],
      family: 'prometheus',
      gives: { metrics: /\b\w*Metrics\s*\(|\bmetrics\.init_app\s*\(/ },
    },
    {
      names: ['prometheus-fastapi-instrumentator', 'starlette-exporter', 'starlette-prometheus'],
      modules: ['prometheus_fastapi_instrumentator', 'starlette_exporter', 'starlette_prometheus'],
      family: 'prometheus',
      gives: { metrics: /\bInstrumentator\s*\(|\badd_middleware\s*\(|\badd_route\s*\(/ },
    },
    {
      names: ['statsd'],
      family: 'statsd',
      gives: { metrics: /\b\w*StatsClient\s*\(|\bstatsd\.(?:incr|timing|gauge)\s*\(/ },
    },
    {
      names: ['aws-embedded-metrics'],
      modules: ['aws_embedded_metrics'],
      family: 'aws',
      gives: { metrics: { text: /@metric_scope\b|\bcreate_metrics_logger\s*\(|\bMetricsLogger\s*\(/ } },
    },
    {
      names: ['structlog'],
      gives: {
        'logging-structured': /\bJSONRenderer\s*\(|\bLogfmtRenderer\s*\(/,
        'log-correlation': /\bbind_contextvars\s*\([^)]{0,200}\b(?:request|trace|correlation)_?id\b/,
      },
    },
    {
      names: JSON_FORMATTERS,
      modules: ['pythonjsonlogger', 'json_log_formatter', 'ecs_logging', 'logstash_formatter', 'logstash'],
      gives: {
        'logging-structured':
          /(?<!class[ \t])\b\w*(?:JsonFormatter|JSONFormatter|LogstashFormatter\w*|StdlibFormatter)\s*\(/,
      },
      spoiledBy: unattached,
    },
    {
      names: JSON_FORMATTERS,
      modules: [],
      gives: { 'logging-structured': { text: NAMED_FORMATTER } },
      spoiledBy: (code) => !isHandled(code),
    },
    {
      names: ['django-log-formatter-asim', 'django-log-formatter-ecs'],
      modules: ['django_log_formatter_asim', 'django_log_formatter_ecs'],
      gives: { 'logging-structured': { text: /["']\(\)["']\s*:\s*["']?(?:[\w.]+\.)?(?:ASIM|ECS)Formatter\b/ } },
    },
    // Written by hand: a formatter by that name which is made somewhere.
    {
      names: [],
      modules: [],
      called: 'a formatter of its own',
      spoiledBy: (code) => /\b(?:pythonjsonlogger|json_log_formatter|ecs_logging|logstash\w*)\b/.test(code),
      gives: { 'logging-structured': /(?<!class[ \t])\b\w*(?:Json|JSON)\w*Formatter\s*\(/ },
    },
    {
      names: ['datadog-api-client'],
      general: true,
      modules: ['datadog_api_client'],
      family: 'datadog',
      gives: { metrics: /\.submit_metrics\s*\(/ },
    },
    { names: ['boto3'], general: true, family: 'aws', gives: { metrics: /\.put_metric_data\s*\(/ } },
    { names: ['json-logging'], modules: ['json_logging'], gives: { 'logging-structured': /\binit_\w+\s*\(/ } },
    { names: ['loguru'], gives: { 'logging-structured': /\bserialize\s*=\s*True/ } },
    {
      names: ['google-cloud-logging'],
      modules: ['google.cloud.logging', 'google.cloud import logging'],
      gives: { 'logging-structured': /\bsetup_logging\s*\(|\bStructuredLogHandler\s*\(|\bCloudLoggingHandler\s*\(/ },
    },
    {
      names: ['asgi-correlation-id', 'django-guid', 'flask-log-request-id', 'django-log-request-id'],
      modules: ['asgi_correlation_id', 'django_guid', 'flask_log_request_id', 'log_request_id'],
      gives: { 'log-correlation': /\badd_middleware\s*\(|\bCorrelationIdFilter\s*\(|\bRequestID(?:LogFilter)?\s*\(/ },
    },
    {
      names: ['sentry-sdk'],
      modules: ['sentry_sdk'],
      family: 'sentry',
      gives: {
        'error-tracking': /\b(?:sentry_sdk\.)?init\s*\(/,
        tracing: /\btraces_sample_rate\s*=\s*(?:1\b|0?\.0*[1-9])|\btraces_sampler\s*=\s*(?!None\b)\w/,
      },
    },
    {
      names: ['sentry-sdk'],
      modules: ['sentry_sdk import metrics', 'sentry_sdk.metrics'],
      general: true,
      family: 'sentry',
      gives: { metrics: /\bmetrics\.(?:count|gauge|distribution)\s*\(/ },
    },
    { names: ['rollbar', 'bugsnag', 'honeybadger'], gives: { 'error-tracking': /\b(?:init|configure)\s*\(/ } },
    {
      names: ['django-health-check', 'py-healthcheck'],
      modules: ['health_check', 'healthcheck'],
      gives: { health: undefined },
    },
    {
      names: ['tenacity', 'backoff', 'pybreaker', 'circuitbreaker', 'stamina'],
      gives: {
        resilience: {
          text: /@(?:\w+\.)?(?:retry|on_exception|on_predicate|circuit)\b|\bCircuitBreaker\s*\(|\bRetrying\s*\(/,
        },
      },
    },
    {
      names: [
        'UnleashClient',
        'unleashclient',
        'launchdarkly-server-sdk',
        'openfeature-sdk',
        'flagsmith',
        'django-waffle',
        'growthbook',
      ],
      modules: ['UnleashClient', 'ldclient', 'openfeature', 'flagsmith', 'waffle', 'growthbook'],
      gives: {
        'feature-flags':
          /\b(?:UnleashClient|set_config|set_provider|Flagsmith|flag_is_active|switch_is_active|GrowthBook)\s*\(/,
      },
    },
  ] satisfies readonly Omit<Library, 'ecosystem'>[]
).map((it) => ({ ecosystem: 'pypi', ...it }));
