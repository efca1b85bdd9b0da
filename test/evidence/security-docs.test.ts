import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waysToReport } from '../../src/evidence/security-docs/report-passage.ts';
import { fromSecurityTxt } from '../../src/evidence/security-docs/structured-contacts.ts';
import { mayBeThreatModel } from '../../src/evidence/security-docs/threat-model.ts';
import { collector } from '../../src/evidence/security-docs.ts';
import { anyCharacter } from '../any-character.ts';
import { sourcesOf } from './sources-of.ts';

const how = (text: string, policy = false) => waysToReport(text, policy).map((it) => `${it.line} ${it.how} ${it.text}`);

describe('ways to report a weakness', () => {
  it.each([
    ['If you discover a security issue, please email security@acme.io.', '1 mail security@acme.io'],
    ['Report vulnerabilities to security [at] acme [dot] io, please.', '1 mail security [at] acme [dot] io'],
    ['Please report security bugs at https://hackerone.com/acme.', '1 link https://hackerone.com/acme'],
    ['## Responsible disclosure\n\nMail us: security@acme.io', '3 mail security@acme.io'],
    [
      'To report a vulnerability, see [the policy][p].\n\n[p]: https://acme.io/security',
      '1 link https://acme.io/security',
    ],
  ])('%s', (text, expected) => expect(how(text)).toContain(expected));

  it.each([
    'Please report bugs to bugs@acme.io.',
    '## Security\n\nAccess is controlled by IAM. Questions: platform@acme.io',
    'Finds vulnerabilities and reports them. See https://acme.io/docs',
    'If you discover a vulnerability, please contact the maintainers.',
    '<!-- Report vulnerabilities to security@acme.io, please -->',
    'Please report vulnerabilities to security@example.com.',
    'Please report vulnerabilities; what they are: https://owasp.org/Top10/',
    '## Security issues\n\nThe [gateway](https://docs.acme.io/gateway) checks tokens.\n\n## Contact\n\nhello@acme.io',
  ])('none in: %s', (text) => expect(how(text)).toEqual([]));

  it('are wider in a policy, and still need something one can use', () => {
    expect(how('Meld fra til sikkerhet@acme.no.', true)).toEqual(['1 mail sikkerhet@acme.no']);
    expect(how('See [our docs](https://acme.io/docs).', true)).toEqual([]);
    expect(how('Use this section to tell people how to report a vulnerability.', true)).toEqual([]);
    expect(how('Choose "Report a vulnerability" in the Security tab.', true).length).toBe(1);
  });

  it('of security.txt need an address', () => {
    expect(fromSecurityTxt('Contact: mailto:security@acme.io\nExpires: 2027-01-31T00:00:00Z')).toEqual({
      ways: [{ how: 'mail', text: 'security@acme.io', line: 1 }],
      expires: '2027-01-31',
    });
    expect(fromSecurityTxt('Contact: our team\nExpires: never').ways).toEqual([]);
  });

  it('never throw, and stand on lines of the text', () => {
    const word = fc.constantFrom(
      'report ',
      'vulnerability ',
      'please ',
      'a@b.io ',
      'https://x.io/security ',
      '\n',
      '\n\n',
      '# ',
      '[a][b]',
      '[b]: https://y.io',
      '<!--',
      '```',
      'security issue ',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 50 }), fc.boolean(), (words, policy) => {
        const text = words.join('');
        const lines = text.split('\n').length;
        expect(waysToReport(text, policy).filter(({ line }) => line < 1 || line > lines)).toEqual([]);
      }),
    );
    fc.assert(fc.property(fc.string({ unit: anyCharacter }), (text) => Array.isArray(waysToReport(text, true))));
    expect(how(`${'a.'.repeat(50_000)}@`, true)).toEqual([]);
  });
});

describe('threat models', () => {
  it('are told by their names, guides and forms left out', () => {
    for (const path of [
      'docs/threat-model.md',
      'ThreatModels/shop/shop.json',
      'security/threatmodel.tm7',
      'threagile.yaml',
    ])
      expect(mayBeThreatModel(path), path).toBe(true);
    for (const path of [
      'docs/threat-model-template.md',
      'src/threat-model.ts',
      'docs/threats.md',
      'blog/threat-modeling.md',
    ])
      expect(mayBeThreatModel(path), path).toBe(false);
  });

  it('are read whatever they hold', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(
        '{"detail":{"diagrams":[{"cells":null},null,{"cells":[{"data":{"threats":[null]}}]}]}}',
        'threagile_version: 1\ntechnical_assets: []',
        '# Assets\n\n| Threat |\n|---|\n| x |',
      ),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('md', 'json', 'yaml', 'py', 'tm7'), async (content, ending) => {
        const { facts } = await collector.collect(
          sourcesOf({ [`threat-model.${ending}`]: content, 'security-insights.yml': content }),
        );
        expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
      }),
    );
  });
});
