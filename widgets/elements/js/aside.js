/* The page's own listeners, run from inside the module: what they throw is theirs, and no trap. */

let depth = 0;

export const isAside = () => depth > 0;

export function runAside(work) {
  depth += 1;
  try {
    return work();
  } finally {
    depth -= 1;
  }
}
