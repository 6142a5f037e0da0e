import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Gateway, MessageContext } from './gateway.ts';

/** The SDK's client, connected to a gateway as one caller. Close it when done. */
export async function connectClient(gateway: Gateway, context: MessageContext): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  far.onmessage = (message) => {
    const answer = gateway.handle(message, context);
    if (answer !== null) void far.send(JSONRPCMessageSchema.parse(answer));
  };
  await far.start();
  const client = new Client({ name: 'test-agent', version: '1.0.0' });
  await client.connect(near);
  return client;
}
