import { inconclusive, pass, skipped } from '../../conformance/judgement.ts';
import { accountInKey } from '../../domain/account-mark.ts';
import type { DoctorBench } from '../bench.ts';
import type { DoctorCheck, DoctorFinding } from '../check.ts';
import { fingerprint } from '../fingerprint.ts';
import { findStripeCli, readStripeCliLogin, type StripeCliLogin } from '../stripe-cli-login.ts';
import { accountOf } from './account.ts';

export const stripeCliCheck: DoctorCheck = {
  id: 'stripe-cli',
  title: "Stripe's own CLI is logged in to the same account",
  async run(bench) {
    const program = findStripeCli(bench);
    let login: StripeCliLogin | undefined;
    let problem: string | undefined;
    try {
      login = readStripeCliLogin(bench);
    } catch (error) {
      problem = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    }
    bench.hide(login?.testKey);
    bench.hide(login?.publishableKey);
    const account = await accountOf(bench);
    const facts = {
      program: program ?? null,
      account: login?.accountId ?? null,
      profile: login?.profile ?? null,
      test_key_fingerprint: login?.testKey === undefined ? null : fingerprint(login.testKey),
      expires: login?.expires ?? null,
    };
    if (program === undefined) {
      const elsewhere = login === undefined ? '' : `, though ${login.path} has a login`;
      return { ...skipped(`It is not on the PATH${elsewhere}; payintent does without.`), facts };
    }
    if (problem !== undefined)
      return {
        ...inconclusive(
          `${program} is there; its configuration cannot be read (${problem}).`,
          'stripe config --list',
        ),
        facts,
      };
    return { ...judge(bench, program, login, account), facts };
  },
};

function judge(
  bench: DoctorBench,
  program: string,
  login: StripeCliLogin | undefined,
  account: string | undefined,
): DoctorFinding {
  if (login === undefined)
    return inconclusive(`${program} is there, and nobody is logged in.`, 'stripe login');
  const { target, env } = bench;
  const marked = login.testKey === undefined ? undefined : accountInKey(login.testKey);
  const id = login.accountId ?? marked;
  const who = `${id ?? 'an account'}${login.displayName === undefined ? '' : ` (${login.displayName})`}`;
  const override =
    (env['STRIPE_API_KEY'] ?? '').trim() === ''
      ? ''
      : ' While STRIPE_API_KEY is set it uses that key in place of its login.';
  const seen = `${program} is logged in to ${who}.${override}`;
  const today = new Date(bench.now()).toISOString().slice(0, 10);
  const expired =
    login.expires !== undefined && /^\d{4}-\d\d-\d\d$/.test(login.expires) && login.expires < today;
  const end = expired ? ` Its test-mode key expired on ${login.expires}.` : '';
  const good = (text: string): DoctorFinding =>
    expired ? inconclusive(`${text}${end}`, 'stripe login') : pass(text);
  if (target?.name !== 'test') return good(seen);
  if (login.testKey === target.key) return good(`${seen} It has the key in use.`);
  if (account === undefined || id === undefined)
    return inconclusive(
      `${seen} Whether that is the account of the key in use is not known.${end}`,
      'stripe login',
    );
  if (account === id) return good(`${seen} It is the account of the key in use.`);
  return inconclusive(
    `${seen} The key in use is of ${account}: what the one does, the other does not see.${end}`,
    'stripe login',
  );
}
