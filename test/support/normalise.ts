/** What differs from run to run, replaced one kind at a time. Ids keep their identity: the same id, the same name. */
export function normalise(text: string): string {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const named = text.replace(
    /(?<![A-Za-z0-9])(pi|ch|py|pm|re|evt|req|txn|payatt|cus|mandate)_[A-Za-z0-9]{10,}/g,
    (id: string, prefix: string) => {
      const known = names.get(id);
      if (known !== undefined) return known;
      const count = (counts.get(prefix) ?? 0) + 1;
      counts.set(prefix, count);
      // As long as the id was, so that columns stay where they are.
      const name = `<${prefix}:${count}>`.padEnd(id.length, '·');
      names.set(id, name);
      return name;
    },
  );
  return named
    .replace(/_secret_[A-Za-z0-9]+/g, '_secret_<secret>')
    .replace(/stripe-node-retry-[0-9a-f-]{36}/g, 'stripe-node-retry-<uuid>')
    .replace(/"ms": \d+/g, '"ms": <ms>')
    .replace(/ +(‹\d+›)?\d+ ms(?=(‹\d+›)?$)/gm, ' $1<ms> ms')
    .replace(/\t(pass|fail|inconclusive)\t\d+\t/g, '\t$1\t<ms>\t')
    .replace(/payintent-test-\w+/g, '<home>')
    .replace(/"(fingerprint|invoice_prefix)": "\w+"/g, '"$1": "<$1>"');
}
