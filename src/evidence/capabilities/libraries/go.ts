/** Libraries of Go. */
import type { Library } from '../libraries.ts';

export const GO: readonly Library[] = (
  [
    {
      names: [
        'go.opentelemetry.io/otel/sdk',
        'go.opentelemetry.io/otel',
        'go.opentelemetry.io/contrib/exporters/autoexport',
        'go.opentelemetry.io/contrib/otelconf',
      ],
      modules: ['go.opentelemetry.io/*'],
      family: 'opentelemetry',
      gives: { tracing: /\bSetTracerProvider\s*\(|\.NewTracerProvider\s*\(/ },
    },
    {
      names: ['go.opentelemetry.io/otel/sdk/metric'],
      modules: ['go.opentelemetry.io/*'],
      family: 'opentelemetry',
      gives: { metrics: /\bSetMeterProvider\s*\(|\.NewMeterProvider\s*\(/ },
    },
    {
      names: [
        'go.opentelemetry.io/contrib/bridges/otelslog',
        'go.opentelemetry.io/contrib/bridges/otelzap',
        'go.opentelemetry.io/contrib/bridges/otellogrus',
      ],
      family: 'opentelemetry',
      gives: { 'log-correlation': /\botel(?:slog|zap|logrus)\.New\w+\s*\(/ },
    },
    {
      names: ['gopkg.in/DataDog/dd-trace-go.v1', 'github.com/DataDog/dd-trace-go/v2'],
      modules: ['gopkg.in/DataDog/dd-trace-go.v1', 'github.com/DataDog/dd-trace-go/*'],
      family: 'datadog',
      gives: { tracing: /\btracer\.Start\s*\(/, metrics: /\bWithRuntimeMetrics\s*\(/ },
    },
    {
      names: ['github.com/newrelic/go-agent/v3', 'github.com/newrelic/go-agent'],
      family: 'newrelic',
      gives: { tracing: /\bnewrelic\.NewApplication\s*\(/, metrics: /\bnewrelic\.NewApplication\s*\(/ },
    },
    {
      names: ['go.elastic.co/apm/*', 'go.elastic.co/apm'],
      modules: ['go.elastic.co/apm*'],
      family: 'elastic',
      gives: { tracing: /\bapm\w+\.(?:Wrap|Middleware|NewUnaryServerInterceptor)\s*\(/ },
    },
    {
      names: ['github.com/aws/aws-xray-sdk-go', 'github.com/aws/aws-xray-sdk-go/v2'],
      family: 'aws',
      gives: { tracing: /\bxray\.(?:Handler|Configure|BeginSegment|Capture)\s*\(/ },
    },
    {
      names: ['github.com/uber/jaeger-client-go'],
      family: 'jaeger',
      gives: { tracing: /\bNewTracer\s*\(|\bInitGlobalTracer\s*\(/ },
    },
    { names: ['github.com/openzipkin/zipkin-go'], family: 'zipkin', gives: { tracing: /\bzipkin\.NewTracer\s*\(/ } },
    {
      names: ['go.opencensus.io'],
      gives: {
        tracing: /\btrace\.RegisterExporter\s*\(/,
        metrics: /\bview\.RegisterExporter\s*\(|\bview\.Register\s*\(/,
      },
    },
    {
      names: ['github.com/prometheus/client_golang'],
      family: 'prometheus',
      gives: {
        metrics:
          /\bpromhttp\.Handler\w*\s*\(|\.MustRegister\s*\(|\bpromauto\.\w+\s*\(|\bprometheus\.Register\s*\(|\bpush\.New\s*\(/,
      },
    },
    {
      names: ['github.com/VictoriaMetrics/metrics'],
      family: 'prometheus',
      gives: { metrics: /\bmetrics\.WritePrometheus\s*\(/ },
    },
    {
      names: ['sigs.k8s.io/controller-runtime'],
      family: 'prometheus',
      gives: { metrics: /\bctrl\.NewManager\s*\(|\bmanager\.New\s*\(|\bmetrics\.Registry\.MustRegister\s*\(/ },
      spoiledBy: (code) => /MetricsBindAddress:\s*"0"|BindAddress:\s*"0"/.test(code),
    },
    {
      names: [
        'github.com/DataDog/datadog-go',
        'github.com/DataDog/datadog-go/v5',
        'github.com/cactus/go-statsd-client*',
        'gopkg.in/alexcesaro/statsd.v2',
        'github.com/smira/go-statsd',
      ],
      modules: [
        'github.com/DataDog/datadog-go*',
        'github.com/cactus/go-statsd-client*',
        'gopkg.in/alexcesaro/statsd.v2',
        'github.com/smira/go-statsd',
      ],
      family: 'statsd',
      gives: { metrics: /\bstatsd\.New\w*\s*\(/ },
    },
    {
      names: ['github.com/DataDog/datadog-api-client-go*'],
      general: true,
      family: 'datadog',
      gives: { metrics: /\.SubmitMetrics\s*\(/ },
    },
    {
      names: ['github.com/aws/aws-sdk-go*'],
      general: true,
      modules: ['github.com/aws/aws-sdk-go*'],
      family: 'aws',
      gives: { metrics: /\.PutMetricData\s*\(/ },
    },
    // A registry that something else has to publish.
    { names: ['github.com/rcrowley/go-metrics'], gives: { metrics: undefined } },
    {
      names: ['go.uber.org/zap'],
      gives: {
        'logging-structured': {
          text: /\bzap\.NewProduction(?:Config)?\s*\(|\bNewJSONEncoder\s*\(|\bEncoding:\s*"json"/,
        },
      },
      // Whoever starts it says which.
      spoiledBy: (code) => /==\s*"(?:text|console)"\s*\{\s*\w+\.Encoding\s*=\s*"console"/.test(code),
    },
    {
      names: ['github.com/rs/zerolog'],
      gives: {
        'logging-structured': /\bzerolog\.New\s*\(|\blog\.(?:Info|Error|Warn|Debug|Fatal|With)\(\)/,
        'log-correlation': /\bhlog\.RequestIDHandler\s*\(/,
      },
      chosenBy: /\bConsoleWriter\s*\{|\bNewConsoleWriter\s*\(/,
    },
    {
      names: ['github.com/sirupsen/logrus'],
      gives: { 'logging-structured': /\bJSONFormatter\s*\{/ },
      chosenBy: /\bTextFormatter\s*\{/,
    },
    {
      names: [],
      modules: ['log/slog', 'golang.org/x/exp/slog'],
      gives: { 'logging-structured': /\bslog\.NewJSONHandler\s*\(/ },
      chosenBy: /\bslog\.NewTextHandler\s*\(/,
    },
    {
      names: ['github.com/go-kit/kit', 'github.com/go-kit/log'],
      modules: ['github.com/go-kit/kit/log', 'github.com/go-kit/log'],
      gives: { 'logging-structured': /\blog\.New(?:JSON|Logfmt)Logger\s*\(/ },
    },
    {
      names: ['github.com/getsentry/sentry-go'],
      family: 'sentry',
      gives: { 'error-tracking': /\bsentry\.Init\s*\(/, tracing: /\bTracesSampleRate:\s*(?:1\b|0?\.0*[1-9])/ },
    },
    {
      names: [
        'github.com/heptiolabs/healthcheck',
        'github.com/alexliesenfeld/health',
        'github.com/hellofresh/health-go*',
      ],
      gives: { health: /\b(?:healthcheck|health)\.New\w*\s*\(/ },
    },
    {
      names: [
        'github.com/sony/gobreaker',
        'github.com/sony/gobreaker/v2',
        'github.com/cenkalti/backoff*',
        'github.com/avast/retry-go*',
        'github.com/hashicorp/go-retryablehttp',
        'github.com/failsafe-go/failsafe-go',
      ],
      modules: [
        'github.com/sony/gobreaker*',
        'github.com/cenkalti/backoff*',
        'github.com/avast/retry-go*',
        'github.com/hashicorp/go-retryablehttp',
        'github.com/failsafe-go/failsafe-go',
      ],
      gives: {
        resilience: /\b(?:gobreaker\.New\w+|backoff\.Retry\w*|retry\.Do|retryablehttp\.New\w+|failsafe\.\w+)\s*[(<[]/,
      },
    },
    {
      names: [
        'github.com/Unleash/unleash-client-go*',
        'github.com/launchdarkly/go-server-sdk*',
        'github.com/open-feature/go-sdk',
        'github.com/thomaspoignant/go-feature-flag',
      ],
      modules: [
        'github.com/Unleash/unleash-client-go*',
        'github.com/launchdarkly/go-server-sdk*',
        'github.com/open-feature/go-sdk',
        'github.com/thomaspoignant/go-feature-flag',
      ],
      gives: {
        'feature-flags': /\b(?:unleash\.Initialize|MakeClient|openfeature\.SetProvider\w*|ffclient\.Init)\s*\(/,
      },
    },
  ] satisfies readonly Omit<Library, 'ecosystem'>[]
).map((it) => ({ ecosystem: 'go', ...it }));
