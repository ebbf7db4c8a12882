/** How long after something else it happened: `+0.252 s`, `+12 min 5 s`, `+1 h 59 min`. */
export function delayText(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return `+${seconds.toFixed(3)} s`;
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3_600)];
  return hours > 0 ? `+${hours} h ${minutes % 60} min` : `+${minutes} min ${Math.floor(seconds % 60)} s`;
}
