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

/** `insert into TABLE (columns) values (?, …)`. */
export function insertInto(table: string, columns: string): string {
  return `insert into ${table} (${columns}) values (${columns.replace(/\w+/g, '?')})`;
}

/** `column = excluded.column, …`: what an upsert sets. */
export function excluded(columns: string): string {
  return columns.replace(/\w+/g, (column) => `${column} = excluded.${column}`);
}
