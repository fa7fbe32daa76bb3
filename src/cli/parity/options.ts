import { SCENARIO_API_VERSION } from '../../scenario/api-version.ts';
import { refused } from '../global-options.ts';
import type { OptionSpec } from '../spec.ts';

export const parityOptions: readonly OptionSpec[] = [
  ...refused('offline'),
  {
    name: 'only',
    kind: 'items',
    value: 'scenarios',
    complete: 'scenarios',
    summary: 'compare only these scenarios, besides those named as arguments',
    common: true,
  },
  {
    name: 'skip',
    kind: 'items',
    value: 'scenarios',
    complete: 'scenarios',
    summary: 'leave these scenarios out',
    common: true,
  },
  { name: 'list', kind: 'flag', summary: 'list the scenarios, with how far test mode can play each' },
  {
    name: 'all',
    kind: 'flag',
    summary: 'also show what differs because accounts differ, which fails nothing',
    common: true,
  },
  {
    name: 'record',
    kind: 'text',
    value: 'directory',
    complete: 'files',
    summary: 'keep the answers of both sides, one file for each scenario, without secrets or ids',
    common: true,
  },
  {
    name: 'against',
    kind: 'text',
    value: 'directory',
    complete: 'files',
    summary: 'compare the emulator with answers that --record kept; needs no key and sends nothing',
    common: true,
  },
  {
    name: 'api-version',
    kind: 'text',
    value: 'version',
    summary: `version of the API that both sides are asked in, ${SCENARIO_API_VERSION} unless given`,
  },
  {
    name: 'timeout',
    kind: 'duration',
    value: 'duration',
    summary: 'how long an answer may take, 30s unless given',
    common: true,
  },
  {
    name: 'event-wait',
    kind: 'duration',
    value: 'duration',
    summary: 'how long events may take to be listed, 15s unless given',
  },
  {
    name: 'retries',
    kind: 'integer',
    value: 'number',
    summary: 'how often a request is tried again after 429 or a 5xx answer, 2 unless given',
  },
  {
    name: 'parallel',
    kind: 'integer',
    value: 'number',
    summary: 'how many scenarios are played at a time, 4 unless given',
  },
  {
    name: 'report',
    kind: 'items',
    value: 'format=file',
    summary:
      'also write a report: markdown=FILE, junit=FILE, tap (FILE, or stdout), github (annotations and step summary), sarif=FILE, json=FILE',
    common: true,
  },
  {
    name: 'sweep',
    kind: 'flag',
    summary: 'compare nothing: cancel and refund what runs that were killed have left',
  },
];
