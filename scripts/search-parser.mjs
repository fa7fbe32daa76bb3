import peggy from 'peggy';

/** The parser module for a grammar, as it is committed. The same text for the same grammar and version of peggy. */
export function generateSearchParser(grammar) {
  return peggy.generate(grammar, { output: 'source', format: 'es', grammarSource: 'query.peggy' });
}
