// Blocks of data: base64 of raw deflate of JSON, each in a script element that is none.

/** Return a promise of the value that the element of this identifier holds. */
export async function unpack(identifier) {
  const packed = bytes(document.getElementById(identifier).textContent.trim());
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

function bytes(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const result = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) result[i] = binary.charCodeAt(i);
  return result;
}
