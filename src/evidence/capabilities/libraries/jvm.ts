/** Libraries of the JVM. Spring Boot, Quarkus and Micronaut set up by themselves what is on the class path. */
import type { Library } from '../libraries.ts';

export const JVM: readonly Library[] = (
  [
    {
      names: [
        'io.micrometer:micrometer-tracing-bridge-*',
        'org.springframework.cloud:spring-cloud-starter-sleuth',
        'org.springframework.cloud:spring-cloud-sleuth-*',
      ],
      family: 'opentelemetry',
      gives: { tracing: undefined, 'log-correlation': undefined },
      auto: ['log-correlation'],
    },
    {
      names: [
        'io.opentelemetry.instrumentation:opentelemetry-spring-boot-starter',
        'org.springframework.boot:spring-boot-starter-opentelemetry',
        'io.quarkus:quarkus-opentelemetry',
        'io.micronaut.tracing:micronaut-tracing-opentelemetry*',
        'org.springframework.cloud:spring-cloud-starter-zipkin',
        'org.springframework.cloud:spring-cloud-sleuth-zipkin',
        'com.google.cloud:spring-cloud-gcp-starter-trace',
        'org.springframework.cloud:spring-cloud-gcp-starter-trace',
        'io.opentracing.contrib:opentracing-spring-jaeger-cloud-starter',
      ],
      family: 'opentelemetry',
      gives: { tracing: undefined },
      auto: ['tracing'],
    },
    // A bridge alone hands the trace on and exports nothing.
    {
      names: [
        'io.opentelemetry:opentelemetry-exporter-otlp',
        'io.opentelemetry:opentelemetry-exporter-zipkin',
        'io.zipkin.reporter2:zipkin-reporter-brave',
      ],
      family: 'opentelemetry',
      gives: { tracing: undefined },
      auto: ['tracing'],
      autoWith: 'io.micrometer:micrometer-tracing-bridge-',
    },
    {
      names: ['io.opentelemetry:opentelemetry-sdk*', 'io.opentelemetry:opentelemetry-exporter-*'],
      modules: ['io.opentelemetry'],
      family: 'opentelemetry',
      gives: {
        tracing: /\bSdkTracerProvider\b|\bAutoConfiguredOpenTelemetrySdk\b/,
        metrics: /\bSdkMeterProvider\b|\bAutoConfiguredOpenTelemetrySdk\b/,
      },
    },
    {
      names: ['com.microsoft.azure:applicationinsights-runtime-attach'],
      modules: ['com.microsoft.applicationinsights.attach'],
      family: 'azure',
      gives: { tracing: /\bApplicationInsights\.attach\s*\(/, metrics: /\bApplicationInsights\.attach\s*\(/ },
    },
    {
      names: [
        'com.microsoft.azure:applicationinsights-spring-boot-starter',
        'com.azure.spring:spring-cloud-azure-starter-monitor',
      ],
      family: 'azure',
      gives: { tracing: undefined, metrics: undefined },
      auto: ['tracing', 'metrics'],
    },
    {
      names: ['co.elastic.apm:apm-agent-attach'],
      modules: ['co.elastic.apm.attach'],
      family: 'elastic',
      gives: { tracing: /\bElasticApmAttacher\.attach\s*\(/ },
    },
    {
      names: ['com.amazonaws:aws-xray-recorder-sdk-*'],
      modules: ['com.amazonaws.xray'],
      family: 'aws',
      gives: { tracing: /\bAWSXRayServletFilter\s*\(|\bAWSXRayRecorderBuilder\b/ },
    },
    {
      names: ['io.zipkin.brave:brave', 'io.zipkin.brave:brave-instrumentation-*'],
      modules: ['brave'],
      family: 'zipkin',
      gives: { tracing: /\bTracing\.newBuilder\s*\(/ },
    },
    {
      // They put the ids into the logger's context; whether a pattern or an encoder writes them is said elsewhere.
      names: ['io.zipkin.brave:brave-context-*'],
      modules: ['brave.context'],
      called: 'brave-context',
      gives: { 'log-correlation': /\b(?:MDC|ThreadContext)ScopeDecorator\b/ },
      interfaceOnly: true,
    },
    {
      names: ['io.micrometer:micrometer-core'],
      modules: ['io.micrometer.core.instrument'],
      gives: { metrics: /\bMetrics\.\w+\s*\(|\bMeterRegistry\b/ },
      interfaceOnly: true,
    },
    {
      names: ['io.micrometer:micrometer-registry-prometheus*'],
      modules: ['io.micrometer.prometheus'],
      family: 'prometheus',
      gives: { metrics: /\.scrape\s*\(/ },
    },
    {
      names: [
        'io.micrometer:micrometer-registry-datadog',
        'io.micrometer:micrometer-registry-statsd',
        'io.micrometer:micrometer-registry-cloudwatch*',
        'io.micrometer:micrometer-registry-influx',
        'io.micrometer:micrometer-registry-new-relic',
        'io.micrometer:micrometer-registry-otlp',
        'io.micrometer:micrometer-registry-stackdriver',
        'io.micrometer:micrometer-registry-azure-monitor',
        'io.micrometer:micrometer-registry-graphite',
        'io.micrometer:micrometer-registry-elastic',
        'io.micrometer:micrometer-registry-dynatrace',
      ],
      family: 'statsd',
      gives: { metrics: undefined },
      auto: ['metrics'],
      autoWith: 'org.springframework.boot:spring-boot-starter-actuator',
    },
    {
      names: [
        'io.quarkus:quarkus-micrometer-registry-prometheus',
        'io.quarkiverse.micrometer.registry:*',
        'io.quarkus:quarkus-smallrye-metrics',
        'io.quarkus:quarkus-micrometer-opentelemetry',
      ],
      family: 'prometheus',
      gives: { metrics: undefined },
      auto: ['metrics'],
    },
    {
      names: ['io.prometheus:simpleclient*', 'io.prometheus:prometheus-metrics-*'],
      modules: ['io.prometheus'],
      family: 'prometheus',
      gives: {
        metrics:
          /\bMetricsServlet\s*\(|\bHTTPServer\b|\bDefaultExports\.initialize\s*\(|\bJvmMetrics\.builder\s*\(|\b(?:Counter|Gauge|Histogram|Summary)\.(?:build|builder)\s*\(|\bDropwizardExports\s*\(|\bTextFormat\.write/,
      },
    },
    {
      names: ['io.dropwizard:dropwizard-core'],
      modules: ['io.dropwizard'],
      gives: { metrics: /\bextends Application\s*</, health: /\bhealthChecks\(\)\.register\s*\(/ },
    },
    {
      names: ['com.timgroup:java-statsd-client', 'com.datadoghq:java-dogstatsd-client'],
      modules: ['com.timgroup.statsd'],
      family: 'statsd',
      gives: { metrics: /\bnew NonBlockingStatsDClient\w*\s*\(/ },
    },
    {
      names: ['com.datadoghq:datadog-api-client'],
      general: true,
      modules: ['com.datadog.api.client'],
      family: 'datadog',
      gives: { metrics: /\.submit(?:Distribution)?(?:Metrics|Points)(?:Async)?\s*\(/ },
    },
    {
      names: ['software.amazon.awssdk:cloudwatch', 'com.amazonaws:aws-java-sdk-cloudwatch'],
      general: true,
      modules: ['software.amazon.awssdk.services.cloudwatch', 'com.amazonaws.services.cloudwatch'],
      family: 'aws',
      gives: { metrics: /\.putMetricData\s*\(/ },
    },
    { names: ['io.dropwizard:dropwizard-json-logging'], gives: { 'logging-structured': undefined } },
    {
      names: [
        'net.logstash.logback:logstash-logback-encoder',
        'co.elastic.logging:*',
        'ch.qos.logback.contrib:logback-json-*',
        'org.apache.logging.log4j:log4j-layout-template-json',
      ],
      gives: { 'logging-structured': undefined },
    },
    {
      names: [
        'com.google.cloud:google-cloud-logging-logback',
        'com.google.cloud:spring-cloud-gcp-starter-logging',
        'org.springframework.cloud:spring-cloud-gcp-starter-logging',
      ],
      gives: { 'logging-structured': undefined },
    },
    {
      names: ['io.quarkus:quarkus-logging-json', 'io.quarkiverse.loggingjson:quarkus-logging-json'],
      gives: { 'logging-structured': undefined },
      auto: ['logging-structured'],
    },
    {
      names: ['software.amazon.cloudwatchlogs:aws-embedded-metrics'],
      modules: ['software.amazon.cloudwatchlogs.emf'],
      family: 'aws',
      gives: { metrics: /\bnew MetricsLogger\s*\(/ },
    },
    {
      names: ['io.sentry:sentry-spring-boot-starter*', 'io.sentry:sentry-logback', 'io.sentry:sentry'],
      modules: ['io.sentry'],
      family: 'sentry',
      gives: { 'error-tracking': /\bSentry\.init\s*\(/ },
    },
    {
      names: ['org.springframework.boot:spring-boot-starter-actuator', 'io.quarkus:quarkus-smallrye-health'],
      gives: { health: undefined },
      auto: ['health'],
    },
    {
      names: [
        'io.github.resilience4j:*',
        'org.springframework.retry:spring-retry',
        'dev.failsafe:failsafe',
        'org.springframework.cloud:spring-cloud-starter-circuitbreaker-*',
      ],
      modules: [
        'io.github.resilience4j',
        'org.springframework.retry',
        'dev.failsafe',
        'org.springframework.cloud.client.circuitbreaker',
      ],
      gives: {
        resilience:
          /@(?:CircuitBreaker|Retry|Retryable|Bulkhead|RateLimiter)\b|\b(?:CircuitBreaker|Retry|RetryTemplate|Failsafe)\s*\.\s*\w+\s*\(/,
      },
    },
    {
      names: [
        'io.getunleash:unleash-client-java',
        'no.finn.unleash:unleash-client-java',
        'com.launchdarkly:launchdarkly-java-server-sdk',
        'dev.openfeature:sdk',
      ],
      modules: ['io.getunleash', 'no.finn.unleash', 'com.launchdarkly', 'dev.openfeature'],
      gives: { 'feature-flags': /\b(?:DefaultUnleash|LDClient|OpenFeatureAPI)\b/ },
    },
  ] satisfies readonly Omit<Library, 'ecosystem'>[]
).map((it) => ({ ecosystem: 'jvm', ...it }));
