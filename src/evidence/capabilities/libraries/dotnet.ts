/** Libraries of .NET. Extension methods need no import of their own, so the package has to be among the dependencies. */
import type { Library } from '../libraries.ts';

export const DOTNET: readonly Library[] = (
  [
    {
      names: ['OpenTelemetry*'],
      family: 'opentelemetry',
      gives: {
        tracing: /\.WithTracing\s*\(|\.AddOpenTelemetryTracing\s*\(|\bCreateTracerProviderBuilder\s*\(/,
        metrics: /\.WithMetrics\s*\(|\.AddOpenTelemetryMetrics\s*\(|\bCreateMeterProviderBuilder\s*\(/,
        'logging-structured':
          /\bLogging\s*\.AddOpenTelemetry\s*\(|\b(?:logging|loggingBuilder|builder)\.AddOpenTelemetry\s*\(\s*\w+\s*=>[^;]{0,400}\bIncludeFormattedMessage\b|\.WithLogging\s*\(/,
        'log-correlation': /\bLogging\s*\.AddOpenTelemetry\s*\(|\.WithLogging\s*\(/,
      },
    },
    {
      names: ['Azure.Monitor.OpenTelemetry.AspNetCore'],
      family: 'azure',
      gives: {
        tracing: /\.UseAzureMonitor\s*\(/,
        metrics: /\.UseAzureMonitor\s*\(/,
        'log-correlation': /\.UseAzureMonitor\s*\(/,
      },
    },
    {
      names: ['Microsoft.ApplicationInsights.AspNetCore', 'Microsoft.ApplicationInsights.WorkerService'],
      family: 'azure',
      gives: {
        tracing: /\.AddApplicationInsightsTelemetry\w*\s*\(/,
        metrics: /\.AddApplicationInsightsTelemetry\w*\s*\(/,
        'log-correlation': /\.AddApplicationInsightsTelemetry\w*\s*\(/,
      },
    },
    {
      names: ['Elastic.Apm*'],
      family: 'elastic',
      gives: { tracing: /\.(?:UseElasticApm|UseAllElasticApm|AddElasticApm|AddAllElasticApm)\w*\s*\(/ },
    },
    { names: ['AWSXRayRecorder*'], family: 'aws', gives: { tracing: /\.UseXRay\s*\(|\bRegisterForAllServices\s*\(/ } },
    { names: ['Datadog.Trace*'], family: 'datadog', gives: { tracing: /\bTracer\.Configure\s*\(/ } },
    { names: ['NewRelic.Agent*'], family: 'newrelic', gives: { tracing: undefined, metrics: undefined } },
    {
      names: ['prometheus-net*'],
      family: 'prometheus',
      gives: {
        metrics:
          /\.(?:MapMetrics|UseMetricServer|UseHttpMetrics)\s*\(|\bMetricServer\s*\(|\bMetrics\.Create(?:Counter|Gauge|Histogram|Summary)\s*\(/,
      },
    },
    { names: ['App.Metrics*'], gives: { metrics: /\.(?:UseMetrics\w*|AddMetrics)\s*\(/ } },
    { names: ['DogStatsD-CSharp-Client'], family: 'statsd', gives: { metrics: /\bDogStatsd\w*\.Configure\s*\(/ } },
    {
      names: ['Serilog*'],
      gives: {
        'logging-structured':
          /\bnew (?:\w+\.)*(?:Rendered)?(?:Compact)?JsonFormatter\s*\(|\bElasticsearchJsonFormatter\s*\(|\bEcsTextFormatter\s*\(|\.WriteTo\s*\.(?:Seq|Elasticsearch|ApplicationInsights|OpenTelemetry|GoogleCloudLogging|DatadogLogs)\s*\(/,
        'log-correlation': /\.Enrich\s*\.With(?:CorrelationId|Span)\w*\s*\(/,
      },
    },
    { names: [], called: 'the JSON console', gives: { 'logging-structured': /\.AddJsonConsole\s*\(/ } },
    {
      names: ['Sentry*'],
      family: 'sentry',
      gives: {
        'error-tracking': /\.UseSentry\s*\(|\bSentrySdk\.Init\s*\(/,
        tracing: /\bTracesSampleRate\s*=\s*(?:1\b|0?\.0*[1-9])/,
      },
    },
    { names: [], called: 'ASP.NET', gives: { health: /\.MapHealthChecks\s*\(|\.UseHealthChecks\s*\(/ } },
    {
      names: [
        'Polly*',
        'Microsoft.Extensions.Http.Polly',
        'Microsoft.Extensions.Http.Resilience',
        'Microsoft.Extensions.Resilience',
      ],
      gives: {
        resilience:
          /\.Add(?:Standard)?ResilienceHandler\s*\(|\.AddPolicyHandler\s*\(|\bPolicy\s*\.\s*Handle\b|\bResiliencePipelineBuilder\b/,
      },
    },
    {
      names: ['Unleash.Client', 'LaunchDarkly.ServerSdk', 'Microsoft.FeatureManagement*', 'OpenFeature'],
      gives: {
        'feature-flags': /\bAddFeatureManagement\s*\(|\bDefaultUnleash\s*\(|\bLdClient\s*\(|\bSetProvider\w*\s*\(/,
      },
    },
  ] satisfies readonly Omit<Library, 'ecosystem'>[]
).map((it) => ({ ecosystem: 'nuget', ...it }));
