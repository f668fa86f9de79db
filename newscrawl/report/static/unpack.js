// Blocks of data: raw deflate of JSON, in base85, each in a script element that is none.

// The alphabet of Python's b85encode, with ,/. for the three that mean something in HTML.
const ALPHABET =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=/?@^_`{|}~";
const VALUES = new Uint8Array(128);
[...ALPHABET].forEach((letter, value) => {
  VALUES[letter.charCodeAt(0)] = value;
});

/** Return a promise of the value that the element of this identifier holds. */
export async function unpack(identifier) {
  const packed = bytes(document.getElementById(identifier).textContent);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

/** Return the bytes of a text: four for every five letters. */
function bytes(text) {
  const groups = Math.ceil(text.length / 5);
  const result = new DataView(new ArrayBuffer(groups * 4));
  for (let group = 0; group < groups; group++) {
    let value = 0; // what is missing of the last group counts as its last letter
    for (let place = group * 5; place < group * 5 + 5; place++) {
      value = value * 85 + (place < text.length ? VALUES[text.charCodeAt(place)] : 84);
    }
    result.setUint32(group * 4, value);
  }
  return new Uint8Array(result.buffer, 0, groups * 4 - (groups * 5 - text.length));
}
