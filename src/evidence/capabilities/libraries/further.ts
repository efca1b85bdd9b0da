/** Libraries of PHP, Rust and Elixir. */
import type { Library } from '../libraries.ts';

/** Where lines for people are the alternative, whoever starts the program chooses. */
function chosenAtStart(code: string): boolean {
  return /\.(?:compact|pretty|without_time)\(\)|\bJson\s*=>|"json"\)?\s*=>|\bslog_term::/.test(code);
}

export const FURTHER: readonly Library[] = [
  {
    ecosystem: 'composer',
    names: ['open-telemetry/sdk', 'open-telemetry/opentelemetry'],
    family: 'opentelemetry',
    gives: {
      tracing: /\bTracerProvider(?:Factory)?\b[^;]{0,80}\(|\bSdk::builder\s*\(/,
      metrics: /\bMeterProvider\w*\b[^;]{0,80}\(/,
    },
  },
  { ecosystem: 'composer', names: ['datadog/dd-trace'], family: 'datadog', gives: { tracing: undefined } },
  {
    ecosystem: 'composer',
    names: ['promphp/prometheus_client_php', 'jimdo/prometheus_client_php', 'endclothing/prometheus_client_php'],
    family: 'prometheus',
    gives: { metrics: /\bCollectorRegistry\s*\(|\bCollectorRegistry::getDefault\s*\(/ },
  },
  {
    ecosystem: 'composer',
    names: ['league/statsd', 'datadog/php-datadogstatsd'],
    family: 'statsd',
    gives: { metrics: /\bnew (?:Client|DogStatsd|BatchedDogStatsd)\s*\(/ },
  },
  {
    ecosystem: 'composer',
    names: ['monolog/monolog', 'laravel/framework', 'symfony/monolog-bundle'],
    general: true,
    gives: { 'logging-structured': /\bJsonFormatter(?:::class|\s*\()|\bLogstashFormatter(?:::class|\s*\()/ },
  },
  {
    ecosystem: 'composer',
    names: ['sentry/sentry', 'sentry/sentry-laravel', 'sentry/sentry-symfony'],
    family: 'sentry',
    gives: { 'error-tracking': undefined },
  },
  {
    ecosystem: 'composer',
    names: ['unleash/client', 'laravel/pennant'],
    gives: { 'feature-flags': /\bUnleashBuilder\b|\bFeature::(?:active|define)\s*\(/ },
  },
  {
    ecosystem: 'cargo',
    names: ['tracing-opentelemetry', 'opentelemetry-otlp', 'opentelemetry-jaeger', 'opentelemetry_sdk'],
    family: 'opentelemetry',
    gives: {
      tracing:
        /\btracing_opentelemetry::layer\s*\(|\bOpenTelemetryLayer::new\s*\(|\bset_tracer_provider\s*\(|\binstall_batch\s*\(/,
    },
  },
  {
    ecosystem: 'cargo',
    names: ['opentelemetry_sdk', 'opentelemetry'],
    family: 'opentelemetry',
    gives: { metrics: /\bset_meter_provider\s*\(/ },
  },
  {
    ecosystem: 'cargo',
    names: ['prometheus', 'prometheus-client', 'metrics-exporter-prometheus', 'axum-prometheus', 'actix-web-prom'],
    family: 'prometheus',
    gives: {
      metrics:
        /\bPrometheusBuilder::new\s*\(|\bTextEncoder::new\s*\(|\bencode\s*\(|\bregister_\w+!\s*[({]|\bPrometheusMetric\w*::/,
    },
  },
  { ecosystem: 'cargo', names: ['cadence'], family: 'statsd', gives: { metrics: /\bStatsdClient::\w+\s*\(/ } },
  {
    ecosystem: 'cargo',
    names: ['tracing-subscriber'],
    gives: { 'logging-structured': /\.json\(\)|\.with_formatter\s*\(\s*Json/ },
    spoiledBy: chosenAtStart,
  },
  {
    ecosystem: 'cargo',
    names: ['tracing-bunyan-formatter', 'slog-json', 'slog-mozlog-json', 'json-subscriber'],
    gives: {
      'logging-structured':
        /\bBunyanFormattingLayer::new\s*\(|\bslog_json::Json\b|\bMozLogJson::new\s*\(|\bjson_subscriber::/,
    },
    spoiledBy: chosenAtStart,
  },
  {
    ecosystem: 'cargo',
    names: ['sentry'],
    family: 'sentry',
    gives: { 'error-tracking': /\bsentry::init\s*\(/, tracing: /\btraces_sample_rate:\s*(?:1\b|0?\.0*[1-9])/ },
  },
  {
    ecosystem: 'cargo',
    names: ['backoff', 'backon', 'tokio-retry', 'failsafe'],
    gives: { resilience: /\bretry\w*\s*\(|\.retry\s*\(/ },
  },
  {
    ecosystem: 'hex',
    names: ['opentelemetry', 'opentelemetry_phoenix', 'opentelemetry_exporter'],
    family: 'opentelemetry',
    gives: { tracing: /\bOpentelemetry\w+\.setup\s*\(/ },
  },
  {
    ecosystem: 'hex',
    names: ['prom_ex', 'telemetry_metrics_prometheus', 'prometheus_ex'],
    family: 'prometheus',
    gives: { metrics: /\buse PromEx\b|\bTelemetryMetricsPrometheus\b|\buse Prometheus\.\w+/ },
  },
  {
    ecosystem: 'hex',
    names: ['statix', 'telemetry_metrics_statsd'],
    family: 'statsd',
    gives: { metrics: /\buse Statix\b|\bTelemetryMetricsStatsd\b/ },
  },
  {
    ecosystem: 'hex',
    names: [],
    called: "the logger's metadata",
    gives: { 'log-correlation': /\bmetadata:\s*\[[^\]]{0,300}:(?:request_id|trace_id)\b/ },
  },
  { ecosystem: 'hex', names: ['logger_json'], gives: { 'logging-structured': /\bLoggerJSON\b/ } },
  {
    ecosystem: 'hex',
    names: ['new_relic_agent', 'appsignal'],
    family: 'newrelic',
    gives: { tracing: undefined, metrics: undefined },
  },
  { ecosystem: 'hex', names: ['sentry'], family: 'sentry', gives: { 'error-tracking': undefined } },
];
