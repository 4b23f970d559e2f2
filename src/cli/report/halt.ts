// What a person sees when a guard held a plan back: what fired, what it was about to do, and the
// three ways on, each with what it would do (peers, pain 13).
import type { PlanPage } from '../../api/shapes.ts';
import { printable } from '../../stdx/printable.ts';
import { counted } from '../../stdx/quantity.ts';
import type { Terminal } from '../terminal.ts';
import { countsTable } from './core/counts.ts';
import { countsBySide } from './core/words.ts';
import { changeLines, shortHash } from './plan.ts';

export interface HaltView {
  readonly page: PlanPage;
  /** The command that runs it again without the baseline, if the pair was given by path. */
  readonly mergeCommand: string | null;
}

export function haltLines({ page, mergeCommand }: HaltView, terminal: Terminal): readonly string[] {
  const { plan } = page;
  const reasons = plan.halts.map((halt) => `  ${terminal.paint('yellow', printable(halt.text))}`);
  const because =
    plan.halts.length === 0
      ? ['  Every plan of this partnership waits for your approval.']
      : reasons;
  return [
    `${terminal.paint(['yellow', 'bold'], '■ Nothing was changed yet: this needs your decision.')}`,
    ...because,
    '',
    ...(page.total === 0 ? [] : [`What would be done (${counted(page.total, 'change')}):`]),
    ...changeLines(page, terminal),
    ...countsTable(plan.counts),
    '',
    ...waysOn({ page, mergeCommand }, terminal),
  ];
}

export function isApprovable({ plan }: PlanPage): boolean {
  return plan.halts.every((halt) => halt.approvable);
}

function waysOn({ page, mergeCommand }: HaltView, terminal: Terminal): readonly string[] {
  const hash = shortHash(page.plan.hash);
  const way = (command: string, effect: string) => [
    `  ${terminal.paint('cyan', command)}`,
    `      ${effect}`,
  ];
  const approve = isApprovable(page)
    ? way(`syncmgr approve ${hash}`, `Carries out exactly this plan: ${consequence(page)}.`)
    : ['  This cannot be approved: put right what is named above, then run it again.'];
  return [
    'What now?',
    ...approve,
    ...way(
      `syncmgr reject ${hash}`,
      'Drops this plan. Nothing is changed; the next run looks anew.',
    ),
    ...(mergeCommand === null
      ? []
      : way(
          mergeCommand,
          'Begins anew: deletes nothing, brings missing files back from the other side.',
        )),
  ];
}

function consequence({ plan }: PlanPage): string {
  const parts = Object.entries(countsBySide(plan.counts)).flatMap(([side, kinds]) => [
    ...(kinds.delete
      ? [`deletes ${counted(kinds.delete, 'entry', 'entries')} on the ${side}`]
      : []),
    ...(kinds.update ? [`replaces ${kinds.update} on the ${side}`] : []),
    ...(kinds.create ? [`adds ${kinds.create} on the ${side}`] : []),
    ...(kinds.move ? [`moves ${kinds.move} on the ${side}`] : []),
  ]);
  return parts.length === 0 ? 'changes nothing' : parts.join(', ');
}
