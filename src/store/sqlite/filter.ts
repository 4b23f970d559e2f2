// A list's conditions as SQL. Column names come from the code, values always travel as parameters.

type Condition = string | number | readonly string[] | undefined;

export interface Filter {
  /** Empty, or ` where …`. */
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Left out: no condition. A list: one of these, which none of an empty list is. */
export function where(conditions: Readonly<Record<string, Condition>>): Filter {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  for (const [column, wanted] of Object.entries(conditions)) {
    if (wanted === undefined) continue;
    if (typeof wanted === 'object') {
      parts.push(`${column} in (${wanted.map(() => '?').join(', ')})`);
      values.push(...wanted);
    } else {
      parts.push(`${column} = ?`);
      values.push(wanted);
    }
  }
  return { sql: parts.length === 0 ? '' : ` where ${parts.join(' and ')}`, values };
}

/** `column = ?, …` for a change: what is undefined stays as it is. */
export function assignments(change: Readonly<Record<string, string | number | null | undefined>>): {
  readonly sql: string;
  readonly values: readonly (string | number | null)[];
} {
  const columns: string[] = [];
  const values: (string | number | null)[] = [];
  for (const [column, value] of Object.entries(change)) {
    if (value === undefined) continue;
    columns.push(`${column} = ?`);
    values.push(value);
  }
  return { sql: columns.length === 0 ? 'id = id' : columns.join(', '), values };
}

/** `insert into TABLE (columns) values (?, …)`. */
export function insertInto(table: string, columns: string): string {
  return `insert into ${table} (${columns}) values (${columns.replace(/\w+/g, '?')})`;
}

/** `column = excluded.column, …`: what an upsert sets. */
export function excluded(columns: string): string {
  return columns.replace(/\w+/g, (column) => `${column} = excluded.${column}`);
}
