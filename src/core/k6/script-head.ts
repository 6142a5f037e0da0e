import { K6_NOTES, type K6Note } from './export.ts';

const ABOUT = `// Makes the tool calls of a simulated run on a real MCP gateway, each at its time, and compares what becomes of
// them with what the simulation says. Needs k6 0.51 or later; nothing is fetched but the gateway itself.
//
//   k6 run -e GATEWAY_URL=https://gateway.example/mcp -e TOKEN_PLANNER=... \\
//     --log-format raw --console-output results.jsonl script.js
//
// Environment
//   GATEWAY_URL    address of the gateway's streamable HTTP endpoint
//   TOKEN_<GRANT>  bearer token of a grant; RUN.tokens lists them; an empty one sends no Authorization header
//   ALIGN          none, minute, hour or day: waits until the real clock stands where the virtual one did at the first
//                  call, within that period (UTC), so that calendar windows begin and end between the same calls.
//                  The file's own choice counts without it.
//   START_AT       a time such as 2026-01-01T12:00:00Z: no call is made before it
//   DENIED_PREFIX  what the text of a refusal begins with, where the gateway has words of its own
//   TIMEOUT        longest wait for an answer, such as 60s
//
// Every caller (a grant and a session) is one virtual user with an MCP session of its own, and makes its calls in order,
// each at its time. Of several at one moment, each waits for the answer to the one before; policy_call_late tells by how
// much calls were late.
// On several machines give each a segment, and all the same START_AT; a caller is never split:
//
//   k6 run --execution-segment "0:1/2" --execution-segment-sequence "0,1/2,1" -e START_AT=... script.js
//
// results.jsonl has a line for each call: number, predicted and actual outcome, milliseconds. policy_disagreements counts
// calls that were let through against the prediction, or refused against it; one of them fails the run. The files of
// several machines can be put one behind the other. The Policy Playground opens them with Import.
`;

const IMPORTS = `
import { check } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';

`;

/** The first lines of a script: what it is, how it is run, what to know about this one, and its imports. */
export function scriptHead(notes: readonly K6Note[]): string {
  return ABOUT + notes.map((note) => `//\n// ${K6_NOTES[note]}\n`).join('') + IMPORTS;
}
