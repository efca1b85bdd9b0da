/** Addresses with `http://` in the variables of workloads: those that lead out of the cluster, and those that stay within. Pure. */
import type { Workload } from '../../evidence/workloads/workload.ts';
import type { Place, Problem } from '../../model.ts';
import { nameOf } from '../every-workload.ts';

/** What was found. */
export interface PlainAddresses {
  readonly outside: readonly Problem[];
  /** Those that a chart gives by default, which the deployment may replace. */
  readonly byDefault: readonly Problem[];
  readonly inside: readonly Place[];
}

/** Names that identify something and are never called: namespaces of XML, claims. */
const NAMES = /^(www\.w3\.org|docs\.oasis-open\.org|schemas?\.|xml\.|purl\.org|xmlns\.|tempuri\.org|java\.sun\.com)/i;
/** Variables that hold an address; others may hold an address as a name. */
const ADDRESS =
  /(url|uri|endpoint|host|addr(ess)?|server|service|base|api|proxy|origin|domain|callback|webhook|target|upstream|link|gateway)/i;
/** Ends of names that only the cluster, the machine or the company's own network knows. */
const WITHIN =
  /(^|\.)(svc|local|localhost|internal|lan|intern|corp|home|test|example|invalid|localdomain|cluster|consul|intranet)$|\.svc\./i;
/** Last parts of public names; others may be a namespace's. */
const PUBLIC =
  /\.(com|net|org|io|gov|edu|app|dev|cloud|info|biz|co\.uk|gov\.uk|org\.uk|nhs\.uk|gc\.ca|gov\.au|gov\.it|europa\.eu)$/i;
const COUNTRY = /\.[a-z0-9-]+\.[a-z0-9-]+\.[a-z]{2}$/i;

/** The literal addresses of the workloads' main containers. */
export function plainAddresses(workloads: readonly Workload[]): PlainAddresses {
  const outside: Problem[] = [];
  const byDefault: Problem[] = [];
  const inside: Place[] = [];
  for (const workload of workloads) {
    for (const { name, value = '', at, via } of workload.containers.flatMap(({ env }) => env)) {
      const host = /^http:\/\/([^/:?#\s]{1,253})/i.exec(value)?.[1];
      if (host === undefined || NAMES.test(host) || !ADDRESS.test(name)) continue;
      if (isOutside(host) && !workload.calls?.includes(host.toLowerCase())) {
        const isDefault = via === 'values' && workload.environment === undefined;
        (isDefault ? byDefault : outside).push({
          message: `${nameOf(workload)} calls http://${host} (${name}), which is not encrypted`,
          at,
          fix: 'Use its https:// address.',
          subject: `${nameOf(workload)}/${name}`,
        });
      } else inside.push(at);
    }
  }
  return { outside, byDefault, inside };
}

function isOutside(host: string): boolean {
  if (WITHIN.test(host) || /^[\d.]+$/.test(host) || host.includes('[')) return false;
  return PUBLIC.test(host) || COUNTRY.test(`.${host}`);
}
