/** XML 1.0 by the typed template of HTML: the one escaper of both leaves neither a mark nor a character that XML forbids. */
export { type Html as Xml, html as xml } from './escape-html.ts';
