// Dates as the record has them: nothing is converted, nothing is made more precise.

const MONTHS =
  "January February March April May June July August September October November December".split(" ");
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Return "12 April 2022" or "12 April 2022, 18:05 UTC-04:00". */
export function dateInWords(iso) {
  const match = ISO.exec(iso ?? "");
  if (!match) return iso ?? "";
  const [, year, month, day, time, zone] = match;
  const written = `${Number(day)} ${MONTHS[month - 1]} ${Number(year)}`;
  if (!time) return written;
  if (!zone) return `${written}, ${time}`;
  return `${written}, ${time} UTC${zone === "Z" || zone === "+00:00" ? "" : zone}`;
}
