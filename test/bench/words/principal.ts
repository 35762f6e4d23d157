/** Points as rows of one array. */
export interface Points {
  count: number;
  dims: number;
  values: Float32Array;
}

const TURNS = 40;

/**
 * The directions in which points differ most, the first most of all (orthogonal iteration), found on the first `of` of them.
 * @returns for any point its place along them, and how far points spread along each
 */
export function principal(points: Points, directions: number, of: number) {
  const { dims, values } = points;
  const count = Math.min(of, points.count);
  const mean = new Float64Array(dims);
  for (let i = 0; i < count * dims; i++) mean[i % dims] = (mean[i % dims] as number) + (values[i] as number) / count;
  const spread = covariance(points, mean, count);
  let axes = startOf(directions * dims);
  const sizes = new Float64Array(directions);
  for (let turn = 0; turn < TURNS; turn++) {
    const next = new Float64Array(directions * dims);
    for (let axis = 0; axis < directions; axis++) {
      const row = next.subarray(axis * dims, (axis + 1) * dims);
      for (let a = 0; a < dims; a++)
        for (let b = 0; b < dims; b++)
          row[b] = (row[b] as number) + (axes[axis * dims + a] as number) * (spread[a * dims + b] as number);
      for (let other = 0; other < axis; other++) take(row, next.subarray(other * dims, (other + 1) * dims));
      const size = Math.sqrt(dot(row, row));
      sizes[axis] = size;
      for (let b = 0; b < dims; b++) row[b] = (row[b] as number) / size;
    }
    axes = next;
  }
  const placeOf = (point: number) =>
    Float64Array.from({ length: directions }, (_, axis) => {
      let sum = 0;
      for (let a = 0; a < dims; a++)
        sum += ((values[point * dims + a] as number) - (mean[a] as number)) * (axes[axis * dims + a] as number);
      return sum;
    });
  return { placeOf, sizes };
}

function covariance({ dims, values }: Points, mean: Float64Array, count: number): Float64Array {
  const spread = new Float64Array(dims * dims);
  const row = new Float64Array(dims);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < dims; a++) row[a] = (values[i * dims + a] as number) - (mean[a] as number);
    for (let a = 0; a < dims; a++)
      for (let b = 0; b < dims; b++)
        spread[a * dims + b] = (spread[a * dims + b] as number) + ((row[a] as number) * (row[b] as number)) / count;
  }
  return spread;
}

const dot = (one: Float64Array, other: Float64Array) =>
  one.reduce((sum, value, i) => sum + value * (other[i] as number), 0);

function take(from: Float64Array, direction: Float64Array) {
  const share = dot(from, direction);
  for (let i = 0; i < from.length; i++) from[i] = (from[i] as number) - share * (direction[i] as number);
}

/** Anything that is in no special direction, the same each time. */
function startOf(length: number): Float64Array {
  let seed = 1;
  return Float64Array.from({ length }, () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647 - 0.5;
  });
}
