/** Which licences a policy admits: choices, combinations, exceptions, and what is no SPDX expression. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowed } from '../../src/checks/licence-terms.ts';

const ALLOW = { allow: ['MIT', 'Apache-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'], deny: [] };
const DENY = { allow: [], deny: ['AGPL-3.0-only', 'GPL-3.0-or-later'] };

describe('a policy on licences', () => {
  it.each([
    ['MIT', ALLOW, 'yes'],
    ['ISC', ALLOW, 'no'],
    ['(MIT OR GPL-3.0-only)', ALLOW, 'yes'],
    ['MIT AND GPL-3.0-only', ALLOW, 'no'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', ALLOW, 'yes'],
    ['GPL-2.0-only', ALLOW, 'no'],
    ['SEE LICENSE IN LICENSE', ALLOW, 'unknown'],
    ['', ALLOW, 'unknown'],
    ['MIT', DENY, 'yes'],
    ['AGPL-3.0-only', DENY, 'no'],
    ['AGPL-3.0-only OR MIT', DENY, 'yes'],
    ['AGPL-3.0-only AND MIT', DENY, 'no'],
    ['GPL-3.0-or-later', DENY, 'no'],
    ['whatever', DENY, 'unknown'],
  ] as const)('says of %s', (licence, policy, answer) => {
    expect(allowed(licence, policy)).toBe(answer);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => ['yes', 'no', 'unknown'].includes(allowed(text, ALLOW))));
  });
});
