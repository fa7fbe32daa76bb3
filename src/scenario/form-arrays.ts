/** A form writes a list as `name[0]=…&name[1]=…`: records whose keys count up from 0 become lists again, however deep. */
export function withArrays(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withArrays);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const isList = entries.length > 0 && entries.every(([name], index) => name === String(index));
  return isList
    ? entries.map(([, inner]) => withArrays(inner))
    : Object.fromEntries(entries.map(([name, inner]) => [name, withArrays(inner)]));
}
