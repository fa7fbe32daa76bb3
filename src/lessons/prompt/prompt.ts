import type { Lang } from '../text.ts';
import { arabicPrompt } from './ar.ts';
import { englishPrompt } from './en.ts';
import type { PromptParts } from './parts.ts';

/** A prompt for an AI assistant about building with PaymentIntents, in Markdown, with a line break at its end. */
export function assistantPrompt(lang: Lang, parts: PromptParts): string {
  return lang === 'ar' ? arabicPrompt(parts) : englishPrompt(parts);
}
