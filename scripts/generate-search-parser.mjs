// Writes the parser of the search query language from its grammar. `--check` only says whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateSearchParser } from './search-parser.mjs';

const at = (name) => fileURLToPath(new URL(`../src/emulator/search/${name}`, import.meta.url));
const target = at('query-parser.generated.js');
const generated = generateSearchParser(readFileSync(at('query.peggy'), 'utf8'));

if (!process.argv.includes('--check')) {
  writeFileSync(target, generated);
} else if (readFileSync(target, 'utf8') !== generated) {
  console.error(
    'query-parser.generated.js does not fit query.peggy: run node scripts/generate-search-parser.mjs',
  );
  process.exitCode = 1;
}
