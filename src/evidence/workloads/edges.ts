/** Where requests come in from outside, and whether they come encrypted: ingresses, routes, gateways, load balancers. Reads; judges nothing. */
import type { Place } from '../../model.ts';
import { list, record, word } from '../plain-value.ts';
import { isOpaque, type YamlPath } from '../yaml/yaml.ts';
import { given } from './container-of.ts';
import type { ManifestObject } from './manifest-object.ts';
import { shown, valueAt } from './object-value.ts';

/** One way in. */
export interface Edge {
  readonly kind: string;
  readonly name: string;
  /**
   * `tls`: encrypted. `redirects`: plain requests are only told to come back encrypted. `plain`: it is written that it takes
   * them as they are. `unsaid`: nothing about it is written. `unclear`: it is written elsewhere or filled in.
   */
  readonly security: 'tls' | 'redirects' | 'plain' | 'unsaid' | 'unclear';
  /** What says so, for a sentence. */
  readonly because: string;
  readonly environment?: string;
  readonly aside?: { readonly because: string };
  readonly when?: string;
  readonly at: Place;
}

type Reading = Pick<Edge, 'security' | 'because'> & { readonly path?: YamlPath };

/** The ways in that objects describe. */
export function edgesOf(objects: readonly ManifestObject[]): readonly Edge[] {
  return objects.flatMap((object) => readingsOf(object).map((it) => edgeOf(object, it)));
}

function edgeOf(object: ManifestObject, { security, because, path = [] }: Reading): Edge {
  const { kind, name, environment, aside, when } = object;
  const doubt = doubtOf(object, security, path);
  return {
    kind,
    name,
    security: doubt === undefined ? security : 'unclear',
    because: doubt ?? because,
    at: object.at(path),
    ...given({ environment, aside, when }),
  };
}

/** Why what is written, or not written, may not be what is deployed. */
function doubtOf(
  { partial, environment, via, origin }: ManifestObject,
  security: Edge['security'],
  path: YamlPath,
): string | undefined {
  // What is not all here may well have what is not written here.
  if (partial !== undefined && security === 'unsaid') return partial;
  const isChart = origin !== '' && !origin.endsWith('/kustomization');
  if (!isChart || environment !== undefined) return undefined;
  const isDefault = via(path) === 'values' || via(['spec', 'type']) === 'values';
  return security === 'unsaid' || (security === 'plain' && isDefault)
    ? "only the chart's own values are here, which the deployment may replace"
    : undefined;
}

function readingsOf(object: ManifestObject): readonly Reading[] {
  const { kind, apiVersion } = object;
  const spec = record(object.value.spec);
  switch (kind) {
    case 'Ingress':
      return /^(networking\.k8s\.io|extensions)\//.test(apiVersion) ? [ofIngress(object, spec)] : [];
    case 'Route':
      return apiVersion.startsWith('route.openshift.io/') || apiVersion === 'v1' ? [ofRoute(spec)] : [];
    case 'Gateway':
      return ofGateway(apiVersion, spec);
    case 'IngressRoute':
      return [ofEntryPoints(spec)];
    case 'HTTPProxy':
      return spec.virtualhost === undefined
        ? []
        : [byPresence(record(spec.virtualhost).tls, 'its virtual host', ['spec', 'virtualhost'])];
    case 'Service':
      return apiVersion === 'v1' ? ofBalancer(object, spec) : [];
    case 'Application':
      return apiVersion.startsWith('nais.io/') ? ofAddresses(list(spec.ingresses)) : [];
    default:
      return [];
  }
}

/** Annotations by which a load balancer or a proxy has its certificate from elsewhere. */
const CERTIFICATES =
  /^(alb\.ingress\.kubernetes\.io\/certificate-arn|(networking|ingress)\.(gke|gcp)\.(kubernetes\.)?io\/(managed-certificates|pre-shared-cert|certmap)|ingress\.gcp\.kubernetes\.io\/pre-shared-cert|appgw\.ingress\.kubernetes\.io\/appgw-ssl-(certificate|profile)|route\.openshift\.io\/termination|service\.beta\.kubernetes\.io\/(aws-load-balancer-ssl-cert|do-loadbalancer-certificate-id))$/;
/** Annotations that tell of something in front that may end the encryption. */
const IN_FRONT =
  /(ssl-redirect|force-ssl|cloudflare|tailscale|acme|cert-manager|certmanager|ssl-passthrough|backend-protocol|secure-backends)/i;

function ofIngress(object: ManifestObject, { tls, ingressClassName }: Readonly<Record<string, unknown>>): Reading {
  if (typeof tls === 'string')
    return { security: 'unclear', because: `${shown(tls)} is its tls`, path: ['spec', 'tls'] };
  if (list(tls).length > 0) return ofHosts(object, list(tls));
  const annotations = valueAt(object, ['metadata', 'annotations']);
  if (typeof annotations === 'string')
    return { security: 'unclear', because: `${shown(annotations)} prints its annotations` };
  const named = record(annotations);
  const listens = word(named['alb.ingress.kubernetes.io/listen-ports']) ?? '';
  const key = Object.keys(named).find((it) => CERTIFICATES.test(it));
  if (key !== undefined || /HTTPS/.test(listens))
    return {
      security: 'tls',
      because: key ?? 'alb.ingress.kubernetes.io/listen-ports',
      path: ['metadata', 'annotations', key ?? 'alb.ingress.kubernetes.io/listen-ports'],
    };
  const router = 'traefik.ingress.kubernetes.io/router.tls';
  if (word(named[router]) === 'true')
    return { security: 'tls', because: router, path: ['metadata', 'annotations', router] };
  const hint = Object.keys(named).find((it) => IN_FRONT.test(it) && word(named[it]) !== 'false');
  const entry = word(named['traefik.ingress.kubernetes.io/router.entrypoints']) ?? '';
  if (hint !== undefined || /secure/.test(entry))
    return {
      security: 'unclear',
      because: `its annotation ${hint ?? 'router.entrypoints'} tells of encryption that is set up elsewhere`,
    };
  const from = word(ingressClassName) ?? '';
  if (/tailscale|cloudflare|openshift/.test(from))
    return { security: 'unclear', because: `its class ${from} may encrypt by itself` };
  return { security: 'unsaid', because: 'it has no tls and no certificate' };
}

/** Whether all hosts of the rules are among those with a certificate. */
function ofHosts(object: ManifestObject, tls: readonly unknown[]): Reading {
  const covered = tls.flatMap((it) => list(record(it).hosts)).flatMap((it) => word(it) ?? []);
  const hosts = list(valueAt(object, ['spec', 'rules'])).flatMap((it) => word(record(it).host) ?? []);
  const isCovered = (host: string): boolean =>
    covered.includes(host) || covered.includes(`*.${host.split('.').slice(1).join('.')}`) || isOpaque(host);
  const bare = covered.length === 0 || covered.some(isOpaque) ? undefined : hosts.find((host) => !isCovered(host));
  return bare === undefined
    ? { security: 'tls', because: 'tls', path: ['spec', 'tls'] }
    : { security: 'unclear', because: `its tls does not name the host ${bare}`, path: ['spec', 'tls'] };
}

function ofRoute({ tls }: Readonly<Record<string, unknown>>): Reading {
  const policy = word(record(tls).insecureEdgeTerminationPolicy);
  if (policy === 'Allow')
    return {
      security: 'plain',
      because: 'insecureEdgeTerminationPolicy: Allow takes plain requests as well',
      path: ['spec', 'tls', 'insecureEdgeTerminationPolicy'],
    };
  return byPresence(tls, 'it', ['spec', 'tls']);
}

function byPresence(tls: unknown, what: string, path: YamlPath): Reading {
  if (typeof tls === 'string' && tls !== '') return { security: 'unclear', because: `${shown(tls)} is its tls`, path };
  const there = Object.keys(record(tls)).length > 0;
  return there ? { security: 'tls', because: 'tls', path } : { security: 'unsaid', because: `${what} has no tls` };
}

/** Listeners of the Gateway API, or servers of Istio's Gateway. */
function ofGateway(apiVersion: string, spec: Readonly<Record<string, unknown>>): readonly Reading[] {
  const isIstio = apiVersion.startsWith('networking.istio.io/');
  if (!isIstio && !apiVersion.startsWith('gateway.networking.k8s.io/')) return [];
  if (/waypoint|mesh/.test(word(spec.gatewayClassName) ?? '')) return [];
  const key = isIstio ? 'servers' : 'listeners';
  const entries = list(spec[key]).map(record);
  const protocols = entries.map((it) => (word(isIstio ? record(it.port).protocol : it.protocol) ?? '').toUpperCase());
  if (entries.length === 0 || protocols.some((it) => isOpaque(it) || it === ''))
    return [{ security: 'unclear', because: `what it listens to is filled in elsewhere`, path: ['spec', key] }];
  const plain = entries.findIndex(
    (it, index) => /^HTTP2?$|^GRPC$/.test(protocols[index] ?? '') && record(it.tls).httpsRedirect !== true,
  );
  if (plain < 0) {
    const secure = protocols.some((it) => /^(HTTPS|TLS)$/.test(it));
    const because = secure ? 'its listeners' : `it speaks ${protocols[0]}`;
    return [{ security: secure ? 'tls' : 'unclear', because, path: ['spec', key] }];
  }
  const path = ['spec', key, plain];
  if (protocols.some((it) => /^(HTTPS|TLS)$/.test(it)))
    return [
      {
        security: 'unclear',
        because: 'it listens to plain HTTP as well, and whether that only redirects is not told',
        path,
      },
    ];
  return [{ security: 'plain', because: 'it listens to plain HTTP only', path }];
}

/** Traefik's routes. */
function ofEntryPoints(spec: Readonly<Record<string, unknown>>): Reading {
  if (spec.tls !== undefined) return { security: 'tls', because: 'tls', path: ['spec', 'tls'] };
  const names = list(spec.entryPoints).flatMap((it) => word(it) ?? []);
  return /redirect/i.test(JSON.stringify(spec.routes ?? ''))
    ? { security: 'redirects', because: 'it redirects' }
    : { security: 'unclear', because: `its entry points ${names.join(', ') || 'by default'} are set up elsewhere` };
}

/** Port 80 of a load balancer that leads straight to the pods. */
function ofBalancer(object: ManifestObject, { type, ports }: Readonly<Record<string, unknown>>): readonly Reading[] {
  if (type !== 'LoadBalancer') return [];
  const annotations = valueAt(object, ['metadata', 'annotations']);
  const named = record(annotations);
  const key = Object.keys(named).find((it) => CERTIFICATES.test(it));
  if (key !== undefined) return [{ security: 'tls', because: key, path: ['metadata', 'annotations', key] }];
  const isInternal = Object.entries(named).some(
    ([name, value]) => /internal/i.test(`${name} ${word(value) ?? ''}`) && word(value) !== 'false',
  );
  if (typeof annotations === 'string' || isInternal)
    return [
      { security: 'unclear', because: isInternal ? 'its load balancer is internal' : 'its annotations are filled in' },
    ];
  const numbers = list(ports).map((it) => word(record(it).port) ?? '');
  const plain = numbers.indexOf('80');
  if (plain >= 0 && !numbers.includes('443'))
    return [
      {
        security: 'plain',
        because: 'its load balancer takes requests on port 80 and on none with encryption',
        path: ['spec', 'ports', plain],
      },
    ];
  return [
    {
      security: 'unclear',
      because: `what speaks on its port ${numbers[0] ?? ''} is decided in the pods`,
      path: ['spec', 'ports'],
    },
  ];
}

/** Addresses as NAIS lists them. */
function ofAddresses(addresses: readonly unknown[]): readonly Reading[] {
  return addresses.flatMap((it, index): readonly Reading[] => {
    const path = ['spec', 'ingresses', index];
    const address = word(it) ?? '';
    if (/^https:\/\//i.test(address)) return [{ security: 'tls', because: 'https://', path }];
    if (/^http:\/\//i.test(address)) return [{ security: 'plain', because: `${address} is not encrypted`, path }];
    return [{ security: 'unclear', because: `${shown(address)} is filled in elsewhere`, path }];
  });
}
