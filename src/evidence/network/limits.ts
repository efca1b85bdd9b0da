/** Limits that a web firewall or an API gateway sets to requests, in Terraform. */

import type { Maybe } from '../known.ts';
import type { Block, Contents } from '../terraform/block.ts';
import { maybeAs, nested, spoken } from '../terraform/block.ts';
import type { Bound } from '../workloads/workload.ts';

/** The limits of one block; none for other types. */
export function limitsOf(block: Block): readonly (Bound & { readonly name: string })[] {
  const name = `${block.type}.${block.name}`;
  return holders(block).flatMap(({ contents, key }) => {
    const value = textAt(contents, key);
    return value ? [{ name, what: key, value, at: value.at }] : [];
  });
}

interface Holder {
  readonly contents: Contents;
  readonly key: string;
}

function holders(block: Block): readonly Holder[] {
  const inner = (contents: Contents, ...path: readonly string[]): readonly Contents[] =>
    path.reduce<readonly Contents[]>((found, type) => found.flatMap((it) => nested(it, type)), [contents]);
  const each = (found: readonly Contents[], key: string): readonly Holder[] =>
    found.map((contents) => ({ contents, key }));
  switch (block.type) {
    case 'aws_wafv2_web_acl':
      return each(inner(block, 'rule', 'statement', 'rate_based_statement'), 'limit');
    case 'aws_api_gateway_method_settings':
      return each(inner(block, 'settings'), 'throttling_rate_limit');
    case 'aws_api_gateway_usage_plan':
      return each(inner(block, 'throttle_settings'), 'rate_limit');
    case 'aws_apigatewayv2_stage':
      return each(inner(block, 'default_route_settings'), 'throttling_rate_limit');
    case 'google_compute_security_policy':
      return each(inner(block, 'rule', 'rate_limit_options', 'rate_limit_threshold'), 'count');
    default:
      return [];
  }
}

function textAt(contents: Contents, key: string): Maybe<string> | undefined {
  return maybeAs(contents, key, (value) => spoken(value));
}
