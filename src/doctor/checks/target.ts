import { fail, inconclusive, pass, skipped } from '../../conformance/judgement.ts';
import { maskKey } from '../../domain/api-keys.ts';
import { describeTarget, type FoundKey } from '../../gateway/target.ts';
import type { DoctorBench } from '../bench.ts';
import type { DoctorCheck, DoctorFinding } from '../check.ts';

const LIVE = /^(?:sk|rk|pk)_live_/;

export const targetCheck: DoctorCheck = {
  id: 'target',
  title: 'it is clear where commands go',
  async run({ target, trouble, targetWhy }) {
    const facts = {
      name: target?.name ?? (isKeyTrouble(trouble) ? 'test' : null),
      why: target?.reason ?? targetWhy,
      api_base: target?.name === 'test' ? (target.apiBase ?? null) : null,
    };
    if (target !== undefined) return { ...pass(`${capital(describeTarget(target))}.`), facts };
    if (isKeyTrouble(trouble)) return { ...pass(`Test mode (${targetWhy}).`), facts };
    const why = trouble?.why === undefined ? '' : ` ${trouble.why}`;
    return { ...fail(`${trouble?.message}.${why}`, 'payintent help environment'), facts };
  },
};

function isKeyTrouble(trouble: DoctorBench['trouble']): boolean {
  return trouble?.code.startsWith('KEY_') === true;
}

const KEY_FIXES: Readonly<Record<string, string>> = {
  KEY_MISSING: 'Set STRIPE_API_KEY, run `payintent config set-key`, or leave the target to payintent.',
  KEY_MALFORMED: 'Copy the secret key (sk_test_…) or a restricted one (rk_test_…) again from the Dashboard.',
  KEY_PLACEHOLDER:
    'Add --offline, unset STRIPE_API_KEY, or set PAYINTENT_API_BASE to the address of a served emulator.',
  KEY_PUBLISHABLE: 'Use the secret key (sk_test_…), which stands beside it in the Dashboard.',
  KEY_LIVE_REFUSED: 'Use a test-mode key, sk_test_… or rk_test_…; --offline needs none.',
  KEY_UNREADABLE: 'Check the path of --api-key-file.',
};

export const keyCheck: DoctorCheck = {
  id: 'key',
  title: 'there is one usable key',
  async run(bench) {
    const { keys, target } = bench;
    const used = target?.name === 'test' ? keys[0] : undefined;
    const facts = {
      source: used?.source ?? null,
      key: used === undefined ? null : maskKey(used.text),
      others: keys
        .filter((key) => key !== used)
        .map(({ text, source }) => ({ source, key: maskKey(text), same: text === used?.text })),
    };
    return { ...judgeKey(bench, used), facts };
  },
};

function judgeKey({ keys, target, trouble }: DoctorBench, used: FoundKey | undefined): DoctorFinding {
  if (trouble !== undefined && isKeyTrouble(trouble)) {
    const why = trouble.why === undefined ? '' : ` ${trouble.why}`;
    const others = keys.slice(1).map((key) => describeKey(key, undefined));
    const beside = others.length === 0 ? '' : ` Not looked at: ${others.join(', ')}.`;
    return {
      ...fail(`${trouble.message}.${why}${beside}`, KEY_FIXES[trouble.code] ?? 'payintent help environment'),
      cause: 'key',
    };
  }
  const others = keys.filter((key) => key !== used).map((key) => describeKey(key, used));
  const live = keys.find(({ text }) => LIVE.test(text));
  if (used === undefined) {
    if (keys.length === 0)
      return target === undefined
        ? skipped('There is none.')
        : skipped('There is none, and offline needs none.');
    const seen = `Not used offline: ${others.join(', ')}.`;
    return live === undefined ? pass(seen) : withLive(seen, live);
  }
  const seen = [
    `${maskKey(used.text)} from ${used.source}${used.text.startsWith('rk_') ? ', a restricted key' : ''}`,
    ...(others.length === 0 ? [] : [`set as well and not used: ${others.join(', ')}`]),
  ].join('; ');
  return live === undefined ? pass(`${seen}.`) : withLive(`${seen}.`, live);
}

function withLive(seen: string, { source }: FoundKey): DoctorFinding {
  return inconclusive(
    `${seen} ${source} holds a live-mode key, which payintent never uses and other programs may.`,
    'Keep live keys out of where tests are made.',
  );
}

function describeKey({ text, source }: FoundKey, used: FoundKey | undefined): string {
  const same = used === undefined ? '' : text === used.text ? ', the same' : ', another one';
  return `${source} (${maskKey(text)}${same})`;
}

const capital = (text: string): string => text.replace(/^./, (first) => first.toUpperCase());
