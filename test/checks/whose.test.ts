/** Labels that name a service: which of them are this one's, and which are another's. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAnothers, type Named } from '../../src/checks/whose.ts';

const named: Named = {
  service: { name: 'ledger-api', dir: 'services/ledger', assumed: [] },
  claims: { dependencies: [{ id: 'entries', kind: 'db' }, { id: 'payouts', kind: 'http' }, { id: 'rates' }] },
  known: ['closing', 'api'],
};

describe('a label that names a service', () => {
  it.each(['ledger-api', 'LedgerAPI', 'ledger_api', 'eu-ledger-api-2', 'ledger', 'closing', 'entries'])(
    'is this one’s: %s',
    (label) => expect(isAnothers([label], named)).toBe(false),
  );

  it.each(['payouts', 'rates', 'closing-time', 'payouts-api', 'led', 'ledgers'])('is another’s: %s', (label) =>
    expect(isAnothers([label], named)).toBe(true),
  );

  it.each(['', '-', '{{ $labels.service }}', '{{ .Release.Name }}', '$' + '{service}'])('says nothing: %s', (label) =>
    expect(isAnothers([label], named)).toBe(false),
  );

  it('is this one’s where one of several labels is', () => {
    expect(isAnothers(['payouts', 'ledger-api'], named)).toBe(false);
    expect(isAnothers([], named)).toBe(false);
  });

  it('is nobody else’s where nobody named this service', () => {
    const unnamed = { ...named, service: { ...named.service, assumed: ['name'] } };
    fc.assert(fc.property(fc.array(fc.string()), (labels) => !isAnothers(labels, unnamed)));
  });

  it('is this one’s whatever the name, and whatever stands beside it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]*$/), fc.array(fc.string()), (name, labels) => {
        const service = { name, dir: '', assumed: [] };
        return !isAnothers([...labels, name], { service, claims: {}, known: [] });
      }),
    );
  });
});
