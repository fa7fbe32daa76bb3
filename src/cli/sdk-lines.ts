/** What the lines are filled with. */
export interface Place {
  /** Base address without a trailing slash. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Any test-mode key. */
  readonly key: string;
  /** Any test-mode key that a browser may hold. */
  readonly publishableKey: string;
}

/**
 * How each official SDK, curl, the Stripe CLI and a shell are pointed at another server. Read in the SDKs' sources
 * (node 23.1, python 15.3, ruby 19.5, go 86.2, php 21.0, java 33, dotnet 52.2, stripe-cli 2026-08); older majors differ in what a
 * client is called, hardly ever in the option.
 */
const lines = {
  sh: ({ url, key, publishableKey }) => [
    `export STRIPE_API_KEY=${key}`,
    `export STRIPE_SECRET_KEY=${key}`,
    `export STRIPE_PUBLISHABLE_KEY=${publishableKey}`,
    `export STRIPE_API_BASE=${url}`,
    `export PAYINTENT_API_BASE=${url}`,
    'export PAYINTENT_TARGET=test',
  ],
  powershell: ({ url, key, publishableKey }) => [
    `$env:STRIPE_API_KEY = "${key}"`,
    `$env:STRIPE_SECRET_KEY = "${key}"`,
    `$env:STRIPE_PUBLISHABLE_KEY = "${publishableKey}"`,
    `$env:STRIPE_API_BASE = "${url}"`,
    `$env:PAYINTENT_API_BASE = "${url}"`,
    '$env:PAYINTENT_TARGET = "test"',
  ],
  curl: ({ url, key }) => [
    `curl ${url}/v1/payment_intents \\`,
    `  -u ${key}: \\`,
    '  -d amount=1099 \\',
    '  -d currency=eur',
  ],
  'stripe-cli': ({ url, key }) => [
    `export STRIPE_API_KEY=${key}`,
    `stripe payment_intents create --api-base ${url} \\`,
    '  --amount 1099 --currency eur',
  ],
  node: ({ host, port, key }) => [
    "import Stripe from 'stripe';",
    '',
    `const stripe = new Stripe('${key}', {`,
    "  protocol: 'http',",
    `  host: '${host}',`,
    `  port: ${port},`,
    '});',
  ],
  python: ({ url, key }) => [
    'import stripe',
    '',
    'client = stripe.StripeClient(',
    `    "${key}",`,
    `    base_addresses={"api": "${url}"},`,
    ')',
  ],
  ruby: ({ url, key }) => [
    'require "stripe"',
    '',
    'client = Stripe::StripeClient.new(',
    `  "${key}",`,
    `  api_base: "${url}"`,
    ')',
  ],
  go: ({ url, key }) => [
    '// import "github.com/stripe/stripe-go/v86"',
    '',
    'backends := stripe.NewBackendsWithConfig(&stripe.BackendConfig{',
    `\tURL: stripe.String("${url}"),`,
    '})',
    `client := stripe.NewClient("${key}", stripe.WithBackends(backends))`,
  ],
  php: ({ url, key }) => [
    '$stripe = new \\Stripe\\StripeClient([',
    `    'api_key' => '${key}',`,
    `    'api_base' => '${url}',`,
    ']);',
  ],
  java: ({ url, key }) => [
    'import com.stripe.StripeClient;',
    '',
    'StripeClient client = StripeClient.builder()',
    `    .setApiKey("${key}")`,
    `    .setApiBase("${url}")`,
    '    .build();',
  ],
  dotnet: ({ url, key }) => [
    'using Stripe;',
    '',
    'var client = new StripeClient(new StripeClientOptions',
    '{',
    `    ApiKey = "${key}",`,
    `    ApiBase = "${url}",`,
    '});',
  ],
} as const satisfies Record<string, (place: Place) => readonly string[]>;

export type SdkName = keyof typeof lines;

export const sdkNames = Object.keys(lines) as readonly SdkName[];

export function isSdkName(name: string): name is SdkName {
  return Object.hasOwn(lines, name);
}

/** The lines to paste, without line ends. */
export function sdkLines(name: SdkName, place: Place): readonly string[] {
  return lines[name](place);
}
