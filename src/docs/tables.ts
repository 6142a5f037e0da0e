/** Tables that pages ask for by `<!-- table: NAME -->`, made from the code when the docs are built. Each gives Markdown. */
export const TABLES: Readonly<Record<string, () => string>> = {};
