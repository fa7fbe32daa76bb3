import { maskKey } from './api-keys.ts';
import { isPlaceholderKey } from './placeholder-keys.ts';

// In a form a secret can follow an encoded sign: `return_url=https%3A%2F%2Fx%3Fs%3Dpi_…`.
const keyPattern =
  /(?:\b|(?<=%[0-9A-Fa-f]{2}))(?:(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9_]{8,}|whsec_[A-Za-z0-9+/=_-]{8,})/g;
const clientSecretPattern = /(?:\b|(?<=%[0-9A-Fa-f]{2}))([a-z]+_[A-Za-z0-9]+_secret_)[A-Za-z0-9]+/g;

/** Hides API keys, webhook secrets and client secrets in a text, wherever they stand in it. */
export function maskSecrets(text: string): string {
  return text
    .replace(keyPattern, (key) => (isPlaceholderKey(key) ? key : maskKey(key)))
    .replace(clientSecretPattern, (_, start: string) => `${start}***`);
}

/** A field of a form, encoded or not, that holds a card's, an account's or a person's number. */
const numberField =
  /((?:\[|%5B)(?:number|account_number|iban|cvc|bsb_number|id_number|ssn_last_4|tax_id)(?:\]|%5D)=)([^&]*)/gi;
const codeField = /(?:\[|%5B)(?:cvc|ssn_last_4)/i;

/**
 * Hides what a request log must not keep of a form body or a query: API keys whole, of card and account numbers all but
 * the last four characters.
 */
export function maskForm(form: string): string {
  if (!/_(?:test|live)_|number|iban|cvc|ssn|tax_id/i.test(form)) return form;
  return form
    .replace(keyPattern, (key) => maskKey(key))
    .replace(numberField, (_, start: string, value: string) =>
      codeField.test(start) || value.length < 8
        ? `${start}***`
        : `${start}${'*'.repeat(value.length - 4)}${value.slice(-4)}`,
    );
}
