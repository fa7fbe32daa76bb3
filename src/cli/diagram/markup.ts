const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as element content or a quoted attribute, in HTML and in SVG. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Colours of statuses in pictures: light ground first, dark ground second. */
export const STATUS_COLORS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  requires_payment_method: ['#8a5a00', '#f2c14e'],
  requires_confirmation: ['#8a5a00', '#f2c14e'],
  requires_action: ['#b0440b', '#ff9f6b'],
  processing: ['#0b6b8a', '#6bd0f2'],
  requires_capture: ['#5b3fb5', '#b9a5ff'],
  succeeded: ['#12703a', '#6ee7a0'],
  canceled: ['#5a6172', '#aab2c8'],
};
