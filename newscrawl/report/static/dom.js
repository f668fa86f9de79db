// Elements made of values, never of markup: whatever a string holds, it becomes text.

const WEB = /^https?:\/\/[^/]/i;

/** Return an element; attributes that are null, undefined or false are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Return an address as a link if it is one of the web, else as text. */
export function address(url, text = url) {
  const shown = element("bdi", { class: "address" }, text);
  return isWeb(url) ? element("a", { href: url, rel: "noreferrer" }, shown) : shown;
}

function isWeb(url) {
  if (!WEB.test(url)) return false;
  try {
    return ["http:", "https:"].includes(new URL(url).protocol);
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Return a language tag if it is well formed, so that the browser can speak and break the text. */
export function languageTag(tag) {
  return /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(tag ?? "") ? tag : null;
}
