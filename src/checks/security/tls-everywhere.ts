/** Assesses whether requests are encrypted on their way: where they come in from outside, and where production's settings lead out. */
import type { Edge } from '../../evidence/workloads/edges.ts';
import type { Workload } from '../../evidence/workloads/workload.ts';
import type { Place, Problem } from '../../model.ts';
import { assessed, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { withoutWorkloads } from '../every-workload.ts';
import { share } from '../shares.ts';
import { counted } from '../words.ts';
import { inProduction, workloadScope } from '../workload-scope.ts';
import { plainAddresses } from './plain-addresses.ts';

export const check = defineCheck({
  summary:
    "Looks at production's ingresses, routes, gateways, load balancers and their listeners for a certificate, and at the variables of its workloads for `http://` addresses outside the cluster. Plain HTTP within the cluster, where a mesh may encrypt it, is told of and disproves nothing. What a controller or a proxy in front may encrypt by itself is unknown.",
  needs: ['workloads', 'network'],
  params: {},
  assess(subject) {
    const { workloads, network } = subject.evidence;
    const edges = inProduction([...workloads.facts.edges, ...network.facts.listeners], subject);
    const scope = workloadScope(subject, ['service', 'daemon', 'job']);
    const { outside, byDefault, inside } = plainAddresses(scope.judged);
    const claimed = (subject.claims.environments ?? []).flatMap(({ id, url }, index) =>
      /^http:\/\//i.test(url ?? '') && /^(prod|production|live|prd)\b/.test(id)
        ? [plainClaim(url ?? '', subject.at(`/environments/${index}/url`))]
        : [],
    );
    const tls = edges.filter(({ security }) => security === 'tls' || security === 'redirects');
    const sure = edges.filter(({ when }) => when === undefined);
    const plain = [...sure.filter(({ security }) => security === 'plain').map(problemOf), ...outside, ...claimed];
    const bare = sure.filter(({ security }) => security === 'unsaid').map(problemOf);
    const open = edges.find(
      ({ security, when }) => security === 'unclear' || (when !== undefined && /plain|unsaid/.test(security)),
    );
    const because = `${ways(edges, tls)}${insideWords(inside.length)}`;
    const evidence = tls.map(({ at }) => at).slice(0, 5);
    if (plain.length > 0) return assessed('contradicted', because, { evidence, problems: [...plain, ...bare] });
    if (bare.length > 0) return assessed('missing', because, { evidence, problems: bare });
    if (open)
      return unknown(
        `${because}; ${called(open)}: ${open.because}${open.when ? `, and it is there only where ${open.when}` : ''}`,
        {
          evidence: [...evidence, open.at],
        },
      );
    const [replaced] = byDefault;
    if (replaced?.at)
      return unknown(`${because}; ${replaced.message}, unless the deployment replaces the chart's default`, {
        evidence: [...evidence, replaced.at],
      });
    const unread = [...workloads.unread, ...network.unread];
    const [hidden] = unread;
    if (hidden)
      return unknown(`${because}; but ${hidden.at.path} could not be read: ${hidden.detail}`, {
        evidence: [...evidence, hidden.at],
      });
    if (tls.length > 0) return verified(because, evidence);
    if (scope.judged.length > 0)
      return unknown(
        `where requests come in is not described here${partialWords(scope.judged)}${insideWords(inside.length)}`,
        {
          evidence: inside.slice(0, 5),
        },
      );
    const elsewhere = withoutWorkloads(scope);
    return elsewhere.standing === 'unknown' ? elsewhere : notApplicable('no way in from outside is described here');
  },
});

function ways(edges: readonly Edge[], tls: readonly Edge[]): string {
  if (edges.length === 0) return 'no way in from outside is described here';
  return share(
    tls.length,
    edges.length,
    ['way in from outside', 'ways in from outside'],
    ['is encrypted', 'are encrypted'],
  );
}

/** What of the workloads is not here, with which their ways in may come. */
function partialWords(workloads: readonly Workload[]): string {
  const [first] = workloads.flatMap(({ partial, kind, name }) =>
    partial === undefined ? [] : [`${kind} ${name}: ${partial}`],
  );
  return first === undefined ? '' : `; ${first}`;
}

function insideWords(count: number): string {
  return count === 0
    ? ''
    : `; ${counted(count, 'address', 'addresses')} within the cluster ${count === 1 ? 'is' : 'are'} plain HTTP`;
}

function called({ kind, name }: Edge): string {
  return `${kind} ${name}`;
}

function problemOf(edge: Edge): Problem {
  return {
    message: `${called(edge)}: ${edge.because}`,
    at: edge.at,
    fix: edge.because.includes('policy')
      ? 'Name a policy that begins with TLS 1.2.'
      : 'Give it a certificate, and let plain HTTP only redirect.',
    subject: called(edge),
  };
}

function plainClaim(url: string, at: Place): Problem {
  return { message: `production answers at ${url}`, at, fix: 'Let it answer at https:// and redirect from http://.' };
}
