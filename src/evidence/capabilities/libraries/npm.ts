/** Libraries of npm. */
import type { Library } from '../libraries.ts';

/** A logger for people's eyes is meant for laptops where a condition stands beside it. */
function prettyAlways(code: string): boolean {
  return /pino-pretty/.test(code) && !/NODE_ENV|process\.env|isDev|isProd|development|production|isTTY/i.test(code);
}

const INSTANA = { text: /["']@instana\/collector["']\)\s*\(|\binstana\s*\(/ } as const;

export const NPM: readonly Library[] = (
  [
    {
      names: [
        '@opentelemetry/sdk-node',
        '@opentelemetry/sdk-trace-node',
        '@opentelemetry/sdk-trace-base',
        '@opentelemetry/node',
      ],
      family: 'opentelemetry',
      gives: {
        tracing: /\bnew (?:\w+\.)?(?:NodeSDK|NodeTracerProvider|BasicTracerProvider)\s*\(/,
        metrics: /\bmetricReaders?\s*[:=]/,
      },
    },
    {
      names: ['@opentelemetry/sdk-metrics', '@opentelemetry/sdk-metrics-base'],
      family: 'opentelemetry',
      gives: { metrics: /\bnew (?:\w+\.)?MeterProvider\s*\(|\bmetricReaders?\s*[:=]/ },
    },
    {
      names: ['@opentelemetry/auto-instrumentations-node'],
      family: 'opentelemetry',
      gives: { tracing: undefined, 'log-correlation': /\bgetNodeAutoInstrumentations\s*\(/ },
    },
    {
      names: [
        '@opentelemetry/instrumentation-pino',
        '@opentelemetry/instrumentation-winston',
        '@opentelemetry/instrumentation-bunyan',
      ],
      family: 'opentelemetry',
      gives: { 'log-correlation': /\bnew \w*(?:Pino|Winston|Bunyan)Instrumentation\s*\(/ },
    },
    { names: ['@vercel/otel'], family: 'opentelemetry', gives: { tracing: /\bregisterOTel\s*\(/ } },
    {
      names: ['dd-trace'],
      family: 'datadog',
      gives: {
        tracing: {
          text: /["']dd-trace["']\)\s*\.init\(|\btracer\s*\.init\(|\bddTrace\s*\.init\(|["']dd-trace\/init(?:ialize\.mjs)?["']/,
        },
        metrics: { text: /\bruntimeMetrics\s*:\s*true|\bdogstatsd\s*\.\w+\(/ },
        'log-correlation': /\blogInjection\s*:\s*true/,
      },
    },
    {
      names: ['newrelic'],
      family: 'newrelic',
      gives: {
        tracing: { text: /require\(\s*["']newrelic["']\s*\)|import\s+(?:\w+\s+from\s+)?["']newrelic["']/ },
        metrics: { text: /require\(\s*["']newrelic["']\s*\)|import\s+(?:\w+\s+from\s+)?["']newrelic["']/ },
      },
    },
    {
      names: ['elastic-apm-node'],
      family: 'elastic',
      gives: {
        tracing: { text: /["']elastic-apm-node["']\)\s*\.start\(|\bapm\s*\.start\(|["']elastic-apm-node\/start["']/ },
        metrics: { text: /["']elastic-apm-node["']\)\s*\.start\(|\bapm\s*\.start\(|["']elastic-apm-node\/start["']/ },
      },
    },
    {
      names: ['applicationinsights'],
      family: 'azure',
      gives: {
        tracing: /\.setup\([^;]{0,2000}?\.start\(|\.start\(\)/,
        metrics: /\.setup\([^;]{0,2000}?\.start\(|\.start\(\)/,
      },
    },
    {
      names: ['@azure/monitor-opentelemetry'],
      family: 'azure',
      gives: { tracing: /\buseAzureMonitor\s*\(/, metrics: /\buseAzureMonitor\s*\(/ },
    },
    {
      names: ['aws-xray-sdk', 'aws-xray-sdk-core', 'aws-xray-sdk-express'],
      family: 'aws',
      gives: { tracing: /\b(?:captureHTTPsGlobal|captureAWS\w*|openSegment|captureAsyncFunc)\s*\(/ },
    },
    { names: ['@aws-lambda-powertools/tracer'], family: 'aws', gives: { tracing: /\bnew Tracer\s*\(/ } },
    {
      names: ['@google-cloud/trace-agent'],
      gives: { tracing: { text: /["']@google-cloud\/trace-agent["']\)\s*\.start\(|\btracer?\s*\.start\(/ } },
    },
    { names: ['jaeger-client'], family: 'jaeger', gives: { tracing: /\binitTracer(?:FromEnv)?\s*\(/ } },
    { names: ['zipkin'], family: 'zipkin', gives: { tracing: /\bnew Tracer\s*\(/ } },
    {
      names: ['prom-client'],
      family: 'prometheus',
      gives: {
        metrics:
          /\bcollectDefaultMetrics\s*\(|\bregist(?:er|ry)\.metrics\s*\(|\bnew (?:\w+\.)?(?:Counter|Gauge|Histogram|Summary)\s*\(/i,
      },
    },
    {
      names: ['express-prom-bundle', 'express-prometheus-middleware', 'fastify-metrics', 'koa-prometheus-exporter'],
      family: 'prometheus',
      gives: { metrics: /\.(?:use|register)\s*\(/ },
    },
    {
      names: ['@willsoto/nestjs-prometheus'],
      family: 'prometheus',
      gives: {
        metrics:
          /\bPrometheusModule\.(?:register|forRoot)\w*\s*\(|\bmake(?:Counter|Gauge|Histogram|Summary)Provider\s*\(/,
      },
    },
    {
      names: ['hot-shots', 'node-statsd', 'statsd-client', 'node-dogstatsd', 'lynx', 'node-statsd-client'],
      family: 'statsd',
      gives: {
        metrics: /\bnew \w*(?:StatsD|SDC|Client|StatsDClient)\w*\s*\(|\bstatsd?\w*\.(?:increment|timing|gauge)\s*\(/i,
      },
    },
    {
      names: ['aws-embedded-metrics'],
      family: 'aws',
      gives: { metrics: /\bmetricScope\s*\(|\bcreateMetricsLogger\s*\(/ },
    },
    {
      names: ['@aws-sdk/client-cloudwatch'],
      general: true,
      family: 'aws',
      gives: { metrics: /\bnew PutMetricDataCommand\s*\(/ },
    },
    {
      names: ['@datadog/datadog-api-client'],
      general: true,
      family: 'datadog',
      gives: { metrics: /\.submitMetrics\s*\(/ },
    },
    { names: ['@aws-lambda-powertools/metrics'], family: 'aws', gives: { metrics: /\bnew Metrics\s*\(/ } },
    {
      names: ['pino', 'pino-http', 'express-pino-logger'],
      gives: { 'logging-structured': /\b\w*[pP]ino\w*\s*\(/ },
      spoiledBy: prettyAlways,
    },
    { names: ['pino-http'], gives: { 'log-correlation': /\b\w*[pP]ino\w*\s*\(/ } },
    {
      names: ['nestjs-pino'],
      gives: {
        'logging-structured': /\bLoggerModule\.forRoot\w*\s*\(/,
        'log-correlation': /\bLoggerModule\.forRoot\w*\s*\(/,
      },
      spoiledBy: prettyAlways,
    },
    {
      names: ['bunyan'],
      gives: { 'logging-structured': /\bcreateLogger\s*\(/ },
      spoiledBy: (code) => /bunyan-format|bunyan-prettystream/.test(code),
    },
    {
      names: ['winston', 'nest-winston'],
      gives: {
        'logging-structured':
          /\b(?:format\.)?(?:json|logstash|ecsFormat)\s*\(\s*[){]|\bprintf\([^;]{0,300}\bJSON\.stringify\s*\(/,
      },
    },
    { names: ['@google-cloud/logging-winston'], gives: { 'logging-structured': /\bnew LoggingWinston\s*\(/ } },
    { names: ['@aws-lambda-powertools/logger'], gives: { 'logging-structured': /\bnew Logger\s*\(/ } },
    {
      names: ['fastify'],
      general: true,
      gives: { 'logging-structured': /\blogger\s*:\s*true\b/, 'log-correlation': /\blogger\s*:\s*true\b/ },
    },
    { names: ['cls-rtracer'], gives: { 'log-correlation': /\.(?:express|fastify|koa|hapi)\w*\s*\(/ } },
    {
      names: ['@sentry/node', '@sentry/nextjs', '@sentry/nestjs', '@sentry/aws-serverless', '@sentry/serverless'],
      family: 'sentry',
      gives: {
        'error-tracking': /\b(?:Sentry\.)?init\s*\(/,
        tracing: /\btracesSampleRate\s*:\s*(?:1\b|0?\.0*[1-9])|\btracesSampler\s*(?:\(|:\s*(?!undefined\b|null\b)\S)/,
      },
    },
    {
      names: ['@bugsnag/js', '@bugsnag/node', 'rollbar', '@honeybadger-io/js', '@airbrake/node'],
      gives: { 'error-tracking': /\b(?:start|configure|new \w+)\s*\(/ },
    },
    {
      names: ['@godaddy/terminus', 'lightship', '@nestjs/terminus', '@cloudnative/health-connect'],
      gives: { health: /\b(?:createTerminus|createLightship|HealthChecker|HealthCheckService)\b/ },
    },
    {
      names: ['opossum', 'cockatiel', 'p-retry', 'async-retry', 'axios-retry', 'brakes'],
      gives: { resilience: /\bnew \w*CircuitBreaker\s*\(|\b(?:circuitBreaker|\w*[rR]etry)\s*\(/ },
    },
    {
      names: [
        'unleash-client',
        'launchdarkly-node-server-sdk',
        '@launchdarkly/node-server-sdk',
        '@openfeature/server-sdk',
        'flagsmith-nodejs',
        '@growthbook/growthbook',
        'statsig-node',
        '@splitsoftware/splitio',
        'posthog-node',
      ],
      gives: {
        'feature-flags':
          /\b(?:startUnleash|initialize|setProvider\w*|init|SplitFactory)\s*\(|\bnew (?:Unleash|Flagsmith|GrowthBook|PostHog)\s*\(/,
      },
    },
    { names: ['@instana/collector'], gives: { tracing: INSTANA, metrics: INSTANA } },
  ] satisfies readonly Omit<Library, 'ecosystem'>[]
).map((it) => ({ ecosystem: 'npm', ...it }));
