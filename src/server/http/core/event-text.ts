// Notices as the text of a server-sent event stream. An event carries its number as the id, so that
// whoever comes back says where he was.
import type { Notice } from '../../../api/shapes.ts';

export function eventText(notice: Notice): string {
  const id = notice.type === 'event' ? `id: ${notice.event.sequence}\n` : '';
  return `${id}event: ${notice.type}\ndata: ${JSON.stringify(notice)}\n\n`;
}

/** Where a stream shall go on: the header of a browser that comes back, or the query. */
export function sinceOf(lastEventId: string | undefined, query: number | undefined): number | null {
  if (lastEventId !== undefined && /^\d{1,15}$/.test(lastEventId)) return Number(lastEventId);
  return query ?? null;
}
