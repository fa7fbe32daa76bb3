import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, inconclusive, pass, skipped } from '../../conformance/judgement.ts';
import { proxyVariables, type Route, readProxy } from '../../gateway/proxy.ts';
import { apiOrigin } from '../../gateway/target.ts';
import type { DoctorBench } from '../bench.ts';
import type { DoctorCheck, DoctorFinding } from '../check.ts';

/** Seconds. Signatures older than this are refused by Stripe's libraries. */
const TOLERANCE = 300;
/** Seconds that need no explanation: a date has no fractions, and an answer takes its time. */
const USUAL = 30;

export const clockCheck: DoctorCheck = {
  id: 'clock',
  title: "the clock here agrees with the API's",
  async run(bench) {
    const asked = await bench.account();
    if (asked.kind === 'unasked') return skipped(asked.why);
    const { clock } = asked;
    const there = clock === undefined ? Number.NaN : Date.parse(clock.date);
    if (clock === undefined || Number.isNaN(there)) {
      return asked.kind === 'refused' && asked.error.facts.status === undefined
        ? skipped('The API did not answer.')
        : inconclusive('The answer of the API is not dated.');
    }
    const here = (clock.sentAt + clock.heardAt) / 2;
    // The date has whole seconds only, cut off.
    const skew = Math.round((here - (there + 500)) / 1000);
    const facts = { skew_seconds: skew, date: clock.date };
    const off = Math.abs(skew);
    if (off <= 2) return { ...pass('It does, to the second.'), facts };
    const seen = `It is ${off} seconds ${skew > 0 ? 'ahead' : 'behind'}`;
    const fix = 'Set the clock by the network: `timedatectl set-ntp true`, or what the system has for it.';
    if (off <= USUAL) return { ...pass(`${seen}.`), facts };
    return off < TOLERANCE
      ? { ...inconclusive(`${seen}; signatures of webhooks are refused from ${TOLERANCE} on.`, fix), facts }
      : { ...fail(`${seen}, and signatures of webhooks are refused from ${TOLERANCE} on.`, fix), facts };
  },
};

export const proxyCheck: DoctorCheck = {
  id: 'proxy',
  title: 'the way to the API is open, through a proxy where one is set',
  async run(bench) {
    const { env, target } = bench;
    const set = proxyVariables.flatMap((name) => {
      const value = env[name]?.trim() ?? '';
      if (value === '') return [];
      hideParts(bench, value);
      const read = readProxy(name, value);
      return [{ name, proxy: read.kind === 'proxy' ? read.proxy.shown : null }];
    });
    const route = target?.name === 'test' ? target.route : undefined;
    const facts = {
      proxies: set,
      no_proxy: env['no_proxy']?.trim() || env['NO_PROXY']?.trim() || null,
      used: route?.kind === 'proxy' ? { name: route.proxy.variable, proxy: route.proxy.shown } : null,
    };
    return { ...(await judge()), facts };

    async function judge(): Promise<DoctorFinding> {
      const [first] = set;
      if (first === undefined) return pass('None is set: requests go straight to the API.');
      const named = `${first.name} names ${first.proxy ?? 'no HTTP proxy'}`;
      if (target === undefined) return skipped(`${named}; it is not clear where commands go.`);
      if (target.name === 'offline') return pass(`${named}; offline, nothing is sent anywhere.`);
      const { host } = new URL(apiOrigin(target.apiBase));
      if (route?.kind === 'unusable') {
        return failing(
          `${route.variable} ${route.because}.`,
          `Name an http:// or https:// proxy in it, or list ${host} in NO_PROXY to go without one.`,
        );
      }
      if (route?.kind !== 'proxy') return pass(`${named}; ${whyStraight(host, route)}.`);
      const through = `Requests go through ${route.proxy.shown} (${route.proxy.variable})`;
      const asked = await bench.account();
      if (asked.kind !== 'refused' || asked.error.kind !== 'network')
        return pass(`${through}, and the API answers.`);
      return failing(
        `${through}, and the API is not reached.`,
        `Mend ${route.proxy.variable}, with the name and the password that the proxy wants; or list ${host} in NO_PROXY to go without it.`,
      );
    }
  },
};

const failing = (reason: string, fix: string): DoctorFinding => ({ ...fail(reason, fix), cause: 'network' });

function whyStraight(host: string, route: Route | undefined): string {
  if (route?.kind === 'straight' && route.why === 'excepted')
    return `${route.by} excepts ${host}, which is asked directly`;
  if (route?.kind === 'straight' && route.why === 'loopback')
    return `${host} is on this machine and asked directly`;
  return `that is not for ${host}, which is asked directly`;
}

/** Proxies carry names and passwords in their addresses. */
function hideParts({ hide }: DoctorBench, value: string): void {
  const full = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(full)) return;
  const { username, password } = new URL(full);
  for (const part of [username, password]) {
    hide(part);
    try {
      hide(decodeURIComponent(part));
    } catch {
      // Not encoded at all.
    }
  }
}

export const certificatesCheck: DoctorCheck = {
  id: 'certificates',
  title: 'certificates are verified, with those that were added',
  async run({ env, cwd, target }) {
    const extra = env['NODE_EXTRA_CA_CERTS']?.trim() || undefined;
    const options = env['NODE_OPTIONS'] ?? '';
    const openssl = /--use-openssl-ca\b/.test(options);
    const system = isOn(env['NODE_USE_SYSTEM_CA']) || /--use-system-ca\b/.test(options);
    const unverified = env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0';
    const found = extra === undefined ? undefined : readCertificates(resolve(cwd, extra));
    const facts = {
      extra_ca_certs: extra ?? null,
      certificates: found === undefined || 'problem' in found ? null : found.count,
      openssl_ca: openssl,
      system_ca: system,
      verified: !unverified,
    };
    return { ...judge(), facts };

    function judge(): DoctorFinding {
      if (unverified) {
        const grave = target?.name === 'test' && !target.apiBase?.startsWith('http:');
        return (grave ? fail : inconclusive)(
          'NODE_TLS_REJECT_UNAUTHORIZED=0: whoever answers for the API gets the key.',
          'Unset it, and name the certificate that is missing in NODE_EXTRA_CA_CERTS.',
        );
      }
      if (found !== undefined && 'problem' in found) {
        return fail(
          `NODE_EXTRA_CA_CERTS names ${extra}, which ${found.problem}: Node.js goes on without it.`,
          'Name a readable file of PEM certificates, or unset it.',
        );
      }
      const base = openssl ? "OpenSSL's" : system ? "Node.js' and the system's" : "Node.js' own";
      const added = found === undefined ? '' : `, and ${found.count} of ${extra} (NODE_EXTRA_CA_CERTS)`;
      const unused =
        !openssl && (env['SSL_CERT_FILE'] ?? env['SSL_CERT_DIR'] ?? '') !== ''
          ? ' SSL_CERT_FILE and SSL_CERT_DIR mean nothing to Node.js without --use-openssl-ca.'
          : '';
      return pass(`Trusted are ${base} certificates${added}.${unused}`);
    }
  },
};

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';

function readCertificates(path: string): { readonly count: number } | { readonly problem: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return {
      problem: `cannot be read (${error instanceof Error && 'code' in error ? error.code : 'unreadable'})`,
    };
  }
  const blocks =
    text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END [A-Z0-9 ]+-----/g) ?? [];
  if (blocks.length === 0) return { problem: 'holds no PEM certificate' };
  for (const block of blocks) {
    try {
      new X509Certificate(block);
    } catch {
      return { problem: 'holds a damaged certificate' };
    }
  }
  return { count: blocks.length };
}
