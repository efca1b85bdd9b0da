/** Images and container names whose part is known: helpers beside the service, and products that are not the service itself. Tables only. */
import { productOf } from '../backing-products.ts';

/** Proxies, agents and exporters that stand beside the service in its pod. */
const SIDECARS =
  /(^|[/_-])(istio-proxy|proxyv2|envoy(-proxy)?|linkerd-proxy|kong-mesh|consul-(connect|dataplane)|cloud-?sql-proxy|gce-proxy|pgbouncer|oauth2-proxy|kube-rbac-proxy|auth-proxy|ose-oauth-proxy|oauth-proxy|fluent-?bit|fluentd|filebeat|promtail|vector|logstash-forwarder|datadog-agent|newrelic-infrastructure|cloudwatch-agent|aws-otel-collector|opentelemetry-collector(-contrib|-k8s)?|otel-collector|otelcol|jaeger-agent|xray-daemon|aws-xray-daemon|statsd-exporter|[a-z0-9-]+-exporter|[a-z0-9-]+_exporter|vault(-agent)?|daprd|git-sync|k8s-sidecar|config-?map-reload|config-reloader|endpoints-runtime|esp|tailscale|secrets-store|log-?(router|shipper|forwarder|agent)|logging-agent|metrics-agent|wait-for)$/i;

/** Products that watch, balance or test; with the backing services they are not what the repository's team writes. */
const TOOLS: readonly (readonly [RegExp, string])[] = [
  [
    /^(opentelemetry-collector(-contrib|-k8s)?|otel-collector|otelcol|aws-otel-collector)$/,
    'an OpenTelemetry collector',
  ],
  [/^(jaeger(-all-in-one|-query|-collector)?|all-in-one|zipkin|tempo)$/, 'a tracing backend'],
  [
    /^(prometheus|alertmanager|grafana|loki|promtail|thanos|victoria-metrics|kube-state-metrics|node-exporter|pushgateway|blackbox-exporter)$/,
    'monitoring',
  ],
  [/^(kibana|logstash|fluentd|fluent-bit|filebeat|opensearch-dashboards|fluentd-elasticsearch)$/, 'logging'],
  [/^(traefik|haproxy|envoy|kong|ingress-nginx-controller|nginx-ingress-controller)$/, 'a proxy'],
  [
    /^(vault|keycloak|localstack|mailhog|mailpit|wiremock|adminer|pgadmin4?|phpmyadmin|redis-commander|unleash-server|flagd|zookeeper|etcd|influxdb|neo4j|couchdb|clickhouse-server|activemq|activemq-artemis|pulsar|schema-registry|cp-schema-registry|cp-zookeeper|mssql|mssql-server|oracle|dynamodb-local|consul|temporal|auto-setup)$/,
    'a backing service',
  ],
];

/** Images that put load on others. */
const LOAD =
  /(^|\/)(locust|k6|jmeter|gatling|artillery|vegeta|fortio|hey|wrk2?|load-?test|load-?gen(erator)?)($|[:@])/i;

/** No name or image is longer; what is would keep a pattern busy. */
const LONGEST = 300;

/** Whether a container is a helper beside the service, by its name or its image. */
export function isSidecar(name: string, image: string | undefined): boolean {
  return [name, withoutTag(image ?? '')].some((it) => it.length < LONGEST && SIDECARS.test(it));
}

/** What product an image is, if it is one that others make: `postgres`, `monitoring`. */
export function thirdPartyProduct(image: string): string | undefined {
  const product = productOf(image);
  if (product) return product.name;
  const base = baseOf(image);
  return TOOLS.find(([pattern]) => pattern.test(base))?.[1];
}

/** Whether an image puts load on others. */
export function putsLoad(image: string): boolean {
  return image.length < LONGEST && LOAD.test(image);
}

function withoutTag(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

function baseOf(image: string): string {
  return withoutTag(image).split('/').pop()?.toLowerCase() ?? '';
}
