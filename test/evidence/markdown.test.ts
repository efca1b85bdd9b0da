/** Markdown as operations documents really are: stubs, comments, bold headings, other alphabets, several ways to name an anchor. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAnchor, hasAnchor } from '../../src/evidence/pages/anchors.ts';
import { type MarkdownSection, parseMarkdown } from '../../src/evidence/pages/markdown.ts';
import { isStub } from '../../src/evidence/pages/stub.ts';
import { anyCharacter } from '../any-character.ts';

function section(text: string, title: string): MarkdownSection {
  const found = parseMarkdown(text).sections.find((it) => it.title === title);
  if (!found)
    throw new Error(
      `no section "${title}" among ${parseMarkdown(text)
        .sections.map((it) => it.title)
        .join(', ')}`,
    );
  return found;
}

function states(text: string): Record<string, string> {
  return Object.fromEntries(parseMarkdown(text).sections.map((it) => [it.title, it.state]));
}

describe('sections', () => {
  it('has level, line and own words of ATX and setext headings', () => {
    const document = parseMarkdown('Ledger\n======\n\nPosts entries twice a day.\n\n## Impact\n\nPayouts wait.\n');
    expect(document.title).toBe('Ledger');
    expect(document.sections.map(({ title, level, line, words }) => [title, level, line, words])).toEqual([
      ['Ledger', 1, 1, 5],
      ['Impact', 2, 6, 2],
    ]);
    expect(document.words).toBe(7);
  });

  it('takes a paragraph that is only bold for a heading one level down', () => {
    const text =
      '## Settlement late\n\n**What does it mean?**\n\nThe bank file is missing.\n\n__Mitigation:__\n\nAsk the bank.\n';
    expect(parseMarkdown(text).sections.map(({ title, level }) => [title, level])).toEqual([
      ['Settlement late', 2],
      ['What does it mean?', 3],
      ['Mitigation', 3],
    ]);
  });

  it('leaves bold warnings, labels with a value and bold marks where they stand', () => {
    const text =
      '## Steps\n\n**Never restart the primary during a settlement.**\n\nWait.\n\n**Owner: ledger team**\n\nCall.\n';
    expect(parseMarkdown(text).sections.map((it) => it.title)).toEqual(['Steps']);
    expect(section('## Impact\n\n**TODO**\n\n## Next\n\nx\n', 'Impact').state).toBe('stub');
  });

  it('keeps what stands before the first heading as a section without a title', () => {
    const [first] = parseMarkdown('See [the board](https://grafana.lumenpay.io/d/1).\n\n# Ledger\n\nText\n').sections;
    expect(first).toMatchObject({ title: '', level: 0, words: 3, state: 'filled' });
  });

  it('keeps emoji in titles', () => {
    expect(parseMarkdown('## 🚨 Impact\n\nPayouts wait.\n').sections[0]?.title).toBe('🚨 Impact');
  });

  it('counts words in other scripts', () => {
    expect(parseMarkdown('## 조치\n\n결제 서버를 다시 시작한다.\n').words).toBe(4);
    expect(parseMarkdown('## 対応\n\n再起動\n').words).toBe(3);
  });
});

describe('what is written and what is yet to be', () => {
  it.each([
    'TODO',
    'TBD.',
    '_TBC_',
    'TODO: describe failover',
    'Coming soon!',
    'To be written',
    '<describe the impact>',
    '<TODO>',
    '...',
    '…',
    '- TODO',
    '> WIP',
    '`TODO`',
    'Lorem ipsum dolor sit amet',
  ])('says stub for %s', (body) => {
    expect(section(`## Impact\n\n${body}\n`, 'Impact')).toMatchObject({ state: 'stub', stubLine: 3 });
  });

  it.each([
    'N/A',
    'None',
    'NotApplicable',
    'No.',
    'Restart the pod',
    'This needs to be done by the DBA',
    'FATAL: role xxx does not exist',
    'TODO items are kept in the tracker',
  ])('takes %s for an answer', (body) => {
    expect(section(`## Failover\n\n${body}\n`, 'Failover').state).toBe('filled');
  });

  it('ignores HTML comments, whatever they say', () => {
    const text =
      '## Impact\n\n<!-- TODO: Placeholder - remove HTML comment markers\n\nmore -->\n\nCard payments fail.\n\n## Architecture\n\n<!-- TODO -->\n';
    expect(states(text)).toEqual({ Impact: 'filled', Architecture: 'empty' });
    expect(section(text, 'Impact').stubLine).toBeUndefined();
  });

  it('says empty for a leaf alone, not for a heading with subsections', () => {
    expect(states('# Ledger\n\n## Diagnosis\n\n### Logs\n\nRead them.\n\n## Mitigation\n')).toEqual({
      Ledger: 'filled',
      Diagnosis: 'filled',
      Logs: 'filled',
      Mitigation: 'empty',
    });
  });

  it('takes code, tables, images and details for content', () => {
    const text =
      '## A\n\n```sh\nkubectl get pods\n```\n\n## B\n\n| who | how |\n|-|-|\n| Ada | pager |\n\n## C\n\n![map](map.png)\n\n## D\n\n<details><summary>More</summary>Steps</details>\n';
    expect(states(text)).toEqual({ A: 'filled', B: 'filled', C: 'filled', D: 'filled' });
  });

  it('sees a table whose rows are blank', () => {
    expect(states('## Contacts\n\n| who | how |\n|-|-|\n|  |  |\n')).toEqual({ Contacts: 'empty' });
  });

  it('flags a lone mark in a section that has other content, and a TODO that is code', () => {
    expect(section('## Fix\n\nRestart it.\n\n- TODO\n', 'Fix')).toMatchObject({ state: 'filled', stubLine: 5 });
    expect(section('## Fix\n\n```sh\n# TODO\n```\n', 'Fix')).toMatchObject({ state: 'stub', stubLine: 4, commands: 0 });
    expect(section('## Fix\n\n```sh\nhelm rollback ledger\n# TODO check it\n```\n', 'Fix')).toMatchObject({
      state: 'filled',
      stubLine: 5,
      commands: 1,
    });
  });

  it('counts the lines of indented code from its first', () => {
    expect(section('## Fix\n\nRun:\n\n    ls\n    # TODO\n', 'Fix').stubLine).toBe(6);
  });

  it('leaves out the boxes of tasks', () => {
    expect(section('## Fix\n\n- [x] TODO\n- [ ] restart it\n', 'Fix')).toMatchObject({ words: 2, stubLine: 3 });
  });

  it('does not take markup for a blank to fill in', () => {
    expect(isStub('See section 3')).toBe(false);
    expect(states('## A\n\n<br>\n\nText\n')).toEqual({ A: 'filled' });
    expect(section('## A\n\nRun `kubectl delete pod <pod>` twice\n', 'A').stubLine).toBeUndefined();
  });
});

describe('commands and links', () => {
  it.each([
    'up == 0',
    'apiserver_flowcontrol_rejected_requests_total',
    'sum by (job) (rate(http_requests_total[5m]))',
    'kube_pod_status_ready{condition="false"} == 1',
    '{app="ledger"} |= "timeout"',
    'select * from jobs where state = 1',
    'kubectl -n ledger get pods',
  ])('counts `%s` as something to run', (code) => {
    expect(section(`## Look\n\nFirst \`${code}\` tells.\n`, 'Look').commands).toBe(1);
  });

  it.each([
    'ledger-poster',
    'max_connections',
    'state == failed',
    'a > 1',
    '{app="ledger"}',
    'select',
    '{{ .Values.host }}',
  ])('counts no word such as `%s`', (code) => {
    expect(section(`## Look\n\nFirst \`${code}\` tells.\n`, 'Look').commands).toBe(0);
  });

  it('counts code blocks and inline commands, not data and diagrams', () => {
    const text =
      '## Fix\n\nRun `kubectl rollout undo deploy/ledger`, then look at `ledger_errors_total`.\n\n    psql -c "select 1"\n\n```mermaid\ngraph TD\n```\n\n```json\n{}\n```\n';
    expect(section(text, 'Fix').commands).toBe(2);
  });

  it('places inline, reference, bare and HTML links', () => {
    const text =
      '## Fix\n\n[board][b] and https://grafana.lumenpay.io/d/2\n<a href="steps.md">steps</a> [next](./next.md#now)\n\n[b]: https://grafana.lumenpay.io/d/1\n';
    expect(parseMarkdown(text).links.map(({ target, line, column }) => [target, line, column])).toEqual([
      ['https://grafana.lumenpay.io/d/1', 3, 1],
      ['https://grafana.lumenpay.io/d/2', 3, 16],
      ['steps.md', 4, 1],
      ['./next.md#now', 4, 30],
    ]);
  });

  it.each([
    ['in a later line of a paragraph', 'First\nsecond\n   see [board][b].\n\n[b]: x.md\n', 3, 8],
    ['in a list', '1. Look\n   - at the\n     **old** [board](x.md)\n', 3, 14],
    ['in a task', '- [ ] see [board](x.md)\n', 1, 11],
    ['in a quote', '> a\n>\n> > b\nlazy [board](x.md)\n', 4, 6],
    ['behind tabs', '-\tLook\n\n\tat [board](x.md)\n', 3, 5],
    ['in a heading that is quoted', '> #   The [board](x.md) ##\n', 1, 11],
    ['in a heading of two lines', '> The\n> [board](x.md)\n> ===\n', 2, 3],
    ['in a table', '| a | b |\n|-|-|\n| x \\| y | `\\|` [board](x.md) |\n', 3, 17],
    ['below front matter', '---\na: b\n---\n[board](x.md)\n', 4, 1],
    ['behind Windows line ends', 'a\r\nb [board](x.md)\r\n', 2, 3],
    ['behind a mark of byte order', '\uFEFF[board](x.md)\n', 1, 1],
    ['in a block of tags', '<p>\n  <a class="x" href="x.md">board</a>\n', 2, 3],
    ['in brackets of another kind', 'a [see <x.md> or <a href="x.md">] b\n', 1, 18],
  ])('places a link %s', (_, text, line, column) => {
    expect(parseMarkdown(text).links.map((it) => [it.target, it.line, it.column])).toEqual([['x.md', line, column]]);
  });

  it.each([
    ['See https://lumenpay.io/a_b/*c*d*.', ['https://lumenpay.io/a_b/*c*d']],
    ['(see www.lumenpay.io/x_(y)), or', ['http://www.lumenpay.io/x_(y)']],
    ['**https://lumenpay.io** and "https://lumenpay.io/a"', ['https://lumenpay.io', 'https://lumenpay.io/a']],
    ['Ask first_last@lumenpay.io.', ['mailto:first_last@lumenpay.io']],
    ['[see https://lumenpay.io]', ['https://lumenpay.io']],
    ['[https://lumenpay.io/a\\_b](x.md)', ['x.md']],
    ['https://lumenpay.io/a](b', ['https://lumenpay.io/a']],
    ['`https://lumenpay.io` git+ssh://git@lumenpay.io http://a_b.c x@y @team www. https://', []],
    ['![https://lumenpay.io](x.png)', []],
  ])('finds bare links as GitHub does: %s', (text, targets) => {
    expect(parseMarkdown(text).links.map(({ target }) => target)).toEqual(targets);
  });

  it('keeps targets as they are written, less what was escaped in them', () => {
    const text = '[a](<a b.md>) [b](x.md?a&amp;b#c\\_d "title") <https://lumenpay.io/ä> [c](javascript:x)\n';
    expect(parseMarkdown(text).links.map(({ target }) => target)).toEqual([
      'a b.md',
      'x.md?a&b#c_d',
      'https://lumenpay.io/ä',
      'javascript:x',
    ]);
  });

  it('reads footnotes where they stand, and their calls as nothing', () => {
    const text = '## Fix\n\nRestart[^1] it.[^2]\n[^1]: Only once, see [steps](x.md).\n\n    TODO\n\n## Next\n\nWait.\n';
    expect(section(text, 'Fix')).toMatchObject({
      words: 6,
      stubLine: 6,
      text: 'Restart it.[^2]\nOnly once, see steps.\nTODO',
      links: [{ target: 'x.md', text: 'steps', line: 4, column: 22 }],
    });
  });

  it('takes a first line that begins another block for no head of a table', () => {
    expect(section('## A\n\n<div>who</div> | how\n---|---\n | \n', 'A')).toMatchObject({ state: 'filled', words: 2 });
  });

  it('leaves addresses out of the word count and comments out of the text', () => {
    const { words, text } = section(
      '## Fix\n\nSee https://wiki.lumenpay.io/ledger/steps now <!-- not this -->\n',
      'Fix',
    );
    expect(words).toBe(2);
    expect(text).not.toContain('not this');
  });

  it('has the names in code and tables in its text', () => {
    expect(
      section('## Fix\n\n| alert |\n|-|\n| LedgerLag |\n\n```promql\nledger_lag_seconds\n```\n', 'Fix').text,
    ).toMatch(/LedgerLag[\s\S]*ledger_lag_seconds/);
  });
});

describe('front matter', () => {
  it('keeps scalars as written and cuts dates to the day', () => {
    const { frontMatter, title, sections } = parseMarkdown(
      '---\ntitle: "Ledger: on call"\nlast_reviewed_on: 2026-03-01T09:00:00Z\nreview_in: 6 months\nversion: 1.10\ntags: [a, b]\n---\n\n# Other\n\nText\n',
    );
    expect(frontMatter).toEqual({
      title: 'Ledger: on call',
      last_reviewed_on: '2026-03-01',
      review_in: '6 months',
      version: '1.10',
      tags: ['a', 'b'],
    });
    expect(title).toBe('Ledger: on call');
    expect(sections[0]?.line).toBe(9);
  });

  it('is no text, whatever kind it is, and text when it does not end', () => {
    expect(parseMarkdown('+++\ntitle = "x"\n+++\nText\n')).toMatchObject({ frontMatter: {}, words: 1 });
    expect(parseMarkdown('---\n---\n# A\n').anchors).toEqual([{ slug: 'a', line: 3, title: 'A' }]);
    expect(parseMarkdown('---\na: b\n')).toMatchObject({ frontMatter: {}, words: 2 });
  });

  it('gives nothing for what is not a map, broken or endless', () => {
    expect(parseMarkdown('---\n- a\n---\n').frontMatter).toEqual({});
    expect(parseMarkdown('---\na: [\n---\n').frontMatter).toEqual({});
    expect(parseMarkdown(`---\n${'? '.repeat(700)}\n---\n`).frontMatter).toEqual({});
    expect(parseMarkdown('---\na: &a [x]\nb: &b [*a, *a]\n---\n').frontMatter).toEqual({ a: ['x'], b: [['x'], ['x']] });
  });
});

describe('anchors', () => {
  const document = parseMarkdown(
    '## Errors & retries\n\na\n\n## Errors & retries\n\nb\n\n## Scale up {#scale}\n\nc\n\n<a id="old-name"></a>\n\n## New name\n\nd <a name="inside"></a>\n\n## 2. Größe prüfen\n\n> ### Quoted\n',
  );

  it('are those of GitHub, numbered where they repeat', () => {
    expect(document.anchors.map(({ slug }) => slug)).toEqual([
      'errors--retries',
      'errors--retries-1',
      'scale',
      'scale-up-scale',
      'old-name',
      'new-name',
      'inside',
      '2-größe-prüfen',
      'quoted',
    ]);
  });

  it('are found whatever the case and encoding', () => {
    expect(hasAnchor(document, '#Errors--Retries')).toBe(true);
    expect(hasAnchor(document, '2-gr%C3%B6%C3%9Fe-pr%C3%BCfen')).toBe(true);
    expect(hasAnchor(document, 'user-content-new-name')).toBe(true);
    expect(hasAnchor(document, 'nowhere')).toBe(false);
    expect(hasAnchor(document, '%E0%A4%A')).toBe(false);
  });

  it('accept the rules of other renderers unless GitHub renders', () => {
    expect(hasAnchor(document, 'errors-retries')).toBe(true);
    expect(hasAnchor(document, 'errors-retries_1')).toBe(true);
    expect(hasAnchor(document, 'scale-up')).toBe(true);
    expect(hasAnchor(document, '2-groe-prufen')).toBe(true);
    expect(hasAnchor(document, 'errors-retries', true)).toBe(false);
  });

  it('stand where they are written in a block of tags', () => {
    expect(parseMarkdown('<!-- <a id="no"> -->\n<div>\n <p id="in"></p>\n</div>\n\nText\n').anchors).toEqual([
      { slug: 'in', line: 3, title: '' },
    ]);
  });

  it('written before a heading belong to it', () => {
    expect(findAnchor(document, 'old-name')).toMatchObject({ title: 'New name', line: 15 });
    expect(findAnchor(document, 'inside')).toMatchObject({ line: 17 });
  });
});

describe('any text', () => {
  it('is parsed without a throw, with lines inside the document, and as plain data', () => {
    const pieces = fc.constantFrom(
      '# ',
      '**a**',
      '\n',
      '\n\n',
      '- ',
      '> ',
      '```\n',
      '<!--',
      '-->',
      '| a |\n|-|\n',
      '[x](',
      ')',
      '[x]: y',
      '---\n',
      'a: b\n',
      '<a id=',
      '>',
      '{#x}',
      'TODO',
      '\u0000',
      '\t',
      '&amp;',
      '\r\n',
      '![',
      '`',
      '~~',
      '[^1]',
      '조치',
    );
    const texts = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 200 }),
      fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 40 }).map((it) => it.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const document = parseMarkdown(text);
        expect(JSON.parse(JSON.stringify(document))).toEqual(document);
        for (const { line, stubLine = line } of document.sections)
          expect(Math.max(line, stubLine)).toBeLessThanOrEqual(document.lines);
        for (const { line } of [...document.anchors, ...document.links])
          expect(line).toBeLessThanOrEqual(document.lines);
      }),
      { numRuns: 400 },
    );
  });

  it('has every link where it is written', () => {
    const before = fc.constantFrom(
      '',
      '> ',
      '- ',
      '1. ',
      '  ',
      '| ',
      'a **b** ',
      '`|` ',
      '# ',
      '<b>',
      '\\| ',
      '\t',
      'é😀 ',
    );
    const link = fc.constantFrom('[to](x.md)', '<https://x.io>', 'https://x.io', '[to]', 'www.x.io', '<a href="x.md">');
    const line = fc.tuple(fc.array(before, { maxLength: 4 }), link, fc.constantFrom('', ' |', ' a', '  ', ' #'));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const written = lines.map(([start, it, end]) => start.join('') + it + end);
        const text = `${written.join('\n')}\n\n[to]: x.md\n`;
        for (const { line, column } of parseMarkdown(text).links)
          expect(written[line - 1]?.slice(column - 1)).toMatch(/^(?:\[to\]|<https:|https:|www\.|<a )/);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['images in images', `${'!['.repeat(10_000)}a${'](b)'.repeat(10_000)}`],
    ['stars', '*a **b '.repeat(15_000)],
    ['code that grows', Array.from({ length: 400 }, (_, index) => '`'.repeat(index)).join(' ')],
    ['quotes with lazy lines', `${'>'.repeat(45)}a\n${'b\n'.repeat(10_000)}`],
    ['comments', 'a <!--'.repeat(20_000)],
    ['tags', `<div <a ${'href="x '.repeat(15_000)}`],
    ['hosts', '_www.a_b.c'.repeat(10_000)],
    ['links in a cell', `|a|\n|-|\n|${'\\|[a](b)'.repeat(10_000)}|`],
    ['ids', `# ${'{#a'.repeat(30_000)}`],
    ['an id', `# {#${'a'.repeat(100_000)}`],
  ])('gets through many %s', (_, text) => {
    expect(parseMarkdown(text).trouble).toBeUndefined();
  });

  it('says so when it is nested too deeply to be read', () => {
    const trouble = 'quotes or lists are nested too deeply';
    expect(parseMarkdown('>'.repeat(5000))).toMatchObject({ sections: [], trouble });
    expect(parseMarkdown(`${'- '.repeat(5000)}restart it`)).toMatchObject({ sections: [], trouble });
    expect(parseMarkdown(`${'> '.repeat(45)}restart it`)).toMatchObject({ words: 2 });
    expect(parseMarkdown('- '.repeat(5000)).trouble).toBeUndefined();
  });
});
