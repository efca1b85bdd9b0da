/** AsciiDoc and reStructuredText as Markdown: the same lines, the same sections, links and commands, and nothing that was not there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../src/evidence/pages/markdown.ts';
import { pageText, parsePage } from '../../src/evidence/pages/page-text.ts';

function parsed(path: string, text: string) {
  return parsePage(path, text, parseMarkdown);
}

/** Title, level, line and number of commands of each section. */
function outline(path: string, text: string) {
  return parsed(path, text).sections.map(({ title, level, line, commands }) => [title, level, line, commands]);
}

const ASCIIDOC = `= Scans are late
Ada Byron <ada@lumenpay.io>
:toc:
:url-map: https://maps.lumenpay.io

// nobody reads this
== Diagnosis

Parcels stand still on the {url-map}[map]. See <<mitigate,what to do>>, xref:queue.adoc#depth[the queue]
and https://grafana.lumenpay.io/d/scans[the dashboard^].

.Look at the queue
[source,bash]
----
kubectl get pods -n parcels
== no heading
----

[source,yaml]
----
replicas: 2
----

....
NAME   READY
....

[[mitigate]]
== Mitigation ==

. Restart the scanner pods with \`kubectl rollout restart deploy/scan\`.
.. Wait a minute.
* Call +49 30 1234.

Escalation
----------

Term:: What it means
link:mailto[not a page]

|===
|Who |Number
|Ada |+49
|===

////
== Hidden
////

=== Later

TODO
`;

const RESTRUCTURED = `==============
Scans are late
==============

:Last reviewed: 2026-01-05

.. contents:: Table

Diagnosis
=========

Parcels stand still. See \`the dashboard <https://grafana.lumenpay.io/d/scans>\`_, :doc:\`queue\`,
the Wiki_ and :ref:\`what to do <mitigate>\`::

    kubectl get pods -n parcels
    == no heading

.. code-block:: yaml
   :linenos:

   replicas: 2

.. note:: Ask first.

   # not a heading

.. a comment
   that says TODO

.. _mitigate:

Mitigation
==========

#. Restart with \`\`kubectl rollout restart deploy/scan\`\`.
#. Wait.

   .. code-block:: bash

      kubectl get pods

   Then look again.

Later
-----

TBD

.. _wiki: https://wiki.lumenpay.io
`;

describe('AsciiDoc', () => {
  it('has the sections and commands that a reader sees, each on its line', () => {
    expect(outline('a.adoc', ASCIIDOC)).toEqual([
      ['Scans are late', 1, 1, 0],
      ['Diagnosis', 2, 7, 1],
      ['Mitigation', 2, 29, 1],
      ['Escalation', 2, 35, 0],
      ['Later', 3, 50, 0],
    ]);
  });

  it('has links, anchors as they are written and as they are made, and marks of what is to be written', () => {
    const { links, anchors, sections } = parsed('a.adoc', ASCIIDOC);
    expect(links.map(({ target, text, line }) => [target, text, line])).toEqual([
      ['#mitigate', 'what to do', 9],
      ['queue.adoc#depth', 'the queue', 9],
      ['https://grafana.lumenpay.io/d/scans', 'the dashboard', 10],
      ['mailto', 'not a page', 39],
    ]);
    expect(anchors.map(({ slug }) => slug)).toEqual(expect.arrayContaining(['_diagnosis', 'mitigate', '_mitigation']));
    expect(anchors.find(({ slug }) => slug === 'mitigate')?.title).toBe('Mitigation');
    expect(sections.at(-1)).toMatchObject({ state: 'stub', stubLine: 52 });
    expect(sections.map(({ text }) => text).join('\n')).not.toMatch(/nobody reads|Hidden|Ada Byron/);
  });

  it('keeps front matter', () => {
    expect(parsed('a.adoc', '---\nlast_reviewed: 2026-01-05\n---\n= Scans\n').frontMatter).toEqual({
      last_reviewed: '2026-01-05',
    });
  });
});

describe('reStructuredText', () => {
  it('has the sections and commands that a reader sees, each on its line', () => {
    expect(outline('a.rst', RESTRUCTURED)).toEqual([
      ['Scans are late', 1, 2, 0],
      ['Diagnosis', 2, 9, 1],
      ['Mitigation', 2, 32, 2],
      ['Later', 3, 44, 0],
    ]);
  });

  it('has links, anchors and marks of what is to be written', () => {
    const { links, anchors, sections } = parsed('a.rst', RESTRUCTURED);
    expect(links.map(({ target, text, line }) => [target, text, line])).toEqual([
      ['https://grafana.lumenpay.io/d/scans', 'the dashboard', 12],
      ['queue', 'queue', 12],
      ['https://wiki.lumenpay.io', 'Wiki', 13],
    ]);
    expect(anchors.find(({ slug }) => slug === 'mitigate')?.title).toBe('Mitigation');
    expect(sections[0]?.text).toContain('Last reviewed: 2026-01-05');
    expect(sections.at(-1)).toMatchObject({ state: 'stub', stubLine: 47 });
    expect(sections.map(({ text }) => text).join('\n')).not.toMatch(/a comment|Table/);
  });
});

describe('a page that is not whole', () => {
  it.each([
    ['a.adoc', '= A\n\n== B\n\ninclude::steps.adoc[]\n', 'it includes steps.adoc, which is not read'],
    ['a.adoc', '= A\n\n== B\n\nifdef::prod[]\nCall.\nendif::[]\n', 'parts of it appear only under a condition'],
    ['a.rst', 'A\n=\n\n.. include:: steps.rst\n', 'it includes steps.rst, which is not read'],
    ['a.rst', 'A\n=\n\n.. only:: html\n\n   Call.\n', 'parts of it appear only under a condition'],
  ])('is said to be none: %s %j', (path, text, trouble) => {
    expect(parsed(path, text).trouble).toBe(trouble);
  });

  it('is whole where only settings are included at the top', () => {
    const text =
      '= A\ninclude::attributes.adoc[]\n\nifdef::env-github[]\n:tip-caption: x\nendif::[]\n\n== B\n\nCall.\n';
    expect(parsed('a.adoc', text).trouble).toBeUndefined();
  });
});

const word = fc.oneof(
  fc.constantFrom(
    '= A',
    '== B',
    '----',
    '....',
    '////',
    '++++',
    '|===',
    '```',
    '~~~',
    '--',
    '[source,bash]',
    '[[a]]',
    '* x',
    '.. ',
    '. y',
    'include::a[]',
    'a::',
    '.. code-block:: sh',
    '.. note::',
    '.. _a: b',
    '.. _a:',
    '::',
    '====',
    '####',
    '    x',
    '   - y',
    '',
    '`a <b>`_',
    '``c``',
    'link:a[b]',
    '<<a,b>>',
    '<!--',
    '# h',
    '---',
    '\t',
    '|a |b',
    '`',
  ),
  fc.string({ maxLength: 12 }),
);

describe('whatever stands in a page', () => {
  it.each(['a.adoc', 'a.rst'])('nothing throws, and lines stay where they are (%s)', (path) => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (lines) => {
        const text = lines.join('\n').replaceAll('\r', '');
        const { markdown } = pageText(path, text);
        const [before, after] = [text.split('\n').length, markdown.split('\n').length];
        expect(after - before).toBeLessThanOrEqual(path.endsWith('.rst') ? 1 : 0);
        expect(after).toBeGreaterThanOrEqual(before);
        parsed(path, text);
      }),
      { numRuns: 500 },
    );
  });

  it('it is read to its end, however often a mark is begun and not closed', () => {
    for (const piece of ['link:', '<<', '`', '[', 'a::', ':a:`', '|', '`a <', 'http://a[', '_', '.. _', 'include::']) {
      const text = `${piece.repeat(2000 / piece.length)}\n`.repeat(60);
      expect(pageText('a.adoc', text).markdown.split('\n')).toHaveLength(61);
      expect(pageText('a.rst', text).markdown.split('\n').length).toBeLessThanOrEqual(62);
    }
  });
});
