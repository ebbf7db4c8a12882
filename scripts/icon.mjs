/**
 * Draws the extension's icon, an envelope under a magnifying lens, into images/icon.png.
 * The picture is code so that nobody needs a drawing program or a library to change it: `node scripts/icon.mjs [file] [size]`.
 */
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const [file = new URL('../images/icon.png', import.meta.url), size = '256'] = process.argv.slice(2);
writeFileSync(file, png(Number(size)));

/** The picture as a PNG of `size` × `size` pixels with an alpha channel. The layout is in 256ths of its side. */
function png(size) {
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) rows.set(pixel(row, column, size), row * (1 + size * 4) + 1 + column * 4);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits a channel, colour with alpha; the default compression, filter and interlacing.
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** The mean of 8 × 8 points within a pixel: soft edges without any geometry of edges. */
function pixel(row, column, size) {
  const points = 8;
  const sum = [0, 0, 0];
  let covered = 0;
  for (let v = 0; v < points; v++) {
    for (let u = 0; u < points; u++) {
      const colour = colourAt(((column + (u + 0.5) / points) * 256) / size, ((row + (v + 0.5) / points) * 256) / size);
      if (!colour) continue;
      covered++;
      for (let channel = 0; channel < 3; channel++) sum[channel] += colour[channel];
    }
  }
  return covered ? [...sum.map((value) => Math.round(value / covered)), Math.round((covered * 255) / points ** 2)] : [0, 0, 0, 0];
}

/** What the picture shows at a point, from the nearest layer to the farthest; nothing outside the rounded square. */
function colourAt(x, y) {
  const blue = [20, 74, 140];
  const amber = [255, 183, 51];
  const white = [255, 255, 255];
  const glass = [222, 236, 252];
  const lens = { x: 168, y: 164, radius: 46 };

  if (!inRoundedBox(x, y, 0, 0, 256, 256, 56)) return undefined;
  const fromLens = Math.hypot(x - lens.x, y - lens.y);
  if (fromLens < lens.radius) return inMark(x - lens.x, y - lens.y) ? blue : glass;
  const handle = distanceToLine(x, y, lens.x + 44, lens.y + 44, 224, 220);
  if (fromLens < lens.radius + 14 || handle < 14) return amber;
  // A margin in the colour of the ground keeps the lens apart from the envelope, even at 16 pixels.
  if (fromLens < lens.radius + 22 || handle < 22) return blue;
  if (!inRoundedBox(x, y, 32, 56, 208, 192, 18)) return blue;
  const flap = Math.min(distanceToLine(x, y, 24, 66, 120, 122), distanceToLine(x, y, 120, 122, 216, 66));
  return flap < 6 ? blue : white;
}

/** An exclamation mark around the origin: what the lens finds. */
function inMark(x, y) {
  return distanceToLine(x, y, 0, -22, 0, 0) < 8 || Math.hypot(x, y - 22) < 9;
}

function inRoundedBox(x, y, left, top, right, bottom, radius) {
  if (x < left || x > right || y < top || y > bottom) return false;
  const aside = Math.max(left + radius - x, x - right + radius, 0);
  const above = Math.max(top + radius - y, y - bottom + radius, 0);
  return Math.hypot(aside, above) <= radius;
}

/** The distance from a point to the straight line between two others. */
function distanceToLine(x, y, fromX, fromY, toX, toY) {
  const alongX = toX - fromX;
  const alongY = toY - fromY;
  const share = Math.min(Math.max(((x - fromX) * alongX + (y - fromY) * alongY) / (alongX ** 2 + alongY ** 2), 0), 1);
  return Math.hypot(x - fromX - share * alongX, y - fromY - share * alongY);
}
