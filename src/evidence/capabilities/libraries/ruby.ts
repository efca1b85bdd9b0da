/** Libraries of Ruby. Bundler requires what the Gemfile names, so code needs no import. */
import type { Library } from '../libraries.ts';

export const RUBY: readonly Library[] = (
  [
    {
      names: ['opentelemetry-sdk', 'opentelemetry-instrumentation-all'],
      family: 'opentelemetry',
      gives: { tracing: /\bOpenTelemetry::SDK\.configure\b/ },
    },
    {
      names: ['ddtrace', 'datadog'],
      family: 'datadog',
      gives: {
        tracing: /\bDatadog\.configure\b/,
        metrics: /\bruntime_metrics\.enabled\s*=\s*true/,
        'log-correlation': /\bDatadog\.configure\b/,
      },
    },
    // Its Railtie starts it when Rails does; outside production its settings file says otherwise.
    { names: ['newrelic_rpm'], family: 'newrelic', gives: { tracing: undefined, metrics: undefined } },
    { names: ['elastic-apm'], family: 'elastic', gives: { tracing: /\bElasticAPM\.start\b/ } },
    { names: ['skylight', 'scout_apm', 'appsignal'], gives: { tracing: undefined, metrics: undefined } },
    {
      names: ['aws-xray-sdk'],
      family: 'aws',
      gives: { tracing: /\bXRay\.recorder\.configure\b|\bRails\.configuration\.xray\b/ },
    },
    {
      names: ['prometheus-client'],
      family: 'prometheus',
      gives: { metrics: /\bPrometheus::Middleware::(?:Exporter|Collector)\b|\bPrometheus::Client\.registry\b/ },
    },
    {
      names: ['prometheus_exporter'],
      family: 'prometheus',
      gives: { metrics: /\bPrometheusExporter::(?:Middleware|Instrumentation|Server|Client)\b/ },
    },
    {
      names: ['yabeda-prometheus', 'yabeda-prometheus-mmap'],
      family: 'prometheus',
      gives: { metrics: /\bYabeda::Prometheus::(?:Exporter|Mmap::Exporter)\b/ },
    },
    {
      names: ['statsd-ruby', 'statsd-instrument', 'dogstatsd-ruby'],
      family: 'statsd',
      gives: { metrics: /\b(?:Datadog::)?Statsd\.new\b|\bStatsD\.(?:increment|measure|gauge|distribution|backend)\b/ },
    },
    { names: ['aws-sdk-cloudwatch'], family: 'aws', gives: { metrics: /\.put_metric_data\b/ } },
    // Organisation wrapper: JSON logs in production by its Railtie, Prometheus and tracing by its configure calls.
    {
      names: ['govuk_app_config'],
      gives: {
        'logging-structured': undefined,
        'log-correlation': undefined,
        'error-tracking': undefined,
        metrics: /\bGovukPrometheusExporter\.configure\b/,
        health: /\bGovukHealthcheck\b/,
      },
      auto: ['logging-structured', 'log-correlation', 'error-tracking'],
    },
    {
      names: ['lograge'],
      gives: {
        'logging-structured': /\blograge\.enabled\s*=\s*(?!false)\S/,
        'log-correlation': /\blograge\.custom_(?:options|payload)\b[\s\S]{0,400}?\b(?:request_id|trace_id)\b/,
      },
    },
    { names: ['logstasher'], gives: { 'logging-structured': /\blogstasher\.enabled\s*=\s*(?!false)\S/ } },
    {
      names: ['semantic_logger', 'rails_semantic_logger'],
      gives: {
        'logging-structured':
          /\bformatter:\s*:json\b|<\s*SemanticLogger::Formatters::(?:Json|Logfmt)\b|\bSemanticLogger::Formatters::(?:Json|Logfmt)\.new\b|\brails_semantic_logger\.format\s*=\s*:json\b|\bsemantic_logger\.add_appender[^\n]{0,200}:json\b/,
      },
    },
    { names: ['ougai'], gives: { 'logging-structured': /\bOugai::(?:Logger|Formatters::Bunyan)\b/ } },
    {
      names: ['rails'],
      general: true,
      gives: { 'log-correlation': /\bconfig\.log_tags\s*=\s*\[[^\]]*:(?:request_id|uuid)\b/ },
    },
    {
      names: ['sentry-ruby', 'sentry-rails', 'sentry-raven'],
      family: 'sentry',
      gives: {
        'error-tracking': /\b(?:Sentry\.init|Raven\.configure)\b/,
        tracing: /\btraces_sample_rate\s*=\s*(?:1\b|0?\.0*[1-9])|\btraces_sampler\s*=\s*(?!nil\b)\S/,
      },
    },
    {
      names: ['rollbar', 'bugsnag', 'airbrake', 'honeybadger'],
      gives: { 'error-tracking': /\b(?:Rollbar|Bugsnag|Airbrake|Honeybadger)\.configure\b/ },
    },
    { names: ['okcomputer', 'health_check', 'health-monitor-rails'], gives: { health: undefined } },
    {
      names: ['stoplight', 'circuitbox', 'faraday-retry', 'retriable', 'semian'],
      gives: { resilience: /\bStoplight\b|\bCircuitbox\b|\bRetriable\.\w+|\brequest :retry\b|\bSemian\b/ },
    },
    {
      names: ['flipper', 'unleash', 'launchdarkly-server-sdk', 'rollout'],
      gives: {
        'feature-flags':
          /\bFlipper(?:\.enabled\?|\.configure|\[)|\bUnleash(?:::Client)?\.(?:new|configure)\b|\bLDClient\.new\b/,
      },
    },
  ] satisfies readonly Omit<Library, 'ecosystem'>[]
).map((it) => ({ ecosystem: 'rubygems', ...it }));
