import type { Fix, Range } from '../../diagnostic.ts';
import type { PolicyCode } from '../codes.ts';
import { replacement } from '../report.ts';
import { quoted } from '../wording.ts';
import type { Comment } from './tokens.ts';

/** A remark on a place where the text is not strict JSON, before it is reported. */
export interface Remark {
  readonly code: PolicyCode;
  readonly range: Range;
  readonly message: string;
  readonly fix?: Fix;
}

const SMALLEST_POLICY = '{ "version": "1", "default": "deny" }';

/** The remarks the document reader makes, by code where a code has one. `shown` is a token as the person wrote it. */
export const remarks = {
  emptyDocument(text: string): Remark {
    const start = text.startsWith('\ufeff') ? 1 : 0;
    return {
      code: 'empty-document',
      range: { start: 0, end: text.length },
      message: `there is no policy here; begin with \`${SMALLEST_POLICY}\``,
      fix: replacement('Start with a policy that denies everything', emptyAt(start), SMALLEST_POLICY),
    };
  },

  noBeginning(range: Range, shown: string): Remark {
    return { code: 'not-a-value', range, message: `a policy cannot begin with ${shown}; begin with \`{\`` };
  },

  afterEnd(range: Range): Remark {
    const message = 'nothing may follow the end of the policy; remove this';
    return { code: 'unexpected-text', range, message, fix: replacement('Remove it', range, '') };
  },

  strayColon(range: Range): Remark {
    const message = '`:` cannot stand here: a list has values only, no names; remove it';
    return { code: 'unexpected-text', range, message };
  },

  nestedTooDeep(range: Range, levels: number): Remark {
    return { code: 'nested-too-deep', range, message: `more than ${levels} levels; take some out` };
  },

  tooMany(range: Range, count: number): Remark {
    const message = `reading stops after ${count} mistakes; mend those above, or paste the policy again`;
    return { code: 'too-many-mistakes', range, message };
  },

  /** A closing bracket of a container further out. `place` is where the missing one belongs. */
  stillOpen(range: Range, place: number, { opening, wanted }: Bracket): Remark {
    const message = `a \`${opening}\` is still open here; write \`${wanted}\` before this`;
    return {
      code: 'unclosed-bracket',
      range,
      message,
      fix: replacement(`Insert \`${wanted}\``, emptyAt(place), wanted),
    };
  },

  /** The text ends at `end` with brackets open; a line comment there would swallow what is added. */
  unclosed(end: number, missing: string, inComment: boolean): Remark {
    const added = inComment ? `\n${missing}` : missing;
    return {
      code: 'unclosed-bracket',
      range: { start: Math.max(0, end - 1), end },
      message: `the text ends too early; add \`${missing}\` to close what is open`,
      fix: replacement(`Add \`${missing}\``, emptyAt(end), added),
    };
  },

  wrongBracket(range: Range, written: string, { opening, wanted }: Bracket): Remark {
    const message = `\`${written}\` cannot close what \`${opening}\` opened; write \`${wanted}\``;
    return { code: 'wrong-bracket', range, message, fix: replacement(`Write \`${wanted}\``, range, wanted) };
  },

  missingName(range: Range): Remark {
    const message = 'this value has no name; write one in double quotes and a colon before it';
    return { code: 'missing-name', range, message };
  },

  missingValue(colon: Range, name: string): Remark {
    const message = `${quoted(name)} has no value; write one after the colon`;
    return { code: 'missing-value', range: colon, message };
  },

  missingColon(key: Range, name: string): Remark {
    const message = `${quoted(name)} is not followed by a colon; write \`: value\` after it`;
    return { code: 'missing-colon', range: key, message, fix: replacement('Insert the colon', emptyAt(key.end), ':') };
  },

  unquotedName(range: Range, written: string): Remark {
    const bare = withoutQuotes(written);
    const message = `the name ${quoted(bare)} has no double quotes; put them around it`;
    const fix = replacement('Put it in double quotes', range, JSON.stringify(bare));
    return { code: 'missing-quotes', range, message, fix };
  },

  missingComma(range: Range, place: number, shown: string): Remark {
    const message = `a comma is missing before ${shown}; write one`;
    return { code: 'missing-comma', range, message, fix: replacement('Insert the comma', emptyAt(place), ',') };
  },

  extraComma(range: Range): Remark {
    const message = 'this comma separates nothing; remove it';
    return { code: 'extra-comma', range, message, fix: replacement('Remove it', range, '') };
  },

  trailingComma(range: Range): Remark {
    const message = 'strict JSON has no comma here; remove it before you export';
    return { code: 'trailing-comma', range, message, fix: replacement('Remove the comma', range, '') };
  },

  comment({ range, closed }: Comment): Remark {
    if (closed) {
      const message = 'strict JSON has no comments; remove it before you export';
      return { code: 'comment', range, message, fix: replacement('Remove the comment', range, '') };
    }
    const message = 'this comment never ends; write `*/` after it';
    return {
      code: 'unclosed-comment',
      range,
      message,
      fix: replacement('Close the comment', emptyAt(range.end), '*/'),
    };
  },
};

interface Bracket {
  readonly opening: string;
  readonly wanted: string;
}

/** A word without the single or curly quotes it may stand in. */
export function withoutQuotes(word: string): string {
  return word.replace(/^['“”‘’]|['“”‘’]$/g, '');
}

function emptyAt(offset: number): Range {
  return { start: offset, end: offset };
}
