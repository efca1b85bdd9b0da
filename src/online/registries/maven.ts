/** A Maven repository: the list of versions in its metadata; the day of one is when its pom was put there. */
import { SaxesParser } from 'saxes';
import { word } from '../../advisories/fields.ts';
import { dayOf, LONGEST_VERSION, MOST_RELEASES, type Registry } from './registry.ts';

export const registry: Registry = {
  ecosystem: 'Maven',
  path: (name) => {
    const folder = folderOf(name);
    return folder === undefined ? undefined : `${folder}/maven-metadata.xml`;
  },
  read: ({ text }) => {
    const versions = versionsIn(text);
    return versions && { releases: versions.map((version) => ({ version })) };
  },
  dayPath: (name, version) => {
    const artifact = name.slice(name.indexOf(':') + 1);
    return `${folderOf(name) ?? ''}/${encodeURIComponent(version)}/${encodeURIComponent(`${artifact}-${version}`)}.pom`;
  },
  readDay: ({ headers }) => dayOf(headers.get('last-modified')),
};

function folderOf(name: string): string | undefined {
  const [group = '', artifact = '', ...rest] = name.split(':');
  if (group === '' || artifact === '' || rest.length > 0) return undefined;
  return `/${[...group.split('.'), artifact].map(encodeURIComponent).join('/')}`;
}

/** The texts of `<version>` within `<versions>`; undefined for what is not such a document. */
function versionsIn(text: string): readonly string[] | undefined {
  const versions: string[] = [];
  const path: string[] = [];
  let content = '';
  let root: string | undefined;
  let isBroken = false;
  const parser = new SaxesParser();
  parser.on('error', () => {
    isBroken = true;
  });
  parser.on('opentag', ({ name }) => {
    root ??= name;
    path.push(name);
    content = '';
  });
  parser.on('text', (some) => {
    if (content.length < LONGEST_VERSION) content += some;
  });
  parser.on('closetag', ({ name }) => {
    const version = word(content.trim(), LONGEST_VERSION);
    if (name === 'version' && path.at(-2) === 'versions' && version !== undefined && versions.length < MOST_RELEASES)
      versions.push(version);
    path.pop();
    content = '';
  });
  parser.write(text).close();
  return isBroken || root !== 'metadata' ? undefined : versions;
}
