// WeCom's own crypto behind one line of JSON in, one out: what it seals we must read, what we seal it must read.
import { createInterface } from 'node:readline';
import crypto from '@wecom/crypto';

const { decrypt, encrypt, getSignature } = crypto;

for await (const line of createInterface({ input: process.stdin })) {
  const { act, key, token, timestamp, nonce, account, text } = JSON.parse(line);
  let told;
  try {
    if (act === 'seal') {
      const sealed = encrypt(key, text, account);
      told = { sealed, signature: getSignature(token, timestamp, nonce, sealed) };
    } else {
      const { message, id } = decrypt(key, text);
      told = { text: message, account: id, signature: getSignature(token, timestamp, nonce, text) };
    }
  } catch (error) {
    told = { trouble: String(error) };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
