/** A name of nothing but white space, in both languages: Go's `strings.TrimSpace`, so U+0085 but not U+FEFF. */
export const BLANK = /^\p{White_Space}*$/u;
