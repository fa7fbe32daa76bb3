import type { Stack } from './stack.ts';

/** The commands that check what an assistant has built, in the order in which one comes to them. */
export function checkingCommands(stack: Stack | undefined): readonly string[] {
  const lang = stack?.server?.lang;
  return [
    'payintent emulator serve',
    `payintent emulator env${lang === undefined ? '' : ` --lang ${lang}`}`,
    'payintent listen --forward-to localhost:3000/webhook',
    'payintent webhook test --url http://localhost:3000/webhook',
    'payintent simulate decline-and-retry',
  ];
}
