import type { ApiRecord } from './gateway.ts';

/** A query string in the bracket notation the API reads: `created[gt]=1&expand[0]=data.customer`. */
export function toQuery(params: ApiRecord): string {
  const pairs: string[] = [];
  const add = (name: string, value: unknown): void => {
    if (value === undefined) return;
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        add(`${name}[${index}]`, item);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner);
    } else {
      const encoded = encodeURIComponent(value === null ? '' : String(value));
      pairs.push(`${encodeURIComponent(name).replaceAll('%5B', '[').replaceAll('%5D', ']')}=${encoded}`);
    }
  };
  for (const [name, value] of Object.entries(params)) add(name, value);
  return pairs.join('&');
}
