// What a report's page does in a browser: filters its findings and folds those that are settled. Without it everything is shown.
// Plain script, embedded by `npm run generate`; only text and attributes are set, nothing is ever read as markup.
(() => {
  const form = document.querySelector('form');
  const status = document.getElementById('shown');
  const box = document.getElementById('filter-box');
  if (!form || !status || !(box instanceof HTMLDetailsElement)) return;

  /** @type {HTMLDetailsElement[]} */
  const findings = [...document.querySelectorAll('details.finding')].filter((it) => it instanceof HTMLDetailsElement);
  const groups = [...document.querySelectorAll('.area')].filter((it) => it instanceof HTMLElement);
  /** @type {Map<HTMLElement, string>} */
  const texts = new Map();

  /** @param {HTMLElement} finding */
  const textOf = (finding) => {
    const known = texts.get(finding);
    if (known !== undefined) return known;
    const text = (finding.textContent ?? '').toLowerCase().replace(/\s+/g, ' ');
    texts.set(finding, text);
    return text;
  };

  const wanted = () => {
    const data = new FormData(form);
    /** @param {string} name */
    const chosen = (name) => String(data.get(name) ?? '');
    return {
      rulings: data.getAll('ruling').map(String),
      words: chosen('text').toLowerCase().split(/\s+/).filter(Boolean),
      fields: ['severity', 'standing', 'area', 'service'].map((name) => [name, chosen(name)]),
    };
  };

  const apply = () => {
    const { rulings, words, fields } = wanted();
    let count = 0;
    for (const finding of findings) {
      const { dataset } = finding;
      const shown =
        (rulings.length === 0 || rulings.includes(dataset.ruling ?? '')) &&
        fields.every(([name = '', value]) => value === '' || dataset[name] === value) &&
        (words.length === 0 || words.every((word) => textOf(finding).includes(word)));
      finding.hidden = !shown;
      if (shown) count += 1;
    }
    for (const group of groups) group.hidden = group.querySelector('details.finding:not([hidden])') === null;
    status.textContent = `${count} of ${findings.length} findings shown.`;
  };

  /** @param {boolean} open */
  const fold = (open) => {
    for (const finding of findings) if (!finding.hidden) finding.open = open;
  };

  const clear = () => {
    form.reset();
    apply();
  };

  /** A link to a finding shows it, whatever is filtered or folded. */
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    const finding = target?.closest('details.finding');
    if (!(finding instanceof HTMLDetailsElement)) return;
    if (finding.hidden) clear();
    finding.open = true;
    finding.scrollIntoView();
  };

  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  document.getElementById('clear')?.addEventListener('click', clear);
  document.getElementById('unfold')?.addEventListener('click', () => fold(true));
  document.getElementById('fold')?.addEventListener('click', () => fold(false));
  window.addEventListener('hashchange', reveal);
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a') : null;
    if (link?.hash && link.hash === location.hash) setTimeout(reveal);
  });
  window.addEventListener('beforeprint', () => {
    for (const finding of findings) finding.open = true;
  });

  for (const finding of findings) finding.open = !['pass', 'trust', 'skip'].includes(finding.dataset.ruling ?? '');
  box.open = matchMedia('(min-width: 62.01rem)').matches;
  box.hidden = false;
  apply();
  reveal();
})();
