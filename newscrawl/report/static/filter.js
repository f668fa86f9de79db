// Which articles a search and its filters let through.

import { terms } from "./fold.js";

/** Names of the filters, as they stand in the page's address. */
export const FILTERS = ["q", "site", "language", "kind", "without", "from", "to", "revised", "order"];

/** Return a promise of the numbers of the articles that fit, in the order asked for. */
export async function matching(library, wanted) {
  const { index } = library;
  const words = terms(wanted.q ?? "");
  const texts = words.length ? await library.allTexts() : null;
  const tests = [
    named(index.site, index.sites, wanted.site),
    named(index.language, index.languages, wanted.language === "none" ? "" : wanted.language),
    named(index.kind, index.kinds, wanted.kind),
    lacking(index, wanted.without),
    wanted.from && ((number) => index.day[number] !== "" && index.day[number] >= wanted.from),
    wanted.to && ((number) => index.day[number] !== "" && index.day[number] <= wanted.to),
    wanted.revised && ((number) => index.versions[number] > 1),
    texts && ((number) => words.every((word) => texts[number].includes(word))),
  ].filter(Boolean);
  const found = [];
  for (let number = 0; number < library.size; number++) {
    if (tests.every((test) => test(number))) found.push(number);
  }
  return sorted(found, index, wanted.order);
}

function named(column, names, name) {
  if (name === undefined || name === null) return null;
  const wanted = names.indexOf(name);
  return (number) => column[number] === wanted;
}

function lacking(index, field) {
  const bit = index.fields.indexOf(field);
  return bit < 0 ? null : (number) => (index.missing[number] >> bit) & 1;
}

function sorted(found, index, order) {
  if (order === "oldest") return found.reverse(); // the index has the newest first
  if (order === "longest") return found.sort((a, b) => index.length[b] - index.length[a]);
  if (order === "shortest") return found.sort((a, b) => index.length[a] - index.length[b]);
  return found;
}
