import type { Rule } from '../rule.ts';

export const apiVersion: Rule = {
  id: 'api-version',
  title: 'Requests name the API version they were written for',
  severity: 'note',
  evidence: 'Requests with a secret key and without a Stripe-Version header.',
  silent: "Stripe's newer SDKs, which send the version they were made for.",
  docs: 'https://docs.stripe.com/api/versioning',
  watch: () => ({
    see(call) {
      if (!call.byServer || call.api_version_named !== false || call.status === 401) return undefined;
      const agent = call.user_agent ?? 'a program that does not say its name';
      return {
        subject: agent,
        calls: [call],
        severity: 'note',
        reason: `Requests of ${agent} carry no Stripe-Version header, so they get the version the account has: fields change on the day somebody upgrades it in the Dashboard.`,
        fix: `Send the version you test with: Stripe-Version: ${call.api_version ?? '2026-10-28.endive'}`,
      };
    },
  }),
};
