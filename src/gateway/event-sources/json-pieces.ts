/** Finds whole JSON objects in a stream that also holds other text. */
export interface JsonPieces {
  /** The objects completed by this piece of the stream, as text. */
  push(text: string): string[];
}

/** An object begins with a brace at the start of a line; everything between objects is skipped. */
export function jsonPieces(): JsonPieces {
  let kept = '';
  let depth = 0;
  let inString = false;
  let escaped = false;
  let lineStart = true;

  return {
    push(text) {
      const whole: string[] = [];
      let from = 0;
      for (let index = 0; index < text.length; index += 1) {
        const char = text[index];
        if (depth === 0) {
          if (char === '{' && lineStart) {
            depth = 1;
            from = index;
            kept = '';
          } else lineStart = char === '\n' || (lineStart && (char === ' ' || char === '\r'));
          continue;
        }
        if (inString) {
          if (escaped) escaped = false;
          else if (char === '\\') escaped = true;
          else if (char === '"') inString = false;
        } else if (char === '"') inString = true;
        else if (char === '{') depth += 1;
        else if (char === '}') {
          depth -= 1;
          if (depth === 0) {
            whole.push(kept + text.slice(from, index + 1));
            kept = '';
            lineStart = true;
          }
        }
      }
      if (depth > 0) kept += text.slice(from);
      return whole;
    },
  };
}
