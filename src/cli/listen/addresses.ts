import { CliError } from '../errors.ts';

/** An address as typed: `http://` in front may be left out, and `localhost` too where a port comes first. */
export function readAddress(flag: string, typed: string): string {
  const text = typed.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text
    : /^:?\d+(\/|\?|$)/.test(text)
      ? `http://localhost:${text.replace(/^:/, '')}`
      : `http://${text}`;
  let url: URL;
  try {
    url = new URL(whole);
  } catch {
    throw new CliError('FLAG_INVALID', `${flag} ${JSON.stringify(typed)} is not a URL`, {
      fix: [`Write ${flag} http://localhost:3000/webhook`],
    });
  }
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || text === '') {
    throw new CliError('FLAG_INVALID', `${flag} ${JSON.stringify(typed)} is no address of a web server`, {
      fix: [`Write ${flag} http://localhost:3000/webhook`],
    });
  }
  url.hash = '';
  return url.href;
}

/** `Name: value` or `Name=value`, several in one text where each has a name. */
export function readHeaders(typed: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  const header = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*[:=]\s*(.*)$/s;
  for (const text of typed) {
    // A comma is part of the value unless another header follows it.
    for (const piece of text.split(/,(?=\s*[!#$%&'*+.^_`|~0-9A-Za-z-]+:)/)) {
      const [, name, value] = header.exec(piece) ?? [];
      if (name === undefined || value === undefined || /[\r\n\0]/.test(value)) {
        throw new CliError('FLAG_INVALID', `--headers ${JSON.stringify(piece.trim())} is no header`, {
          fix: ["Write --headers 'X-Tenant: acme'"],
        });
      }
      headers[name] = value.trim();
    }
  }
  return headers;
}
