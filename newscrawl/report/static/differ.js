// The words that two texts do not share: Myers' algorithm ("An O(ND) difference algorithm", 1986).

const TOKEN =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|[\p{L}\p{N}\p{M}_]+|\s+|./gsu;
const MOST_CHANGES = 1500; // beyond them two texts have little in common, and the memory grows

/** Return [what, text] pairs that make both texts: "same", "gone" (first) and "new" (second). */
export function differences(first, second) {
  const before = first.match(TOKEN) ?? [];
  const after = second.match(TOKEN) ?? [];
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  const middle = changes(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  );
  const same = (tokens) => tokens.map((token) => ["same", token]);
  const all = [
    ...same(before.slice(0, head)),
    ...middle,
    ...same(before.slice(before.length - tail)),
  ];
  return joined(slid(all));
}

/** Let each change end as late as it can: a new sentence has its own full stop, not the last one's. */
function slid(pairs) {
  let begin = 0;
  for (let end = 0; end < pairs.length; end++) {
    const [what, text] = pairs[end];
    if (end > begin && what === "same" && pairs[begin][1] === text) {
      pairs[end] = pairs[begin];
      pairs[begin] = [what, text];
      begin++;
    } else if (what === "same") {
      begin = end + 1;
    } else if (end > begin && what !== pairs[end - 1][0]) {
      // A replacement stays where it is.
      while (end + 1 < pairs.length && pairs[end + 1][0] !== "same") end++;
      begin = end + 1;
    }
  }
  return pairs;
}

function changes(before, after) {
  const trace = searched(before, after);
  if (!trace) {
    return [...before.map((token) => ["gone", token]), ...after.map((token) => ["new", token])];
  }
  const found = [];
  let x = before.length;
  let y = after.length;
  for (let steps = trace.length - 1; steps >= 0; steps--) {
    const reached = (line) => trace[steps][line + steps + 1];
    const from = comesFrom(x - y, steps, reached);
    const startX = reached(from);
    const startY = startX - from;
    while (x > startX && y > startY) {
      found.push(["same", before[--x]]);
      y--;
    }
    if (steps > 0) found.push(x === startX ? ["new", after[--y]] : ["gone", before[--x]]);
  }
  return found.reverse();
}

/** Return, for each number of changes, how far one fewer led on each diagonal; null if too many. */
function searched(before, after) {
  const most = Math.min(before.length + after.length, MOST_CHANGES);
  const furthest = new Int32Array(2 * most + 3);
  const reached = (line) => furthest[line + most + 1];
  const trace = [];
  for (let steps = 0; steps <= most; steps++) {
    trace.push(furthest.slice(most - steps, most + steps + 3));
    for (let line = -steps; line <= steps; line += 2) {
      const from = comesFrom(line, steps, reached);
      let x = from > line ? reached(from) : reached(from) + 1;
      while (x < before.length && x - line < after.length && before[x] === after[x - line]) x++;
      furthest[line + most + 1] = x;
      if (x >= before.length && x - line >= after.length) return trace;
    }
  }
  return null;
}

/** Return the diagonal that a step onto this one came from: above it, or to its left. */
function comesFrom(line, steps, reached) {
  const down = line === -steps || (line !== steps && reached(line - 1) < reached(line + 1));
  return down ? line + 1 : line - 1;
}

/** Join neighbours of a kind; a space alone between two changes is part of both. */
function joined(pairs) {
  const runs = [];
  let gone = "";
  let fresh = "";
  let space = "";
  const end = () => {
    if (gone) runs.push(["gone", gone]);
    if (fresh) runs.push(["new", fresh]);
    if (space) runs.push(["same", space]);
    gone = fresh = space = "";
  };
  for (const [what, text] of pairs) {
    if (what === "same") {
      if ((gone || fresh) && !text.trim()) {
        space += text;
        continue;
      }
      end();
      if (runs.at(-1)?.[0] === "same") runs.at(-1)[1] += text;
      else runs.push(["same", text]);
      continue;
    }
    if (space && !(what === "gone" ? fresh : gone)) end();
    gone += space;
    fresh += space;
    space = "";
    if (what === "gone") gone += text;
    else fresh += text;
  }
  end();
  return runs;
}
