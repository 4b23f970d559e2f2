// Every call the page makes, by the name the manager has for it.
import { part, query, send } from './http.ts';
import type {
  AboutShape,
  ChoiceShape,
  ConfigurationReport,
  ConflictShape,
  ConflictTexts,
  Finding,
  HandlerShape,
  InvocationShape,
  ItemShape,
  JsonObject,
  LogLine,
  LogQuery,
  PartnershipDraft,
  PartnershipShape,
  PlanPage,
  PlanShape,
  QuestionShape,
  RequestShape,
  Resolution,
  RunningShape,
  SessionShape,
  WaitingShape,
} from './shapes.ts';

export const about = () => send<AboutShape>('GET', '/v1/about');

export const items = () => send<readonly ItemShape[]>('GET', '/v1/items');
export const partnerships = () => send<readonly PartnershipShape[]>('GET', '/v1/partnerships');
export const handlers = () => send<readonly HandlerShape[]>('GET', '/v1/handlers');
export const add = (draft: PartnershipDraft) =>
  send<PartnershipShape>('POST', '/v1/partnerships', { body: draft });
export const setEnabled = (name: string, enabled: boolean) =>
  send<PartnershipShape>('PATCH', `/v1/partnerships/${part(name)}`, { body: { enabled } });
export const remove = (name: string) => send<void>('DELETE', `/v1/partnerships/${part(name)}`);

export const invoke = (invocation: InvocationShape) =>
  send<RequestShape>('POST', '/v1/requests', { body: invocation });
export const cancel = (request: string) => send<void>('DELETE', `/v1/requests/${part(request)}`);
export const choices = (request: string) =>
  send<readonly ChoiceShape[]>('GET', `/v1/requests/${part(request)}/choices`);
export const confirm = (
  request: string,
  ticked: Readonly<Record<string, readonly string[]>>,
  remember: boolean,
) => send<void>('POST', `/v1/requests/${part(request)}/choices`, { body: { ticked, remember } });

export const running = () => send<readonly RunningShape[]>('GET', '/v1/running');
export const skip = (name: string) =>
  send<{ readonly count: number }>('POST', '/v1/running/skip', { body: { name } });
export const stop = (partnership: string | null) =>
  send<{ readonly count: number }>('POST', '/v1/running/stop', { body: { partnership } });

export const question = () => send<QuestionShape | null>('GET', '/v1/question');
export const answer = (id: number, values: JsonObject | null) =>
  send<void>('POST', '/v1/question', { body: { question: id, answer: values } });

export const waiting = () => send<WaitingShape>('GET', '/v1/waiting');
export const plans = () => send<readonly PlanShape[]>('GET', '/v1/plans?state=open');
export const plan = (hash: string, limit: number) =>
  send<PlanPage>('GET', `/v1/plans/${part(hash)}${query({ limit })}`);
export const approve = (hash: string) =>
  send<RequestShape>('POST', `/v1/plans/${part(hash)}/approve`);
export const reject = (hash: string) => send<PlanShape>('POST', `/v1/plans/${part(hash)}/reject`);

export const sessions = (wanted: { readonly partnership?: string; readonly limit?: number }) =>
  send<readonly SessionShape[]>('GET', `/v1/sessions${query(wanted)}`);
export const log = ({ levels, ...wanted }: LogQuery) =>
  send<readonly LogLine[]>('GET', `/v1/log${query({ ...wanted, levels: levels?.join(',') })}`);

export const conflicts = (open: boolean) =>
  send<readonly ConflictShape[]>(
    'GET',
    `/v1/conflicts${query({ open: open ? 'true' : undefined })}`,
  );
export const conflict = (id: string) => send<ConflictShape>('GET', `/v1/conflicts/${part(id)}`);
export const conflictTexts = (id: string) =>
  send<ConflictTexts>('GET', `/v1/conflicts/${part(id)}/texts`);
export const resolve = (id: string, resolution: Resolution, version: number) =>
  send<ConflictShape>('POST', `/v1/conflicts/${part(id)}/resolve`, {
    body: resolution,
    version: String(version),
  });
export const undo = (id: string) => send<ConflictShape>('POST', `/v1/conflicts/${part(id)}/undo`);

export const configuration = () => send<ConfigurationReport>('GET', '/v1/configuration');
export const reload = () => send<ConfigurationReport>('POST', '/v1/configuration/reload');
export const doctor = () => send<readonly Finding[]>('POST', '/v1/doctor');
