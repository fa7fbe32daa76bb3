import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Files below a folder of the repository, as paths from its root with forward slashes, in a fixed order. */
export function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

export function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** What is left of a TypeScript file when comments and types are gone. */
export function codeOf(file: string): string {
  let code = codes.get(file);
  if (code === undefined) {
    ({ code } = transformSync(textOf(file), {
      loader: 'ts',
      legalComments: 'none',
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    }));
    codes.set(file, code);
  }
  return code;
}

const codes = new Map<string, string>();

export type ImportKind = 'dynamic' | 'static' | 'type';

export interface Import {
  readonly from: string;
  /** A package or builtin by its name, a file of ours by its path from the root. */
  readonly to: string;
  readonly own: boolean;
  readonly kind: ImportKind;
}

/** `import … from`, `export … from` and `import '…'` at the start of a line; `import('…')` and `require('…')` anywhere. */
const STATEMENT = /^(?:import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s+)?'([^']+)'/gm;
const DECLARATION =
  /^(?:export )?(?:declare )?(?:const|let|(?:async )?function|(?:abstract )?class|interface|type \w+)\b/m;
const CALL =
  /(?:\bimport|\brequire(?:\(import\.meta\.url\))?|createRequire\(import\.meta\.url\))\('([^']+)'\)/g;

function importsOf(file: string): Import[] {
  const text = textOf(file);
  const found: [string, ImportKind][] = [];
  // Imports come first; further down an `import` at the start of a line is part of some text.
  const [head = ''] = text.split(DECLARATION, 1);
  for (const [, type, specifier] of head.matchAll(STATEMENT))
    found.push([specifier as string, type === undefined ? 'static' : 'type']);
  for (const [, specifier] of text.matchAll(CALL)) found.push([specifier as string, 'dynamic']);
  return found.map(([specifier, kind]) => {
    const own = specifier.startsWith('.');
    const to = own ? path.posix.join(path.posix.dirname(file), specifier) : packageName(specifier);
    return { from: file, to, own, kind };
  });
}

/** `stripe/esm/x.js` is `stripe`. */
function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

export const sources: readonly string[] = filesBelow('src', /\.ts$/).filter(
  (file) => !file.endsWith('.d.ts'),
);

export const imports: readonly Import[] = sources.flatMap(importsOf);
