/**
 * Gives the anchors of one page as code hosts make them: lower case, spaces as hyphens, without punctuation; a name that
 * is there already gets a number.
 */
export function slugger(): (heading: string) => string {
  const taken = new Map<string, number>();
  return (heading) => {
    const name = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    let slug = name;
    for (let next = taken.get(name) ?? 0; taken.has(slug); next++) {
      slug = `${name}-${next + 1}`;
      taken.set(name, next + 1);
    }
    taken.set(slug, 0);
    return slug;
  };
}
