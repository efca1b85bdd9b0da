/** Which well-known base images run as root, and which do not. Others are not guessed at. */

/** What is known of a base. `steps-down`: starts as root and its own entry point gives that up. */
export type BaseUser = 'root' | 'other' | 'steps-down' | 'unknown';

/** Images that set a user other than root, by their makers' documentation. */
const OTHERS: readonly RegExp[] = [
  /^gcr\.io\/distroless\/[\w-]+:[\w.-]*nonroot\b/,
  /(^|\/)cgr\.dev\/chainguard\//,
  /(^|\/)nginxinc\/nginx-unprivileged\b/,
  /(^|\/)nginx\/nginx-unprivileged\b/,
  /(^|\/)(bitnami|bitnamilegacy|bitnamisecure)\//,
  /^mcr\.microsoft\.com\/dotnet\/[\w./-]+:[\w.-]*(chiseled|azurelinux[\w.]*-distroless)/,
  /^registry\.(access\.)?redhat\.com\/(ubi\d+|rhel\d+|rhscl)\/(nodejs|python|openjdk|go-toolset|nginx|php|ruby|httpd|perl|dotnet)-?/,
  /^(docker\.elastic\.co\/[\w-]+\/)?(elasticsearch|kibana|logstash)(:|$)/,
  /^(docker\.io\/)?(grafana\/(grafana|loki|mimir|tempo|alloy)|prom\/[\w-]+|jenkins\/jenkins|sonarqube|solr|curlimages\/curl)(:|@|$)/,
  /^quay\.io\/(prometheus|keycloak)\//,
];

/** Official images whose entry point starts the program as a user of its own. */
const STEPPING_DOWN =
  /^(postgres|postgis\/postgis|mysql|mariadb|mongo|redis|valkey\/valkey|rabbitmq|memcached|cassandra|couchdb|ghost|influxdb|nats|haproxy|zookeeper)$/;

/** Images that say nothing of a user, so that it is root. */
const ROOT =
  /^(scratch|alpine|debian|ubuntu|busybox|fedora|centos|rockylinux|almalinux|amazonlinux|oraclelinux|archlinux|photon|buildpack-deps|node|python|pypy|golang|rust|ruby|jruby|php|perl|elixir|erlang|haskell|swift|gcc|clojure|groovy|gradle|maven|openjdk|eclipse-temurin|amazoncorretto|sapmachine|ibm-semeru-runtimes|azul\/zulu-openjdk(-alpine|-debian)?|bellsoft\/liberica-[\w-]+|nginx|httpd|caddy|tomcat|jetty|traefik|julia|r-base|dart|composer|bash|docker|denoland\/deno|oven\/bun|phusion\/baseimage|tiangolo\/[\w-]+|ghcr\.io\/astral-sh\/uv|mcr\.microsoft\.com\/(dotnet\/[\w/-]+|openjdk\/jdk|playwright[\w/]*|azure-functions\/[\w-]+)|gcr\.io\/distroless\/[\w-]+|registry\.(access\.)?redhat\.com\/ubi\d+(\/ubi(-minimal|-micro|-init)?|-minimal|-micro|-init)?|public\.ecr\.aws\/amazonlinux\/amazonlinux)$/;

/** Exceptions among those: they do set a user. */
const NOT_ROOT = /^(groovy|jetty)$/;

/** What is known of an image by its name. */
export function userOfBase(image: string): BaseUser {
  const reference = image
    .toLowerCase()
    .replace(
      /^(?:docker\.io|index\.docker\.io|public\.ecr\.aws\/docker|registry\.hub\.docker\.com)\/(?:library\/)?/,
      '',
    )
    .replace(/^library\//, '');
  if (OTHERS.some((pattern) => pattern.test(reference))) return 'other';
  const name = reference.split('@')[0]?.replace(/:[^/]*$/, '') ?? '';
  if (STEPPING_DOWN.test(name)) return 'steps-down';
  if (NOT_ROOT.test(name)) return 'other';
  return ROOT.test(name) ? 'root' : 'unknown';
}

/** `APP_UID` of Microsoft's .NET images, from version 8 on. */
export function environmentOfBase(image: string): Readonly<Record<string, string>> {
  return /^mcr\.microsoft\.com\/dotnet\//i.test(image) ? { APP_UID: '1654' } : {};
}
