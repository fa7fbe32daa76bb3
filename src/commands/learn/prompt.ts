import { namedTerm } from '../../cli/learn/glossary/named-term.ts';
import { chooseLang, langOption } from '../../cli/learn/lang.ts';
import type { Command } from '../../cli/spec.ts';
import { loadTermTexts } from '../../lessons/glossary/texts.ts';
import { assistantPrompt } from '../../lessons/prompt/prompt.ts';
import { readStack } from '../../lessons/prompt/stack.ts';

export const learnPromptCommand: Command = {
  spec: {
    name: 'learn prompt',
    description:
      'Prints a prompt for an AI assistant about building with PaymentIntents, ready to be pasted: what an intent is and why it matters, architecture and tools, a plan step by step, the common mistakes, what production needs. --stack fills in your tools: the library, its installation, and where the raw body of a webhook is. A term of the glossary makes that the subject. Nothing is sent anywhere.',
    arguments: [{ name: 'term', summary: 'what to work on, by any name in the glossary', complete: 'terms' }],
    options: [
      {
        name: 'stack',
        kind: 'text',
        value: 'tools',
        summary: 'your language, framework and database: "Next.js, Postgres"; asked for on a terminal',
        common: true,
      },
      langOption,
    ],
    examples: [
      { command: 'payintent learn prompt --stack "Django, Postgres"', summary: 'the whole of it' },
      {
        command: 'payintent learn prompt webhook --stack express',
        summary: 'about one term: add > prompt.md to keep it',
      },
      { command: 'payintent learn prompt refund --stack laravel --lang ar', summary: 'in Arabic' },
    ],
    fields: ['object', 'lang', 'term', 'stack', 'prompt'],
    related: ['learn', 'learn glossary'],
    local: true,
  },
  async run(context, input) {
    const lang = chooseLang(input.text('lang'), context.config, context.host.env);
    const texts = { en: await loadTermTexts('en'), ar: await loadTermTexts('ar') };
    const typed = input.argument('term');
    const term = typed === undefined ? undefined : namedTerm(typed, texts);
    const asked =
      input.text('stack') ??
      (context.canAsk && !context.globals.json
        ? await (await context.ask('--stack')).input({ message: QUESTIONS[lang] })
        : undefined);
    const stack = asked === undefined || asked.trim() === '' ? undefined : readStack(asked);
    const prompt = assistantPrompt(lang, { stack, term: term === undefined ? undefined : texts[lang][term] });
    const data = {
      object: 'prompt',
      lang,
      term: term ?? null,
      stack: stack?.named ?? null,
      prompt,
    };
    return context.globals.json || context.globals.jsonl || context.globals.fields.length > 0
      ? { data, view: { human: () => prompt, rows: [data], columns: ['prompt'] } }
      : { raw: [prompt] };
  },
};

const QUESTIONS = {
  en: 'Your stack (language, framework, database)',
  ar: 'أدواتك (اللغة وإطار العمل وقاعدة البيانات)',
} as const;
