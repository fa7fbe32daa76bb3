import type { Explanation } from '../explanations.ts';
import { padEnd, wrap } from '../text.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';

export function explanationView(explanations: readonly Explanation[]): View {
  return {
    human: (ui) => explanations.map((one) => drawExplanation(one, ui)).join('\n\n'),
    rows: explanations.map((one) => ({ ...one })),
    columns: ['kind', 'name', 'description'],
    key: 'name',
    prose: true,
  };
}

function drawExplanation({ kind, name, description, facts, uncertain }: Explanation, ui: Ui): string {
  const lines = [
    `${ui.color.bold(name)}  ${ui.color.dim(kind)}`,
    ...wrap(description, ui.width - 2).map((line) => `  ${line}`),
    ...Object.entries(facts).flatMap(([label, text]) => drawFact(label, text, ui)),
  ];
  if (uncertain === true)
    lines.push(...drawFact('Uncertain', "Stripe's documentation leaves some of this open.", ui));
  return lines.join('\n');
}

const labelWidth = 15;

/** A labelled fact; a list takes one line an entry. Commands stay whole. */
function drawFact(label: string, text: string | readonly string[], ui: Ui): string[] {
  const entries = typeof text === 'string' ? [text] : text;
  const lines = entries.flatMap((entry) =>
    entry.startsWith('payintent ')
      ? [ui.color.cyan(entry)]
      : wrap(entry, Math.max(20, ui.width - 2 - labelWidth)),
  );
  return lines.map((line, index) => `  ${padEnd(index === 0 ? ui.color.dim(label) : '', labelWidth)}${line}`);
}
