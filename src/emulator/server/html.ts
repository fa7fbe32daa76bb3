/** HTML that needs no more escaping. Only `html` makes it. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly Html[] | undefined;

/** A template whose interpolated texts are escaped, for element content and quoted attributes alike. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  let markup = parts[0] ?? '';
  for (const [index, value] of values.entries()) markup += toMarkup(value) + (parts[index + 1] ?? '');
  return { markup };
}

/** A constant of our own that is markup or style already. */
export function trusted(markup: string): Html {
  return { markup };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function toMarkup(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'object') {
    return 'markup' in value ? value.markup : value.map((part) => part.markup).join('');
  }
  return String(value).replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}
