/** Addresses: told from paths, named alike, refused with credentials without a word of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gitAddress } from '../../src/audit/git-address.ts';
import { InputError } from '../../src/input-error.ts';

function refusal(word: string): string {
  try {
    gitAddress(word, 'repos.txt:3');
    return 'none';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `${error.message} ${error.at} ${error.hint}`;
  }
}

describe('an address', () => {
  it.each([
    ['https://github.com/acme/payments', 'github.com/acme/payments'],
    ['https://GitHub.com/acme/payments.git', 'github.com/acme/payments'],
    ['https://git.lumenpay.io:8443/platform/team/payments/', 'git.lumenpay.io:8443/platform/team/payments'],
    ['ssh://git@github.com:22/acme/payments.git', 'github.com/acme/payments'],
    ['ssh://git@git.lumenpay.io:2222/acme/payments', 'git.lumenpay.io:2222/acme/payments'],
    ['git@github.com:acme/payments.git', 'github.com/acme/payments'],
    ['http://127.0.0.1:8080/acme/payments.git', '127.0.0.1:8080/acme/payments'],
  ])('%s is called %s', (word, id) => {
    expect(gitAddress(word, 'targets')).toEqual({ location: word, id });
  });

  it.each(['.', '../payments', '/srv/repos/payments', 'a:b', 'C:/repos', 'acme@home/payments', 'payments.git'])(
    '%s is none but a path',
    (word) => {
      expect(gitAddress(word, 'targets')).toBeUndefined();
    },
  );

  it.each([
    'https://ghp_s3cretT0ken@github.com/acme/payments',
    'https://oauth2:ghp_s3cretT0ken@github.com/acme/payments',
    'ssh://git:ghp_s3cretT0ken@github.com/acme/payments',
    'oauth2:ghp_s3cretT0ken@github.com:acme/payments',
    'x:ghp_s3cretT0ken@github.com/acme/payments',
  ])('%s is refused, and its secret not repeated', (word) => {
    expect(refusal(word)).toMatch(/^an address carries credentials.* repos\.txt:3 .*GITHUB_TOKEN/);
    expect(refusal(word)).not.toContain('s3cret');
  });

  it.each([
    'https://github.com/acme/payments?private_token=s3cret',
    'http://github.com/acme/payments',
    'git://github.com/acme/payments',
    'file:///etc',
    'ext::sh -c touch% harm',
    'https://github.com',
    'https://',
    'ssh://-oProxyCommand=harm/acme',
    'git@-oProxyCommand=harm:acme/payments',
    'git@github.com:--upload-pack=harm',
    'https://github.com/acme/pay ments',
  ])('%s is refused', (word) => {
    expect(refusal(word)).toMatch(/^an address is none that gonogo fetches from/);
  });

  it('is never anything but an address, a path or a refusal that repeats no password', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/);
    const words = fc.tuple(
      fc.constantFrom('https://', 'ssh://', 'http://', 'git://', ''),
      fc.stringMatching(/^[a-z0-9._-]{0,8}$/),
      secret,
      fc.oneof(fc.string({ maxLength: 12 }), fc.constant('github.com/acme/x')),
    );
    fc.assert(
      fc.property(words, ([scheme, user, password, rest]) => {
        const word = `${scheme}${user}:${password}@${rest}`;
        expect(refusal(word)).not.toContain(password);
        expect(refusal(word)).not.toBe('none');
      }),
    );
    fc.assert(
      fc.property(fc.string(), (word) => {
        expect(typeof refusal(word)).toBe('string');
      }),
    );
  });
});
