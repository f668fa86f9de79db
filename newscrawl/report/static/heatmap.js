// The heat map: one cell at a time is reached by Tab, the others with the arrow keys.

const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

/** Let the arrow keys, Home and End move through the links of a table. */
export function moveByArrows(table) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("a")]);
  const hold = (link) => {
    for (const other of rows.flat()) other.tabIndex = -1;
    link.tabIndex = 0;
  };
  if (rows[0]?.[0]) hold(rows[0][0]);
  table.addEventListener("focusin", (event) => {
    const link = event.target.closest("a");
    if (link) hold(link);
  });
  table.addEventListener("keydown", (event) => {
    const row = rows.findIndex((links) => links.includes(document.activeElement));
    if (row < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const column = rows[row].indexOf(document.activeElement);
    const [down, right] = STEPS[event.key] ?? [0, 0];
    let to = rows[row + down]?.[column + right];
    if (event.key === "Home") to = rows[row][0];
    if (event.key === "End") to = rows[row].at(-1);
    if (!to || to === document.activeElement) return;
    event.preventDefault();
    to.focus();
  });
}
