/** What a prompt knows of the learner's tools. */
export interface Stack {
  /** As the learner wrote it. */
  readonly named: string;
  readonly server: ServerTools | undefined;
  readonly client: ClientTools | undefined;
}

/** A language or framework of servers. */
export interface ServerTools {
  readonly name: string;
  /** Stripe's library, and how it is installed. */
  readonly sdk: string;
  readonly install: string;
  /** Where the body of a webhook is to be had as it arrived. */
  readonly rawBody: string;
  /** Name of the `payintent emulator env --lang` that points the library at the emulator. */
  readonly lang: 'dotnet' | 'go' | 'java' | 'node' | 'php' | 'python' | 'ruby';
}

/** What customers see. */
export interface ClientTools {
  readonly name: string;
  readonly sdk: string;
}

const NODE = { sdk: 'stripe', install: 'npm install stripe', lang: 'node' } as const;
const PYTHON = { sdk: 'stripe', install: 'pip install stripe', lang: 'python' } as const;
const RUBY = { sdk: 'stripe', install: 'bundle add stripe', lang: 'ruby' } as const;
const PHP = { sdk: 'stripe-php', install: 'composer require stripe/stripe-php', lang: 'php' } as const;
const JAVA = { sdk: 'stripe-java', install: 'com.stripe:stripe-java', lang: 'java' } as const;

/** The first that a stack mentions counts, so frameworks stand before their languages. */
const SERVERS: readonly (readonly [mention: RegExp, tools: ServerTools])[] = [
  [/next\.?js|\bnext\b/i, { ...NODE, name: 'Next.js', rawBody: 'await request.text()' }],
  [
    /nest\.?js|\bnest\b/i,
    { ...NODE, name: 'NestJS', rawBody: 'NestFactory.create(AppModule, { rawBody: true })' },
  ],
  [
    /fastify/i,
    {
      ...NODE,
      name: 'Fastify',
      rawBody: "addContentTypeParser('application/json', { parseAs: 'buffer' }, …)",
    },
  ],
  [/hono/i, { ...NODE, name: 'Hono', rawBody: 'await c.req.text()' }],
  [/express/i, { ...NODE, name: 'Express', rawBody: "express.raw({ type: 'application/json' })" }],
  [/django/i, { ...PYTHON, name: 'Django', rawBody: 'request.body' }],
  [/fastapi|starlette/i, { ...PYTHON, name: 'FastAPI', rawBody: 'await request.body()' }],
  [/flask/i, { ...PYTHON, name: 'Flask', rawBody: 'request.get_data()' }],
  [/rails/i, { ...RUBY, name: 'Rails', rawBody: 'request.raw_post' }],
  [/sinatra/i, { ...RUBY, name: 'Sinatra', rawBody: 'request.body.read' }],
  [/laravel/i, { ...PHP, name: 'Laravel', rawBody: '$request->getContent()' }],
  [/symfony/i, { ...PHP, name: 'Symfony', rawBody: '$request->getContent()' }],
  [/spring|kotlin|\bjava\b/i, { ...JAVA, name: 'Java (Spring)', rawBody: '@RequestBody String payload' }],
  [
    /\.net|dotnet|c#|csharp/i,
    {
      name: 'ASP.NET',
      sdk: 'Stripe.net',
      install: 'dotnet add package Stripe.net',
      rawBody: 'await new StreamReader(Request.Body).ReadToEndAsync()',
      lang: 'dotnet',
    },
  ],
  [
    /\bgo(lang)?\b/i,
    {
      name: 'Go',
      sdk: 'stripe-go',
      install: 'go get github.com/stripe/stripe-go/v86',
      rawBody: 'io.ReadAll(http.MaxBytesReader(w, r.Body, 65536))',
      lang: 'go',
    },
  ],
  [/php/i, { ...PHP, name: 'PHP', rawBody: "file_get_contents('php://input')" }],
  [/python/i, { ...PYTHON, name: 'Python', rawBody: 'request.get_data()' }],
  [/ruby/i, { ...RUBY, name: 'Ruby', rawBody: 'request.body.read' }],
  [
    /node|bun|deno|javascript|typescript|\b[jt]s\b/i,
    { ...NODE, name: 'Node.js', rawBody: "express.raw({ type: 'application/json' })" },
  ],
];

const CLIENTS: readonly (readonly [mention: RegExp, tools: ClientTools])[] = [
  [/react.?native/i, { name: 'React Native', sdk: '@stripe/stripe-react-native' }],
  [/react|next\.?js/i, { name: 'React', sdk: '@stripe/react-stripe-js' }],
  [/flutter/i, { name: 'Flutter', sdk: 'flutter_stripe' }],
  [/\bios\b|swift/i, { name: 'iOS', sdk: 'stripe-ios' }],
  [/android/i, { name: 'Android', sdk: 'stripe-android' }],
];

/** Reads a stack as somebody would say it: `Next.js and Postgres`. What is not recognised is kept in its words. */
export function readStack(named: string): Stack {
  const mentioned = <T>(rows: readonly (readonly [RegExp, T])[]): T | undefined =>
    rows.find(([mention]) => mention.test(named))?.[1];
  return { named: named.trim().replace(/\s+/g, ' '), server: mentioned(SERVERS), client: mentioned(CLIENTS) };
}
