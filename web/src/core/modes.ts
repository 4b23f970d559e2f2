// How two folders may follow each other, and what becomes of what both changed.
export const modes = [
  ['two-way-safe', 'Both ways; what both sides changed waits for you'],
  ['two-way-resolved', 'Both ways; the left wins, the other version goes to the trash'],
  ['one-way-safe', 'Left to right; what only the right changed is left alone'],
  ['one-way-replica', 'The right becomes the left; what goes is in the trash'],
  ['contribute', 'Only what is new goes, left to right'],
] as const;

export const conflictWords = [
  ['ask', 'It waits for me'],
  ['copy', 'Both are kept, one under another name'],
  ['newest', 'The newest wins'],
  ['largest', 'The largest wins'],
  ['left', 'The left wins'],
  ['right', 'The right wins'],
] as const;
