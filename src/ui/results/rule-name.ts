/** A rule's name beside the tool it belongs to: `limits/rate` for `/tools/<tool>/limits/rate`; any other name whole. */
export function ruleBeside(tool: string, rule: string): string {
  const own = `/tools/${tool.replaceAll('~', '~0').replaceAll('/', '~1')}/`;
  return rule.startsWith(own) ? rule.slice(own.length) : rule;
}

/** A name cut where it may wrap: after each `/`. Joined, the parts are the name. */
export function wrapParts(name: string): string[] {
  return name.split(/(?<=\/)/);
}
