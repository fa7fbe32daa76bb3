/** How to get the body, the header and a route that strangers may post to, in one framework. */
export interface Framework {
  readonly id: FrameworkId;
  readonly name: string;
  /** What to change so that the bytes that arrived are verified. */
  readonly rawBody: string;
  /** Lines of code that read the body and verify it. */
  readonly code: readonly string[];
  /** How to let Stripe past the CSRF check; absent where there is none unless somebody adds it. */
  readonly csrf?: string;
}

export const FRAMEWORK_IDS = [
  'express',
  'nextjs',
  'nextjs-pages',
  'nestjs',
  'fastify',
  'hono',
  'django',
  'flask',
  'rails',
  'laravel',
  'spring',
  'aspnet',
  'lambda',
] as const;

export type FrameworkId = (typeof FRAMEWORK_IDS)[number];

const node = (body: string, header: string): string =>
  `const event = stripe.webhooks.constructEvent(${body}, ${header}, secret);`;

export const FRAMEWORKS: readonly Framework[] = [
  {
    id: 'express',
    name: 'Express',
    rawBody: 'Give the route express.raw() and put it before app.use(express.json()).',
    code: [
      "app.post('/webhook', express.raw({ type: 'application/json' }), (req, res) => {",
      `  ${node('req.body', "req.headers['stripe-signature']")}`,
    ],
  },
  {
    id: 'nextjs',
    name: 'Next.js, app router',
    rawBody: 'Read the request with text(), not json(), in app/…/route.ts.',
    code: [
      'export async function POST(request: Request) {',
      '  const body = await request.text();',
      `  ${node('body', "request.headers.get('stripe-signature')!")}`,
    ],
  },
  {
    id: 'nextjs-pages',
    name: 'Next.js, pages router',
    rawBody: 'Switch the body parser of the route off and collect the chunks.',
    code: [
      'export const config = { api: { bodyParser: false } };',
      '// in the handler:',
      'const chunks = [];',
      'for await (const chunk of req) chunks.push(chunk);',
      node('Buffer.concat(chunks)', "req.headers['stripe-signature']"),
    ],
  },
  {
    id: 'nestjs',
    name: 'NestJS',
    rawBody: 'Create the app with rawBody and verify req.rawBody.',
    code: [
      'const app = await NestFactory.create(AppModule, { rawBody: true });',
      '// in the controller:',
      "handle(@Req() req: RawBodyRequest<Request>, @Headers('stripe-signature') signature: string) {",
      `  ${node('req.rawBody', 'signature')}`,
    ],
  },
  {
    id: 'fastify',
    name: 'Fastify',
    rawBody: 'Register the route in a plugin of its own whose JSON parser leaves the buffer alone.',
    code: [
      'fastify.register(async (scope) => {',
      "  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => done(null, body));",
      "  scope.post('/webhook', async (request, reply) => {",
      `    ${node('request.body', "request.headers['stripe-signature']")}`,
    ],
  },
  {
    id: 'hono',
    name: 'Hono',
    rawBody:
      'Read the request with c.req.text(), not c.req.json(); on edge runtimes verify with the async method.',
    code: [
      "app.post('/webhook', async (c) => {",
      '  const body = await c.req.text();',
      "  const event = await stripe.webhooks.constructEventAsync(body, c.req.header('stripe-signature'), secret);",
    ],
  },
  {
    id: 'django',
    name: 'Django',
    rawBody: 'Verify request.body, not json.loads() of it and not request.data of REST framework.',
    code: [
      '@csrf_exempt',
      'def webhook(request):',
      "    signature = request.META.get('HTTP_STRIPE_SIGNATURE')",
      '    event = stripe.Webhook.construct_event(request.body, signature, secret)',
    ],
    csrf: 'Put @csrf_exempt on the view.',
  },
  {
    id: 'flask',
    name: 'Flask',
    rawBody: 'Verify request.get_data(), not request.json.',
    code: [
      "@app.post('/webhook')",
      'def webhook():',
      "    signature = request.headers.get('Stripe-Signature')",
      '    event = stripe.Webhook.construct_event(request.get_data(), signature, secret)',
    ],
    csrf: 'With Flask-WTF, put @csrf.exempt on the view.',
  },
  {
    id: 'rails',
    name: 'Rails',
    rawBody: 'Verify request.raw_post, not params or params.to_json.',
    code: [
      'skip_before_action :verify_authenticity_token, only: :webhook',
      'def webhook',
      "  signature = request.headers['Stripe-Signature']",
      '  event = Stripe::Webhook.construct_event(request.raw_post, signature, secret)',
    ],
    csrf: 'Add skip_before_action :verify_authenticity_token, only: :webhook to the controller.',
  },
  {
    id: 'laravel',
    name: 'Laravel',
    rawBody: 'Verify $request->getContent(), not $request->all() or json_encode() of it.',
    code: [
      'public function webhook(Request $request) {',
      "    $signature = $request->header('Stripe-Signature');",
      '    $event = \\Stripe\\Webhook::constructEvent($request->getContent(), $signature, $secret);',
    ],
    csrf: "In bootstrap/app.php: $middleware->validateCsrfTokens(except: ['webhook']); or move the route to routes/api.php.",
  },
  {
    id: 'spring',
    name: 'Spring',
    rawBody: 'Take the body as bytes, not as an object that Jackson made.',
    code: [
      '@PostMapping("/webhook")',
      'ResponseEntity<Void> webhook(@RequestBody byte[] body, @RequestHeader("Stripe-Signature") String signature) {',
      '  Event event = Webhook.constructEvent(new String(body, StandardCharsets.UTF_8), signature, secret);',
    ],
    csrf: 'In the security configuration: http.csrf(csrf -> csrf.ignoringRequestMatchers("/webhook")), and permitAll() for the path.',
  },
  {
    id: 'aspnet',
    name: 'ASP.NET Core',
    rawBody: 'Read the body of the request yourself instead of binding it to a parameter.',
    code: [
      'app.MapPost("/webhook", async (HttpRequest request) => {',
      '  var body = await new StreamReader(request.Body).ReadToEndAsync();',
      '  var stripeEvent = EventUtility.ConstructEvent(body, request.Headers["Stripe-Signature"], secret);',
    ],
    csrf: 'Put [IgnoreAntiforgeryToken] on the action, or .DisableAntiforgery() on the endpoint.',
  },
  {
    id: 'lambda',
    name: 'AWS Lambda',
    rawBody: 'Undo the Base64 where isBase64Encoded is true, and verify the bytes, not the parsed body.',
    code: [
      "const body = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');",
      "const signature = event.headers['stripe-signature'] ?? event.headers['Stripe-Signature'];",
      node('body', 'signature').replace('const event', 'const stripeEvent'),
    ],
  },
];

/** @throws Error for a framework that is not listed */
export function frameworkNamed(id: string): Framework {
  const found = FRAMEWORKS.find((framework) => framework.id === id);
  if (found === undefined) throw new Error(`no framework ${id}`);
  return found;
}
