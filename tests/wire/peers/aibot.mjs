// Tencent's own client of the long line: what it says our far end must take, and what our far end tells it must read.
import aibot from '@wecom/aibot-node-sdk';

const [url, botId, secret] = process.argv.slice(2);
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const client = new aibot.WSClient({ botId, secret, wsUrl: url, logger: quiet, heartbeatInterval: 50, reconnectInterval: 20 });
const tell = (what, more = {}) => process.stdout.write(`${JSON.stringify({ what, ...more })}\n`);
const card = (taskId, button) => ({
  card_type: 'button_interaction',
  task_id: taskId,
  main_title: { title: '🔵 #1001 报修' },
  button_list: [{ text: button, style: 1, key: 'k.take' }],
});
const on = (event, act) => client.on(event, (frame) => act(frame).catch((error) => tell('refused', { code: error.errcode })));

client.on('authenticated', () => tell('authenticated'));
client.on('event.disconnected_event', () => tell('kicked'));
client.on('error', (error) => tell('error', { text: error.message }));
on('message.text', async ({ body }) => {
  tell('heard', { text: body.text.content, quote: body.quote?.text.content, who: body.from.userid });
  await client.sendMessage(body.chatid, { msgtype: 'markdown', markdown: { content: '在' } });
  await client.sendMessage(body.chatid, { msgtype: 'template_card', template_card: card('sdk-1', '接单') });
  const { media_id } = await client.uploadMedia(Buffer.alloc(700_000, 7), { type: 'image', filename: 'a.jpg' });
  await client.sendMediaMessage(body.chatid, 'image', media_id);
  await client.sendMessage(body.chatid, { msgtype: 'text', text: { content: '纯文本' } });
});
on('event.template_card_event', async (frame) => {
  const told = frame.body.event.template_card_event;
  tell('tapped', { key: told.event_key, task: told.task_id });
  await client.updateTemplateCard(frame, card(told.task_id, '完成'));
  tell('changed');
});
client.connect();
process.stdin.resume().on('end', () => process.exit(0));
