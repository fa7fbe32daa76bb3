import type { TermText } from '../term.ts';
import { payments } from './payments.ts';
import { statuses } from './statuses.ts';
import { surroundings } from './surroundings.ts';

export const termTexts: Readonly<Record<string, TermText>> = { ...statuses, ...payments, ...surroundings };
