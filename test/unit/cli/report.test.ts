import { expect, test } from 'vitest';
import { plainPalette } from '../../../src/cli/palette.ts';
import { Report } from '../../../src/cli/report.ts';

const PATH = `/v1/payment_intents/pi_${'x'.repeat(24)}/confirm`;
const ANSWER = `200  4ms  req_${'y'.repeat(14)}`;

function reported(isTTY: boolean, width: number): string[] {
  const written: string[] = [];
  const stream = { isTTY, columns: width, write: (text: string) => void written.push(text) };
  const report = new Report({ stream, color: plainPalette, width, quiet: false, held: false });
  report.parts('POST', [PATH, ANSWER]);
  return written.join('').split('\n');
}

test('parts of a line stand side by side where there is room', () => {
  expect(reported(true, 120)).toEqual([`  POST      ${PATH}  ${ANSWER}`, '']);
});

test('on a narrow terminal they go on below the first, and none is cut', () => {
  expect(reported(true, 80)).toEqual([`  POST      ${PATH}`, `            ${ANSWER}`, '']);
  expect(reported(true, 20)).toEqual([`  POST      ${PATH}`, `            ${ANSWER}`, '']);
});

test('in a file they are one line, however long', () => {
  expect(reported(false, 80)).toEqual([`  POST      ${PATH}  ${ANSWER}`, '']);
});
