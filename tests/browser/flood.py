"""A lively channel, as the page sees it: messages come out of its own socket, as many as one wants
in a second, so that what is measured is the page and nothing else."""

from typing import Any

from playwright.sync_api import Page

# Before the page's own code: keep its socket, and what the server says of the channels.
LISTEN = """
  const Native = WebSocket;
  window.WebSocket = class extends Native {
    constructor(...address) {
      super(...address);
      window.flooded = { socket: this, channels: [] };
      this.addEventListener("message", ({ data }) => {
        const frame = JSON.parse(data);
        if (frame.event === "ready") window.flooded.channels = frame.data.channels;
      });
    }
  };
"""

FLOOD = """
  async ({ channel, perSecond, seconds }) => {
    const { socket, channels } = window.flooded;
    const { version, last_position } = channels.find(({ id }) => id === channel);
    const sender = (number) => ({
      id: 2 + (number % 7), username: "bob", display_name: "Bob Hansen", avatar_url: "",
      is_bot: false,
    });
    const message = (number) => ({
      id: 1_000_000 + number, channel, position: last_position + number, version: version + number,
      client_id: `flood-${number}`, kind: "user", sender: sender(number),
      text: `message ${number}`, timestamp: new Date().toISOString(), edited_at: null,
      html: `<p>message ${number}: 마루에서 <strong>이야기하는</strong> 중입니다</p>`,
      deleted: false, mentions: [], reactions: [], attachments: [], thread: null, reply_to: null,
      pinned: false, document: null, broadcast: null,
    });
    const began = performance.now();
    const frames = [];
    let sent = 0;
    let last = began;
    while (performance.now() - began < seconds * 1000) {
      const due = Math.floor(((performance.now() - began) / 1000) * perSecond);
      while (sent < due) {
        const data = JSON.stringify({ event: "new-message", data: message(++sent) });
        socket.onmessage({ data });
      }
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - last);
      last = now;
    }
    frames.shift();
    return { sent, frames, rows: document.querySelectorAll("maru-message").length };
  }
"""


def listen(page: Page) -> None:
    """Call it before the page is opened."""
    page.add_init_script(LISTEN)


def flood(page: Page, channel: int, per_second: int, seconds: float) -> dict[str, Any]:
    """How many were sent, how long each frame took in milliseconds, how many rows there are now."""
    asked = {"channel": channel, "perSecond": per_second, "seconds": seconds}
    result: dict[str, Any] = page.evaluate(FLOOD, asked)
    return result
