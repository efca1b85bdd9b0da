/** The Services, routes, monitors and network policies of a workload: those that select its pods, and those that lead to its Services. */
import { list, record, word } from '../plain-value.ts';
import { annotatedBy, boundsFor, boundsOf, isFromOutside } from './bounds.ts';
import { policyOn } from './callers.ts';
import type { Draft } from './join.ts';
import type { ManifestObject } from './manifest-object.ts';
import { valueAt } from './object-value.ts';
import { type Match, selects, selectsPlainly } from './selector.ts';
import type { Joined } from './workload.ts';
import { podLabels } from './workload-of.ts';

type Port = Joined['ports'][number];

/** All that belongs to a workload's traffic, in the order of the objects. */
export function joinTraffic({ object }: Draft, objects: readonly ManifestObject[]): readonly Joined[] {
  const labels = podLabels(object);
  const services = objects.flatMap((it) =>
    it.kind === 'Service' && isKubernetes(it)
      ? joined(it, selectsPlainly(valueAt(it, ['spec', 'selector']), labels), {
          ports: servicePorts(it),
          ...(isBalanced(it) && { fromOutside: true }),
        })
      : [],
  );
  const named = new Set(services.map(({ name }) => name));
  const own = objects.filter((it) => it.kind === 'Service' && named.has(it.name));
  const routes = objects.filter((it) => targetsOf(it).some((name) => named.has(name)));
  const leads = new Set(routes.map(({ name }) => name));
  const annotated = annotatedBy([...own, ...routes]);
  const others = objects.flatMap((it): readonly Joined[] => {
    const policy = policyOn(it, labels);
    if (policy) {
      const { match, ...said } = policy;
      // What a template prints besides may be a rule that lets everyone in.
      const callers = said.callers === 'listed' && it.partial !== undefined ? 'unclear' : said.callers;
      return joined(it, match, { ...said, callers });
    }
    switch (it.kind) {
      case 'PodMonitor':
        return joined(it, selects(valueAt(it, ['spec', 'selector']), labels), {
          ports: endpointPorts(it, 'podMetricsEndpoints'),
        });
      case 'ServiceMonitor':
        return joined(
          it,
          best(
            own.map((service) => selects(valueAt(it, ['spec', 'selector']), valueAt(service, ['metadata', 'labels']))),
          ),
          { ports: endpointPorts(it, 'endpoints') },
        );
      default: {
        if (routes.includes(it))
          return joined(it, 'yes', { bounds: boundsOf(it), ...(isFromOutside(it) && { fromOutside: true }) });
        const bounds = boundsFor(it, { services: named, routes: leads, annotated });
        return bounds.length > 0 ? joined(it, 'yes', { bounds }) : [];
      }
    }
  });
  return [...services, ...others];
}

/** Knative has a kind of that name too. */
function isKubernetes({ apiVersion }: ManifestObject): boolean {
  return apiVersion === 'v1';
}

/** Whether a load balancer or a port of every node leads to it. */
function isBalanced(service: ManifestObject): boolean {
  return /^(LoadBalancer|NodePort)$/.test(word(valueAt(service, ['spec', 'type'])) ?? '');
}

type Details = Partial<Pick<Joined, 'ports' | 'fromOutside' | 'callers' | 'openPorts' | 'bounds'>>;

function joined(object: ManifestObject, match: Match, { bounds = [], ...details }: Details): readonly Joined[] {
  if (match === 'no') return [];
  const { kind, name, when } = object;
  // A Service that may be there says as much about its pods as one that is; what protects them does not.
  const only = when !== undefined && kind !== 'Service' ? `it is there only where ${when}` : undefined;
  const doubt = match === 'unclear' ? 'a template fills in what it selects' : only;
  return [
    {
      kind,
      name,
      ports: [],
      ...details,
      ...(bounds.length > 0 && { bounds }),
      at: object.at([]),
      ...(doubt !== undefined && { doubt }),
    },
  ];
}

function best(matches: readonly Match[]): Match {
  if (matches.includes('yes')) return 'yes';
  return matches.includes('unclear') ? 'unclear' : 'no';
}

function servicePorts(service: ManifestObject): readonly Port[] {
  return list(valueAt(service, ['spec', 'ports'])).map((entry) => {
    const { name, port, targetPort } = record(entry);
    const number = Number(word(port) ?? Number.NaN);
    return {
      ...(word(name) !== undefined && { name: word(name) ?? '' }),
      ...(Number.isInteger(number) && { number }),
      ...(word(targetPort) !== undefined && { target: word(targetPort) ?? '' }),
    };
  });
}

function endpointPorts(monitor: ManifestObject, key: string): readonly Port[] {
  return list(valueAt(monitor, ['spec', key])).flatMap((entry) => {
    const name = word(record(entry).port) ?? word(record(entry).targetPort);
    return name === undefined ? [] : [{ name }];
  });
}

/** Names of the Services that an Ingress or a route leads to. */
function targetsOf(object: ManifestObject): readonly string[] {
  const spec = record(object.value.spec);
  switch (object.kind) {
    case 'Ingress': {
      const paths = list(spec.rules).flatMap((rule) => list(record(record(rule).http).paths));
      const backends = [spec.defaultBackend, spec.backend, ...paths.map((path) => record(path).backend)];
      return backends.flatMap((it) => word(record(record(it).service).name) ?? word(record(it).serviceName) ?? []);
    }
    case 'Route':
      return [word(record(spec.to).name) ?? ''];
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TCPRoute':
      return list(spec.rules).flatMap((rule) =>
        list(record(rule).backendRefs).flatMap((it) => word(record(it).name) ?? []),
      );
    case 'VirtualService':
      return ['http', 'tcp', 'tls'].flatMap((key) =>
        list(spec[key]).flatMap((entry) =>
          list(record(entry).route).flatMap((it) => hostOf(record(record(it).destination).host)),
        ),
      );
    case 'IngressRoute':
    case 'HTTPProxy':
      return list(spec.routes).flatMap((route) =>
        list(record(route).services).flatMap((it) => word(record(it).name) ?? []),
      );
    default:
      return [];
  }
}

/** `cart.shop.svc.cluster.local` is the Service cart. */
function hostOf(host: unknown): readonly string[] {
  const name = word(host)?.split('.')[0];
  return name === undefined ? [] : [name];
}
