// Run inside a page by a browser. Answers what is wrong, as texts for people; nothing where all is well.
globalThis.pageChecks = {
  /** Everything that can be opened is opened, so that all of it is looked at. */
  openAll() {
    for (const details of document.querySelectorAll('details')) {
      details.removeAttribute('name');
      details.open = true;
    }
  },

  direction() {
    const root = document.documentElement;
    return [root.lang, root.dir, getComputedStyle(document.body).direction].join(' ');
  },

  /** What is wider than the page. */
  overflow() {
    const root = document.documentElement;
    const wide =
      root.scrollWidth > root.clientWidth ? [`the page, by ${root.scrollWidth - root.clientWidth}`] : [];
    // Spaces at the end of a broken line of code hang over its edge, unseen.
    const out = [
      ...document.querySelectorAll(
        'main :is(p, li, h1, h2, h3, pre, summary, figure), main :not(pre) > code',
      ),
    ]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (left < -0.5 || right > root.clientWidth + 0.5);
      })
      .map((element) => element.outerHTML.slice(0, 120));
    return [...wide, ...out];
  },

  /** Code that is broken apart or does not run from left to right, or whose full stop went to another line. */
  code() {
    return [...document.querySelectorAll('main code')]
      .filter((code) => code.closest('pre') === null && code.getClientRects().length > 0)
      .filter((code) => {
        const { direction, unicodeBidi } = getComputedStyle(code);
        if (direction !== 'ltr' || unicodeBidi !== 'isolate' || code.getClientRects().length !== 1)
          return true;
        const sign = this.signAfter(code);
        if (sign === undefined) return false;
        const box = code.getBoundingClientRect();
        return sign.bottom < box.top || sign.top > box.bottom;
      })
      .map((code) => code.outerHTML);
  },

  /** Where the punctuation right after an element stands. */
  signAfter({ nextSibling: after }) {
    if (!(after instanceof Text) || !/^[.،,:؛;؟?)]/.test(after.data)) return undefined;
    const range = document.createRange();
    range.setStart(after, 0);
    range.setEnd(after, 1);
    return range.getBoundingClientRect();
  },

  /** Punctuation after code that stands on its wrong side. */
  signs() {
    const rtl = document.documentElement.dir === 'rtl';
    return [...document.querySelectorAll('main .w > code')].flatMap((code) => {
      const sign = this.signAfter(code);
      if (sign === undefined) return [];
      const box = code.getBoundingClientRect();
      const right = rtl ? sign.right <= box.left + 1 : sign.left >= box.right - 1;
      return right ? [] : [code.outerHTML];
    });
  },

  links() {
    return [...document.querySelectorAll('a[href]')].map((link) => link.href);
  },

  /** Violations of WCAG 2.2 AA that axe-core finds; it has to be in the page already. */
  async accessibility() {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  },
};
