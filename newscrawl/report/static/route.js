// The view as the page's address has it: #articles?q=ferry&site=example.org&article=12

/** Return the view of the address, and its parameters. */
export function currentRoute() {
  const [view, query = ""] = location.hash.slice(1).split(/\?(.*)/s);
  return { view: view === "articles" ? "articles" : "overview", wanted: parameters(query) };
}

/** Return the address of the list with these parameters; empty ones are left out. */
export function routeTo(wanted) {
  const set = Object.entries(wanted).filter(([, value]) => value !== undefined && value !== "");
  const query = new URLSearchParams(set).toString();
  return query ? `#articles?${query}` : "#articles";
}

function parameters(query) {
  return Object.fromEntries(new URLSearchParams(query));
}
