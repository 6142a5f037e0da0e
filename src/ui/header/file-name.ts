const LONGEST = 60;

/**
 * The name of a file for work with a title: small letters, digits and hyphens, at most 60.
 * A title without any gives `policy`.
 */
export function fileNameOf(title: string, ending: 'json' | 'yaml' | 'k6.js'): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .match(/[\p{L}\p{N}]+/gu);
  const name = Array.from((words ?? []).join('-'))
    .slice(0, LONGEST)
    .join('')
    .replace(/-$/, '');
  return `${name === '' ? 'policy' : name}.${ending}`;
}
