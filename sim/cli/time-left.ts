/** How long a job of equal pieces still takes, from the pieces that were done since the clock was started. */
export function timeLeft(): (doneNow: number, left: number) => string {
  const startedAt = performance.now();
  return (doneNow, left) => {
    if (doneNow === 0 || left === 0) return "";
    const seconds = ((performance.now() - startedAt) / 1000 / doneNow) * left;
    return `, ${duration(seconds)} left`;
  };
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
