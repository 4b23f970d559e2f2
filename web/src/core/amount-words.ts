// An amount as it stands in a file: digits alone are a number, nothing is nothing said.

export function amount(text: string): string | number | null {
  if (text === '') return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}
