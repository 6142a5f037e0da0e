import { createHmac, createPublicKey } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import { decodeToken } from '../../../src/tickets/decode.ts';
import { listKeys, readKeyText, readSecret, SECRET_ENCODINGS } from '../../../src/tickets/read-key.ts';
import type { TicketKey } from '../../../src/tickets/signature.ts';
import { verifyTicket } from '../../../src/tickets/verify.ts';
import { isSignedWithText, warnAboutKey, warnIfReal } from '../../../src/tickets/warnings.ts';
import { Dice, seedOf } from '../dice.ts';
import { mutateText } from '../mutate-text.ts';
import { mutateValue } from '../mutate-value.ts';
import { must, mustLieIn, type Outcome, type Target } from '../target.ts';

const SECRET = 'a secret of this test, and long enough';
const NOW = 1_767_225_600;
const ALGORITHMS = ['HS256', 'HS384', 'HS512', 'RS256', 'none', 'ES256'] as const;
/** The public key of RFC 7517, appendix A.1, so that the same seed makes the same tokens. */
const JWK = {
  kty: 'RSA',
  n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  e: 'AQAB',
  alg: 'RS256',
  kid: '2011-04-29',
};
const PEM = createPublicKey({ key: JWK, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
const JWK_TEXT = JSON.stringify(JWK);
const SET_TEXT = JSON.stringify({ keys: [JWK, { kty: 'oct', k: 'c2VjcmV0', kid: 'b' }] });
const KEYS: readonly string[] = [PEM, JWK_TEXT, SET_TEXT];

const HEADER: JsonObject = { alg: 'HS256', typ: 'JWT', kid: 'b' };
const PAYLOAD: JsonValue = {
  iss: 'agntor.com',
  sub: 'agent-1',
  iat: NOW,
  exp: NOW + 300,
  nbf: NOW - 5,
  audit_level: 'Gold',
  constraints: {
    max_op_value: 100,
    allowed_mcp_servers: ['agntor', 'files'],
    kill_switch_active: false,
    requires_x402_payment: true,
  },
};

function part(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** A token with changed claims that is truly signed, or whose text, header or claims are broken. */
function make(dice: Dice): string {
  const algorithm = dice.pick(ALGORITHMS.slice(0, dice.oneIn(4) ? ALGORITHMS.length : 1));
  const header = dice.oneIn(4) ? mutateValue(HEADER, PAYLOAD, dice) : { alg: algorithm, typ: 'JWT', kid: 'b' };
  const payload = JSON.stringify(dice.oneIn(8) ? PAYLOAD : mutateValue(PAYLOAD, HEADER, dice));
  const written = dice.oneIn(6) ? mutateText(payload, JSON.stringify(header), dice) : payload;
  const data = `${part(JSON.stringify(header))}.${part(written)}`;
  const hash = algorithm.startsWith('HS') ? `sha${algorithm.slice(2)}` : 'sha256';
  const key = dice.oneIn(10) ? PEM : SECRET;
  const token = `${data}.${createHmac(hash, key).update(data).digest('base64url')}`;
  const whole = dice.oneIn(10) ? `Bearer  ${token}\n` : token;
  return dice.oneIn(4) ? mutateText(whole, token, dice) : whole;
}

/** A key as typed, with faults for some; null when it is none. */
function keyOf(dice: Dice): TicketKey | null {
  if (dice.oneIn(2)) return { secret: SECRET };
  const text = dice.pick(KEYS);
  const typed = dice.oneIn(2) ? mutateText(text, dice.pick(KEYS), dice) : text;
  listKeys(typed);
  const encoding = dice.pick(SECRET_ENCODINGS);
  const read = dice.oneIn(3) ? readSecret(typed, encoding) : readKeyText(typed, dice.pick([null, 0, 7]), 'b');
  if (read.kind === 'wrong') must(read.message !== '', 'a key is refused without words');
  return read.kind === 'key' ? read.key : null;
}

async function mustVerify(token: string, key: TicketKey, dice: Dice): Promise<boolean> {
  const verdict = await verifyTicket({
    token,
    key,
    algorithm: dice.oneIn(2) ? 'HS256' : dice.pick(ALGORITHMS),
    issuer: dice.pick(['agntor.com', 'agntor.com', '', '__proto__']),
    nowSeconds: NOW + dice.pick([0, 0, 0, -10, 299, 300, 1e9]),
    ...(dice.oneIn(2)
      ? { transaction: { value: dice.pick([0, 100, 101, -1, 1e300]), mcpServer: dice.pick(['', 'agntor', 'x']) } }
      : {}),
  });
  if (!verdict.valid) must(verdict.reason !== '', 'a ticket is refused without words');
  return verdict.valid;
}

async function check(input: string): Promise<Outcome> {
  const dice = new Dice(seedOf(input));
  const decoded = decodeToken(input);
  const key = keyOf(dice) ?? { secret: SECRET };
  const isValid = await mustVerify(input, key, dice);
  if (decoded.kind === 'malformed') {
    must(decoded.message !== '', `${decoded.code} says nothing`);
    return 'refused';
  }
  const { header, payload, signature } = decoded.parts;
  for (const range of [header, payload, signature]) mustLieIn(range, decoded.token, 'a part');
  const real = warnIfReal(decoded, NOW);
  const warnings = [...warnAboutKey(decoded, key, dice.pick(ALGORITHMS)), ...(real === null ? [] : [real])];
  for (const { code, message } of [...decoded.remarks, ...warnings]) must(message !== '', `${code} says nothing`);
  if (dice.oneIn(4)) await isSignedWithText(decoded, PEM);
  return isValid ? 'accepted' : 'refused';
}

/** Tokens and keys as somebody pastes them: opened, verified, warned about. */
export const TOKEN_TARGET: Target = { name: 'tokens', make, check };
