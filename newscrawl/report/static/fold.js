// Text as it is searched: no case, no accents, compatible forms the same.

const ASCII = /^[\x00-\x7f]*$/;
const MARKS = /\p{M}/gu;

/** Return a text folded for searching. */
export function fold(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize("NFKD").replace(MARKS, "").toLowerCase();
}

/** Return what a query asks for: words, and phrases in quotation marks, folded. */
export function terms(query) {
  const found = [...query.matchAll(/"([^"]+)"?|[^\s"]+/g)];
  return found.map((match) => fold(match[1] ?? match[0]).trim()).filter(Boolean);
}
