import { fail, inconclusive, type Judgement, pass, skipped } from '../../conformance/judgement.ts';
import { accountInKey } from '../../domain/account-mark.ts';
import { maskKey } from '../../domain/api-keys.ts';
import { type ApiRecord, pathTo } from '../../gateway/gateway.ts';
import { GatewayError } from '../../gateway/gateway-error.ts';
import { type Finding, findingOf } from '../../smoke/finding.ts';
import type { DoctorBench } from '../bench.ts';
import type { DoctorCheck, DoctorFinding } from '../check.ts';

export const accountCheck: DoctorCheck = {
  id: 'account',
  title: 'the API knows the key',
  async run(bench) {
    const asked = await bench.account();
    if (asked.kind === 'unasked') return skipped(asked.why);
    if (asked.kind === 'refused') {
      return asked.error.kind === 'permission'
        ? pass('The API knows the key, which may not read the account.')
        : findingOf(asked.error, 'GET /v1/account');
    }
    const { account } = asked;
    const [id, name] = [textOf(account, 'id'), nameOf(account)];
    if (textOf(account, 'object') !== 'account' || id === undefined)
      return fail('What answers is not the API: it sent no account.', 'Look at what is behind --api-base.');
    const [country, currency] = [textOf(account, 'country'), textOf(account, 'default_currency')];
    const charges = account['charges_enabled'];
    const facts = {
      id,
      name: name ?? null,
      country: country ?? null,
      default_currency: currency ?? null,
      charges_enabled: charges === true,
      mode: 'test',
    };
    const seen = [
      `${id}${name === undefined ? '' : ` (${name})`}, test mode`,
      ...(country === undefined ? [] : [country]),
      ...(currency === undefined ? [] : [currency]),
      ...(charges === true ? [] : ['it cannot charge yet']),
    ];
    return { ...pass(`${seen.join(', ')}.`), facts };
  },
};

function nameOf(account: ApiRecord): string | undefined {
  const settings = recordOf(account['settings']);
  const shown = textOf(recordOf(settings['dashboard']), 'display_name');
  return shown ?? textOf(recordOf(account['business_profile']), 'name');
}

interface GivenKey {
  readonly key: string;
  readonly from: string;
  /** Whether the program itself would use it, and not only an app. */
  readonly ours: boolean;
}

export const publishableKeyCheck: DoctorCheck = {
  id: 'publishable-key',
  title: 'publishable and secret keys are of one account',
  async run(bench) {
    const given = publishableKeys(bench);
    const facts = { keys: given.map(({ key, from }) => ({ key: maskKey(key), from })) };
    if (given.length === 0) return skipped('None is in STRIPE_PUBLISHABLE_KEY or a .env file here.');
    const findings: Finding[] = [];
    for (const one of given) findings.push(await judgePublishable(bench, one));
    return { ...worstOf(findings), facts };
  },
};

function publishableKeys({ env, envFiles }: DoctorBench): GivenKey[] {
  const variable = env['STRIPE_PUBLISHABLE_KEY']?.trim() ?? '';
  const given: GivenKey[] =
    variable === '' ? [] : [{ key: variable, from: 'STRIPE_PUBLISHABLE_KEY', ours: true }];
  for (const file of envFiles()) {
    for (const { kind, value, name } of file.secrets) {
      if (kind !== 'publishable' || given.some(({ key }) => key === value)) continue;
      given.push({ key: value, from: `${name} in ${file.name}`, ours: false });
    }
  }
  return given.slice(0, 5);
}

async function judgePublishable(bench: DoctorBench, { key, from, ours }: GivenKey): Promise<Finding> {
  const shown = `${maskKey(key)} (${from})`;
  if (/^pk_live_/.test(key)) {
    const fix = 'Use the publishable key of test mode: pk_test_….';
    if (!ours) return pass(`${shown} is a live-mode key and was not looked at.`);
    return bench.target?.name === 'offline'
      ? inconclusive(`${shown} is a live-mode key; offline, no key is used.`, fix)
      : { ...fail(`${shown} is a live-mode key.`, fix), cause: 'key' };
  }
  if (!/^pk_test_\w+$/.test(key))
    return {
      ...fail(`${shown} is not shaped like a publishable key.`, 'Copy it again: pk_test_….'),
      cause: 'key',
    };
  const { target } = bench;
  if (target?.name === 'offline') return pass(`${shown}: the offline emulator takes every one.`);
  if (target === undefined || (await bench.account()).kind !== 'answered') return hint(bench, key, shown);
  const intent = await anyIntent(bench, target.key);
  if (intent === undefined) return hint(bench, key, shown);
  try {
    await bench.ask(key, pathTo('payment_intents', intent.id), { client_secret: intent.secret });
    return pass(`${shown} sees a payment of the secret key.`);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (!['auth', 'invalid', 'not_found'].includes(error.kind)) return findingOf(error, shown);
    const wrong = error.kind === 'auth' ? 'is not accepted' : 'does not see a payment of the secret key';
    return {
      ...fail(
        `${shown} ${wrong}: ${error.message}`,
        'Take both keys from the same account and the same sandbox.',
      ),
      cause: 'key',
    };
  }
}

/** The newest intent, to be looked at and left alone. */
async function anyIntent(
  bench: DoctorBench,
  key: string,
): Promise<{ id: string; secret: string } | undefined> {
  try {
    const { data } = await bench.ask(key, pathTo('payment_intents'), { limit: 1 });
    const newest = recordOf(Array.isArray(data) ? data[0] : undefined);
    const [id, secret] = [textOf(newest, 'id'), textOf(newest, 'client_secret')];
    bench.hide(secret);
    return id === undefined || secret === undefined ? undefined : { id, secret };
  } catch (error) {
    if (error instanceof GatewayError) return undefined;
    throw error;
  }
}

/** What the keys themselves seem to say, where there is no payment to try them on. */
async function hint(bench: DoctorBench, key: string, shown: string): Promise<Judgement> {
  const account = await accountOf(bench);
  const marked = accountInKey(key);
  if (account === undefined || marked === undefined)
    return inconclusive(
      `${shown} cannot be compared: there is no payment that both keys could be tried on.`,
      'payintent smoke makes one, and refunds it.',
    );
  return marked === account
    ? pass(`${shown} looks like one of ${account}.`)
    : inconclusive(
        `${shown} looks like one of ${marked}, while the secret key is of ${account}.`,
        'Take both keys from the same account and the same sandbox.',
      );
}

/** The account that commands go to, as far as it can be known. */
export async function accountOf(bench: DoctorBench): Promise<string | undefined> {
  const asked = await bench.account();
  const id = asked.kind === 'answered' ? textOf(asked.account, 'id') : undefined;
  return id ?? (bench.target?.name === 'test' ? accountInKey(bench.target.key) : undefined);
}

export const appKeysCheck: DoctorCheck = {
  id: 'app-keys',
  title: 'the app here uses the key that payintent uses',
  async run(bench) {
    const files = bench.envFiles();
    const found = files.flatMap((file) =>
      file.secrets.flatMap(({ kind, ...rest }) => (kind === 'secret' ? [{ file: file.name, ...rest }] : [])),
    );
    const facts = {
      keys: found.map(({ file, name, value, live }) => ({ file, name, key: maskKey(value), live })),
    };
    if (found.length === 0) return skipped('No .env file here has a secret key.');
    const { target } = bench;
    const used = target?.name === 'test' ? target.key : undefined;
    const account = used === undefined ? undefined : await accountOf(bench);
    const findings = found.map(({ file, name, value, live }): DoctorFinding => {
      const shown = `${name} in ${file} (${maskKey(value)})`;
      if (live) return pass(`${shown} is a live-mode key, which payintent never uses`);
      if (used === undefined) return pass(`${shown} is not used offline`);
      if (value === used) return pass(`${shown} is the key in use`);
      const marked = accountInKey(value);
      if (marked !== undefined && marked === account) return pass(`${shown} is another key of ${account}`);
      const of = marked === undefined ? '' : `, and looks like one of ${marked}`;
      return inconclusive(
        `${shown} is not the key in use${of}`,
        'Give both the same key, where what the app does is to be seen with payintent.',
      );
    });
    return { ...worstOf(findings.map((one) => ({ ...one, reason: `${one.reason}.` }))), facts };
  },
};

const RANK = ['skipped', 'pass', 'inconclusive', 'fail'] as const;

/** Several findings as one: the gravest verdict, and every reason. */
export function worstOf(findings: readonly Finding[]): Finding {
  const sorted = [...findings].sort((a, b) => RANK.indexOf(b.verdict) - RANK.indexOf(a.verdict));
  const [worst = skipped('')] = sorted;
  const reason = [...new Set(sorted.map((one) => one.reason))].join(' ');
  return { ...worst, reason };
}

function textOf(record: ApiRecord, name: string): string | undefined {
  const value = record[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function recordOf(value: unknown): ApiRecord {
  return typeof value === 'object' && value !== null ? (value as ApiRecord) : {};
}
