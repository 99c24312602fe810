/* The stand-in for a video: a harbour in the evening, drawn, so that the demo needs no stream and no network. */

const SKY = [[0, '#1b2747'], [0.38, '#51467a'], [0.6, '#c96f6b'], [0.72, '#f2b074']];
const HILLS = [[0.615, 34, 0.9, '#4a3c63'], [0.65, 22, 2.1, '#33305a']];
const BOATS = [[0.22, 0.77, 0.9], [0.71, 0.74, 0.62], [0.86, 0.83, 1.15]];

/** Draws the harbour a few times a second while it is seen; once, for those who want no motion. */
export function paint(canvas) {
  const context = canvas.getContext('2d');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let last = -Infinity;
  draw(context, 0);
  const frame = (now) => {
    // Twelve pictures a second are calm and cost next to nothing.
    if (!still.matches && now - last > 83) {
      last = now;
      draw(context, now / 1000);
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function draw(context, time) {
  const { width, height } = context.canvas;
  const horizon = height * 0.68;
  sky(context, width, horizon);
  for (const hill of HILLS) range(context, width, height, hill);
  sea(context, width, height, horizon, time);
  for (const boat of BOATS) sail(context, width, height, boat, time);
}

function sky(context, width, horizon) {
  const colours = context.createLinearGradient(0, 0, 0, horizon / 0.72);
  for (const [stop, colour] of SKY) colours.addColorStop(stop, colour);
  context.fillStyle = colours;
  context.fillRect(0, 0, width, horizon + 2);
  const sun = context.createRadialGradient(width * 0.56, horizon - 40, 10, width * 0.56, horizon - 40, 260);
  sun.addColorStop(0, '#ffe9c2');
  sun.addColorStop(0.14, '#ffd9a0');
  sun.addColorStop(0.16, 'rgb(255 200 140 / 45%)');
  sun.addColorStop(1, 'rgb(255 180 120 / 0%)');
  context.fillStyle = sun;
  context.fillRect(0, 0, width, horizon + 2);
}

function range(context, width, height, [level, rise, phase, colour]) {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(0, height);
  for (let x = 0; x <= width; x += 12) {
    const wave = Math.sin(x / 97 + phase) + 0.5 * Math.sin(x / 41 + phase * 3);
    context.lineTo(x, height * level - rise * wave * 0.6);
  }
  context.lineTo(width, height);
  context.fill();
}

function sea(context, width, height, horizon, time) {
  const colours = context.createLinearGradient(0, horizon, 0, height);
  colours.addColorStop(0, '#b7797a');
  colours.addColorStop(0.25, '#5a4f79');
  colours.addColorStop(1, '#1a2444');
  context.fillStyle = colours;
  context.fillRect(0, horizon, width, height - horizon);
  context.fillStyle = 'rgb(255 214 160 / 50%)';
  for (let row = 0; row < 26; row += 1) {
    const y = horizon + 3 + row * row * 0.24;
    const drift = Math.sin(time * 0.5 + row * 1.7) * (4 + row);
    const reach = 70 - row * 1.6 + Math.sin(time * 0.8 + row * 2.3) * 14;
    context.fillRect(width * 0.56 - reach / 2 + drift, y, reach, 1 + row * 0.09);
  }
}

function sail(context, width, height, [across, down, size], time) {
  const x = width * across;
  const y = height * down + Math.sin(time * 0.9 + across * 9) * 2.5;
  const hull = 46 * size;
  context.fillStyle = '#151c36';
  context.beginPath();
  context.moveTo(x - hull, y);
  context.quadraticCurveTo(x, y + hull * 0.62, x + hull, y);
  context.fill();
  context.fillRect(x - 1.5 * size, y - hull * 1.7, 3 * size, hull * 1.7);
  context.fillStyle = '#e8d3bd';
  context.beginPath();
  context.moveTo(x + 4 * size, y - hull * 1.6);
  context.lineTo(x + 4 * size, y - 6 * size);
  context.lineTo(x + hull * 0.78, y - 6 * size);
  context.fill();
}
