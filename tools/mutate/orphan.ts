// Ends this process once the one that began it is gone. A thread, for a mutant that never ends lets the
// process hear nothing, and would go on by itself.
const parent = process.ppid;
const everyMs = 2_000;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, everyMs);
