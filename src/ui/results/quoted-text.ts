/** A piece of a message; `code` pieces stood between backticks. */
export interface TextPiece {
  readonly text: string;
  readonly code: boolean;
}

/** A diagnostic's message cut at its backticks; a backtick without a partner stays as it is. */
export function textPieces(message: string): TextPiece[] {
  const parts = message.split('`');
  const open = parts.length % 2 === 0 ? parts.length - 1 : parts.length;
  const pieces = parts.slice(0, open).map((text, i) => ({ text, code: i % 2 === 1 }));
  const rest = parts.slice(open).map((text) => ({ text: `\`${text}`, code: false }));
  return [...pieces, ...rest].filter(({ text }) => text !== '');
}
