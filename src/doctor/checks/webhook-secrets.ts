import { inconclusive, pass, skipped } from '../../conformance/judgement.ts';
import { madeListenSecret } from '../../gateway/listen-secret.ts';
import type { Finding } from '../../smoke/finding.ts';
import type { DoctorBench } from '../bench.ts';
import type { DoctorCheck } from '../check.ts';
import { fingerprint } from '../fingerprint.ts';
import { worstOf } from './account.ts';

interface SecretInUse {
  /** What signs with it, as the end of a sentence. */
  readonly what: string;
  readonly secret: string;
}

export const webhookSecretsCheck: DoctorCheck = {
  id: 'webhook-secrets',
  title: 'signing secrets in .env files are the ones in use',
  async run(bench) {
    const inUse = secretsInUse(bench);
    const found = bench
      .envFiles()
      .flatMap((file) =>
        file.secrets.flatMap(({ kind, name, value }) =>
          kind === 'webhook' ? [{ file: file.name, name, value }] : [],
        ),
      );
    const unread = bench.envFiles().filter(({ problem }) => problem !== undefined);
    const facts = {
      found: found.map(({ file, name, value }) => ({
        file,
        name,
        fingerprint: fingerprint(value),
        used_by: inUse.find(({ secret }) => secret === value)?.what ?? null,
      })),
      in_use: inUse.map(({ what, secret }) => ({ what, fingerprint: fingerprint(secret) })),
    };
    const notRead = unread.map(
      ({ name, problem }): Finding =>
        inconclusive(`${name} could not be read (${problem}).`, `Check ${name}.`),
    );
    if (found.length === 0 && notRead.length === 0)
      return { ...skipped('No .env file here has one.'), facts };
    const [listen] = inUse;
    const findings = found.map(({ file, name, value }): Finding => {
      const shown = `${name} in ${file} (${fingerprint(value)})`;
      const known = inUse.find(({ secret }) => secret === value);
      if (known !== undefined) return pass(`${shown} is ${known.what}.`);
      const other = listen === undefined ? '' : `; ${listen.what} is ${fingerprint(listen.secret)}`;
      return inconclusive(
        `${shown} is none that is in use here${other}. Whether it is that of an endpoint at Stripe, only the Dashboard shows.`,
        `payintent listen --forward-to <url> --env-file ${file} writes the right one.`,
      );
    });
    return { ...worstOf([...findings, ...notRead]), facts };
  },
};

/** What events are signed with on this machine, that which `listen` uses first. */
function secretsInUse(bench: DoctorBench): SecretInUse[] {
  const { env, directories, hide } = bench;
  const found: SecretInUse[] = [];
  const add = (what: string, secret: string | undefined): void => {
    const known = secret?.trim() ?? '';
    if (known === '') return;
    hide(known);
    found.push({ what, secret: known });
  };
  add('PAYINTENT_WEBHOOK_SECRET, which listen signs with', env['PAYINTENT_WEBHOOK_SECRET']);
  add('the one that listen signs with', made(directories.state));
  add('STRIPE_WEBHOOK_SECRET', env['STRIPE_WEBHOOK_SECRET']);
  for (const { owner, secret } of registered(bench)) {
    add(
      owner === 'stripe listen' ? "that of Stripe's CLI at the emulator" : `that of ${owner} in the emulator`,
      secret,
    );
  }
  return found;
}

function made(directory: string): string | undefined {
  try {
    return madeListenSecret(directory);
  } catch {
    return undefined;
  }
}

function registered(bench: DoctorBench): readonly { owner: string; secret: string }[] {
  if (bench.statePath === ':memory:') return [];
  try {
    return bench.state()?.secrets ?? [];
  } catch {
    // The check of the state says what is wrong with it.
    return [];
  }
}
